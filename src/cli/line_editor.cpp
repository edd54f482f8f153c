#include "cli/line_editor.hpp"

#include <algorithm>
#include <utility>

namespace convene::cli {
namespace {

constexpr std::size_t kMostSequence = 16;  // longer ones are no keys

/// Octets of the character that begins so; 0 when none does.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

std::vector<std::string> characters_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(length_of(static_cast<unsigned char>(text[at])), 1);
        out.emplace_back(text.substr(at, length));
        at += length;
    }
    return out;
}

char32_t code_point(std::string_view character) {
    if (character.empty()) return 0;
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first;
    char32_t out = first & (0x7FU >> character.size());
    for (char c : character.substr(1)) out = out << 6 | (static_cast<unsigned char>(c) & 0x3FU);
    return out;
}

}  // namespace

std::size_t columns_of(std::string_view character) {
    const char32_t c = code_point(character);
    if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F)) return 0;
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                      (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) ||
                      (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

LineEditor::Events LineEditor::on_keys(std::string_view keys) {
    Events events;
    for (char c : keys) {
        const auto octet = static_cast<unsigned char>(c);
        if (state_ == State::escape) {
            state_ = c == '[' || c == 'O' ? State::sequence : State::text;
            sequence_.clear();
            continue;
        }
        if (state_ == State::sequence) {
            if ((c >= '0' && c <= '9') || c == ';' || c == '?') {
                sequence_ += c;
                if (sequence_.size() > kMostSequence) state_ = State::text;
            } else {
                state_ = State::text;
                on_sequence(c);
            }
            continue;
        }
        if (missing_ > 0 && (octet & 0xC0) == 0x80) {
            partial_ += c;
            if (--missing_ == 0) insert(std::exchange(partial_, {}));
            continue;
        }
        missing_ = 0;
        if (octet < 0x20 || octet == 0x7F) {
            on_control(octet, events);
        } else if (const std::size_t length = length_of(octet); length == 1) {
            insert(std::string(1, c));
        } else if (length > 1) {
            partial_ = std::string(1, c);
            missing_ = length - 1;
        }
    }
    return events;
}

void LineEditor::insert(std::string character) {
    if (characters_.size() >= kMostCharacters) return;
    characters_.insert(characters_.begin() + static_cast<std::ptrdiff_t>(cursor_), std::move(character));
    ++cursor_;
}

void LineEditor::on_control(unsigned char key, Events& events) {
    const auto at = [this](std::size_t i) { return characters_.begin() + static_cast<std::ptrdiff_t>(i); };
    const auto control = [](char letter) { return static_cast<unsigned char>(letter - 'A' + 1); };
    if (key == '\r' || key == '\n') {
        enter(events);
    } else if (key == 0x7F || key == control('H')) {
        if (cursor_ > 0) characters_.erase(at(--cursor_));
    } else if (key == 0x1B) {
        state_ = State::escape;
    } else if (key == '\t') {
        complete(events);
    } else if (key == control('A')) {
        cursor_ = 0;
    } else if (key == control('B')) {
        cursor_ -= cursor_ > 0 ? 1 : 0;
    } else if (key == control('D')) {
        if (characters_.empty())
            events.end = true;
        else if (cursor_ < characters_.size())
            characters_.erase(at(cursor_));
    } else if (key == control('E')) {
        cursor_ = characters_.size();
    } else if (key == control('F')) {
        cursor_ += cursor_ < characters_.size() ? 1 : 0;
    } else if (key == control('K')) {
        characters_.erase(at(cursor_), characters_.end());
    } else if (key == control('L')) {
        events.clear = true;
    } else if (key == control('N')) {
        recall(-1);
    } else if (key == control('P')) {
        recall(1);
    } else if (key == control('T')) {
        if (cursor_ > 0 && characters_.size() > 1) {
            const std::size_t second = std::min(cursor_, characters_.size() - 1);
            std::swap(characters_[second - 1], characters_[second]);
            cursor_ = second + 1;
        }
    } else if (key == control('U')) {
        characters_.erase(characters_.begin(), at(cursor_));
        cursor_ = 0;
    } else if (key == control('W')) {
        erase_word();
    }
}

void LineEditor::on_sequence(char last) {
    switch (last) {
        case 'A':
            return recall(1);
        case 'B':
            return recall(-1);
        case 'C':
            cursor_ += cursor_ < characters_.size() ? 1 : 0;
            return;
        case 'D':
            cursor_ -= cursor_ > 0 ? 1 : 0;
            return;
        case 'H':
            cursor_ = 0;
            return;
        case 'F':
            cursor_ = characters_.size();
            return;
        case '~':
            if (sequence_ == "1" || sequence_ == "7") cursor_ = 0;
            if (sequence_ == "4" || sequence_ == "8") cursor_ = characters_.size();
            if (sequence_ == "3" && cursor_ < characters_.size())
                characters_.erase(characters_.begin() + static_cast<std::ptrdiff_t>(cursor_));
            return;
        default:
            return;
    }
}

void LineEditor::erase_word() {
    std::size_t begin = cursor_;
    while (begin > 0 && characters_[begin - 1] == " ") --begin;
    while (begin > 0 && characters_[begin - 1] != " ") --begin;
    characters_.erase(characters_.begin() + static_cast<std::ptrdiff_t>(begin),
                      characters_.begin() + static_cast<std::ptrdiff_t>(cursor_));
    cursor_ = begin;
}

void LineEditor::enter(Events& events) {
    std::string text = line();
    if (!text.empty() && (history_.empty() || history_.front() != text)) {
        history_.push_front(text);
        if (history_.size() > kMostHistory) history_.pop_back();
    }
    events.lines.push_back(std::move(text));
    characters_.clear();
    cursor_ = 0;
    recalled_ = 0;
    unfinished_.clear();
}

void LineEditor::recall(int step) {
    if ((step > 0 && recalled_ >= history_.size()) || (step < 0 && recalled_ == 0)) return;
    if (recalled_ == 0) unfinished_ = line();
    recalled_ = step > 0 ? recalled_ + 1 : recalled_ - 1;
    set_line(recalled_ == 0 ? unfinished_ : history_[recalled_ - 1]);
}

void LineEditor::complete(Events& events) {
    if (!completer_) return;
    std::string before;
    for (std::size_t i = 0; i < cursor_; ++i) before += characters_[i];
    std::vector<std::string> candidates = completer_(before);
    if (candidates.empty()) return;
    // As far as all agree.
    std::vector<std::string> common = characters_of(candidates.front());
    for (const std::string& candidate : candidates) {
        const std::vector<std::string> other = characters_of(candidate);
        std::size_t same = 0;
        while (same < common.size() && same < other.size() && common[same] == other[same]) ++same;
        common.resize(same);
    }
    if (candidates.size() > 1) events.candidates = std::move(candidates);
    // Agreeing on less than was typed happens when only the case differs.
    if (common.size() < cursor_ || common.size() > kMostCharacters) return;
    characters_.erase(characters_.begin(), characters_.begin() + static_cast<std::ptrdiff_t>(cursor_));
    characters_.insert(characters_.begin(), common.begin(), common.end());
    cursor_ = common.size();
}

void LineEditor::set_line(std::string_view text) {
    characters_ = characters_of(text);
    cursor_ = characters_.size();
}

std::string LineEditor::line() const {
    std::string out;
    for (const std::string& character : characters_) out += character;
    return out;
}

std::string LineEditor::draw(std::string_view prompt, std::size_t columns) const {
    std::size_t prompt_columns = 0;
    for (const std::string& character : characters_of(prompt)) prompt_columns += columns_of(character);
    // One column stays free, for the cursor behind the end.
    const std::size_t room = columns > prompt_columns + 8 ? columns - prompt_columns - 1 : 8;
    std::size_t first = 0;
    std::size_t before = 0;  // columns from the first shown to the cursor
    for (std::size_t i = 0; i < cursor_; ++i) before += columns_of(characters_[i]);
    while (before > room) before -= columns_of(characters_[first++]);
    std::string out = erase() + std::string(prompt);
    std::size_t used = 0;
    for (std::size_t i = first; i < characters_.size(); ++i) {
        used += columns_of(characters_[i]);
        if (used > room) break;
        out += characters_[i];
    }
    out += "\r";
    if (const std::size_t column = prompt_columns + before; column > 0) out += "\x1B[" + std::to_string(column) + "C";
    return out;
}

}  // namespace convene::cli

#include "session/chat_room.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "base/utf8.hpp"

namespace convene::session {
namespace {

std::string cut(std::string_view utf8) { return std::string(utf8_prefix(utf8, kMaxLineOctets)); }

}  // namespace

std::int64_t ChatRoom::wall(Instant now) const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() + to_wall_ms_;
}

std::size_t ChatRoom::unsaid() const {
    return static_cast<std::size_t>(
        std::count_if(lines_.begin(), lines_.end(), [](const Line& line) { return line.state == State::unsaid; }));
}

void ChatRoom::tell_line(JsonWriter& out, const Line& line, const Telling& telling) {
    const bool is_own = line.state != State::heard;
    out.begin_object().member("number", line.number).member("node", telling.from.value).member("name", line.author);
    out.member("text", line.text).member("time", telling.time_ms).member("private", telling.is_private);
    if (telling.to) out.member("to", telling.to->value);
    out.member("isSelf", is_own).member("isHistory", telling.is_history);
    if (is_own && !telling.is_private) out.member("saved", line.state == State::saved);
    out.end_object();
}

void ChatRoom::remember(Line line) {
    if (lines_.size() == kMaxLines) lines_.pop_front();
    lines_.push_back(std::move(line));
}

// --- saying ---

void ChatRoom::say(std::string_view utf8, node::Node* node, Instant now) {
    if (utf8.empty()) return;
    if (unsaid() >= kMaxUnsaidLines) {
        JsonWriter out = event("refused");
        return outlet_.tell(out.member("why", "limit"));
    }
    const auto* conference = node != nullptr ? node->conference() : nullptr;
    const auto self = conference != nullptr ? conference->self() : std::nullopt;
    Line line;
    line.number = next_number_++;
    line.state = State::unsaid;
    line.author = node != nullptr ? node->config().name : std::string();
    line.text = cut(utf8);
    JsonWriter out = event("chat");
    tell_line(out.name("line"), line, {self.value_or(mcs::UserId{}), wall(now)});
    outlet_.tell(out);
    remember(std::move(line));
    if (node != nullptr && is_ready_ && !history_until_) say_all(*node, now);
}

void ChatRoom::say_all(node::Node& node, Instant now) {
    for (Line& line : lines_) {
        if (line.state != State::unsaid) continue;
        const std::uint32_t before = node.chat()->unsaved();
        line.author = node.config().name;
        line.state = State::said;
        line.is_earlier = false;
        node.say(line.text, now);
        units_ += node.chat()->unsaved() - before;
        line.units = units_;
    }
}

void ChatRoom::whisper(const JsonValue& command, node::Node* node, Instant now) {
    const mcs::UserId to{static_cast<std::uint16_t>(whole(command.number("to"), 0, UINT16_MAX))};
    Line line;
    line.text = cut(command.text("text"));
    const bool is_said = node != nullptr && is_ready_ && !line.text.empty() && node->say_privately(to, line.text, now);
    if (is_said) {
        line.number = next_number_++;
        line.state = State::said;
        line.author = node->config().name;
        JsonWriter out = event("chat");
        tell_line(out.name("line"), line, {*node->conference()->self(), wall(now), true, to});
        outlet_.tell(out);
    }
    JsonWriter out = event("done");
    out.member("call", whole(command.number("call"), 0, INT64_MAX)).member("ok", is_said);
    outlet_.tell(out.name("items").begin_array().end_array());
}

// --- hearing ---

void ChatRoom::on_line(const node::ChatLine& line, Instant now) {
    Line kept;
    kept.number = next_number_++;
    kept.author = line.name;
    kept.text = line.text;
    JsonWriter out = event("chat");
    tell_line(out.name("line"), kept, {line.node.value_or(mcs::UserId{}), wall(now), line.is_private});
    outlet_.tell(out);
    if (!line.is_private) remember(std::move(kept));
}

// --- memory ---

void ChatRoom::on_ready(node::Node& node, Instant now) {
    is_ready_ = true;
    const bool is_doubtful =
        std::any_of(lines_.begin(), lines_.end(), [](const Line& line) { return line.state == State::said; });
    if (is_remembered_ && is_doubtful)
        history_until_ = now + kHistoryPatience;
    else
        say_all(node, now);
}

void ChatRoom::on_time(node::Node* node, Instant now) {
    if (!history_until_ || now < *history_until_ || node == nullptr) return;
    // Nobody remembers any more. What may have got out is not said twice.
    history_until_.reset();
    for (Line& line : lines_)
        if (line.state == State::said) line.state = State::heard;
    say_all(*node, now);
}

void ChatRoom::on_history(node::ChatHistory history, node::Node& node, Instant now) {
    is_remembered_ = true;
    for (auto& line : history.lines) history_.push_back(std::move(line));
    if (!history.is_last) return;
    auto news = news_of(std::exchange(history_, {}));
    const bool is_first = !std::exchange(has_history_, true);
    if (!news.empty()) {
        JsonWriter out = event("past");
        out.name("lines").begin_array();
        auto number = -static_cast<std::int64_t>(news.size());
        std::deque<Line> before;
        for (auto& past : news) {
            Line line;
            line.number = is_first ? number++ : next_number_++;
            line.is_earlier = true;
            line.author = std::move(past.author);
            line.text = std::move(past.text);
            tell_line(out, line, {{}, static_cast<std::int64_t>(past.time_ms), false, {}, true});
            (is_first ? before : lines_).push_back(std::move(line));
        }
        lines_.insert(lines_.begin(), std::make_move_iterator(before.begin()), std::make_move_iterator(before.end()));
        while (lines_.size() > kMaxLines) lines_.pop_front();
        outlet_.tell(out.end_array());
    }
    // What was said and nobody remembers has not got out.
    for (Line& line : lines_)
        if (line.state == State::said && line.is_earlier) line.state = State::unsaid;
    history_until_.reset();
    if (is_ready_) say_all(node, now);
}

std::vector<node::PastLine> ChatRoom::news_of(std::vector<node::PastLine> history) {
    std::map<std::pair<std::string, std::string>, std::deque<Line*>> known;
    for (Line& line : lines_)
        if (line.is_earlier && line.state != State::unsaid) known[{line.author, line.text}].push_back(&line);
    std::vector<node::PastLine> news;
    std::vector<std::int64_t> saved;
    for (auto& past : history) {
        const auto found = known.find({past.author, past.text});
        if (found == known.end() || found->second.empty()) {
            news.push_back(std::move(past));
            continue;
        }
        Line& line = *found->second.front();
        found->second.pop_front();
        if (line.state != State::said) continue;
        line.state = State::saved;
        saved.push_back(line.number);
    }
    tell_saved(saved);
    return news;
}

void ChatRoom::on_saved(const node::ChatSaved& saved) {
    is_remembered_ = true;
    std::vector<std::int64_t> numbers;
    for (Line& line : lines_) {
        if (line.state != State::said || line.is_earlier || line.units + saved.left > units_) continue;
        line.state = State::saved;
        numbers.push_back(line.number);
    }
    tell_saved(numbers);
}

void ChatRoom::tell_saved(const std::vector<std::int64_t>& numbers) {
    if (numbers.empty()) return;
    JsonWriter out = event("saved");
    out.name("numbers").begin_array();
    for (const auto number : numbers) out.value(number);
    outlet_.tell(out.end_array());
}

void ChatRoom::on_lost() {
    is_ready_ = false;
    units_ = 0;
    history_.clear();
    history_until_.reset();
    for (Line& line : lines_) line.is_earlier = true;
}

}  // namespace convene::session

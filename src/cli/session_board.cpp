#include "cli/session_board.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/overloaded.hpp"
#include "cli/board_words.hpp"
#include "cli/context.hpp"
#include "cli/whiteboard_task.hpp"

namespace convene::cli {
namespace {

using whiteboard::ItemId;
using Json = nlohmann::ordered_json;

constexpr Duration kBoardLooks = std::chrono::milliseconds(50);
constexpr std::size_t kMostBoardCommands = 10'000;  // commands, as in the session
constexpr whiteboard::Extent kNewPage{1024, 768};
constexpr std::int32_t kMostPlace = 30'000;  // of a coordinate; T.126's pages are not larger

std::string_view next_word(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

bool take_number(std::string_view& text, std::int32_t& into) {
    const auto word = next_word(text);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), into);
    return error == std::errc() && end == word.data() + word.size() && into >= -kMostPlace && into <= kMostPlace;
}

/// "X Y X2 Y2 [COLOR]"
Expected<whiteboard::Drawing, std::string> drawing_of(const SessionCommand& command) {
    whiteboard::Drawing drawing;
    drawing.shape = command.action == "rect"      ? whiteboard::Shape::rectangle
                    : command.action == "ellipse" ? whiteboard::Shape::ellipse
                                                  : whiteboard::Shape::open_line;
    std::string_view rest = command.text;
    whiteboard::Point end;
    if (!take_number(rest, drawing.anchor.x) || !take_number(rest, drawing.anchor.y) || !take_number(rest, end.x) ||
        !take_number(rest, end.y))
        return make_unexpected(std::string("use: /draw line|rect|ellipse X Y X2 Y2 [COLOR]"));
    drawing.deltas = {{end.x - drawing.anchor.x, end.y - drawing.anchor.y}};
    if (const auto word = next_word(rest); !word.empty()) {
        const auto color = color_of(word);
        if (!color) return make_unexpected("a colour is #rrggbb or one of: " + color_names());
        drawing.style.pen = *color;
    }
    return drawing;
}

/// "X Y WORDS"
Expected<whiteboard::Text, std::string> board_text_of(const std::string& words) {
    std::string_view rest = words;
    whiteboard::Text text;
    const bool has_place = take_number(rest, text.anchor.x) && take_number(rest, text.anchor.y);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    if (!has_place || rest.empty()) return make_unexpected(std::string("use: /text X Y WORDS"));
    text.utf8 = rest;
    return text;
}

std::string_view event_of(whiteboard::Change::Kind kind) {
    using Kind = whiteboard::Change::Kind;
    switch (kind) {
        case Kind::page_added:
            return "page-added";
        case Kind::page_changed:
            return "page-changed";
        case Kind::page_removed:
            return "page-removed";
        case Kind::page_turned:
            return "page-turned";
        case Kind::object_added:
            return "object-added";
        case Kind::object_changed:
            return "object-changed";
        case Kind::object_removed:
            return "object-removed";
    }
    return "";
}

}  // namespace

bool SessionBoard::is_command(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"draw", "text", "page", "undo", "redo", "clear"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void SessionBoard::say_error(const std::string& text) {
    host_.tell(make_notice("error", printable(text), {{"text", text}}));
}

void SessionBoard::execute(SessionCommand command) {
    if (commands_.size() >= kMostBoardCommands) return say_error("too much is waiting for the whiteboard");
    commands_.push_back(std::move(command));
    if (!stuck_since_) stuck_since_ = FileHost::now();
    work_off();
}

void SessionBoard::work_later() {
    if (std::exchange(is_waiting_, true)) return;
    host_.after(kBoardLooks, [this] {
        is_waiting_ = false;
        work_off();
    });
}

void SessionBoard::work_off() {
    while (!commands_.empty()) {
        const SessionCommand command = commands_.front();
        const bool has_time = FileHost::now() - stuck_since_.value_or(FileHost::now()) < kBoardTime;
        if (!entity_->has_converged() && has_time) return work_later();
        const auto outcome = entity_->has_converged() ? perform(command)
                                                      : make_unexpected(std::string("the whiteboard has not arrived"));
        // Handles come from the conference; the next ones are on their way.
        const bool lacks_handle =
            outcome && outcome->refusal && outcome->refusal->reason == whiteboard::RefusalReason::no_handle;
        if (lacks_handle && has_time) {
            host_.act();
            return work_later();
        }
        stuck_since_ = FileHost::now();
        commands_.pop_front();
        if (!outcome) {
            say_error(outcome.error());
        } else if (outcome->refusal) {
            say_error("/" + command.name + ": " + std::string(reason_text(outcome->refusal->reason)));
        } else {
            Json items = Json::array();
            for (const ItemId item : outcome->items) items.push_back(item.value);
            Json members{{"command", command.name}, {"items", items}};
            if (const auto current = entity_->board().current_page()) members["page"] = current->value;
            host_.tell(make_notice("board-done", command.name + ": done", members));
        }
        host_.act();
    }
    stuck_since_.reset();
}

// --- commands ---

Expected<SessionBoard::Outcome, std::string> SessionBoard::perform(const SessionCommand& command) {
    if (command.name == "undo") {
        if (!editor_.can_undo()) return make_unexpected(std::string("there is nothing to undo"));
        return editor_.undo(FileHost::now());
    }
    if (command.name == "redo") {
        if (!editor_.can_redo()) return make_unexpected(std::string("there is nothing to redo"));
        return editor_.redo(FileHost::now());
    }
    if (command.name == "page") return page(command.text);
    if (command.name == "clear") {
        const auto current = entity_->board().current_page();
        return current ? editor_.clear_page(*current, FileHost::now()) : Outcome{};
    }
    // Understood first: what is not, makes no page either.
    if (command.name == "draw") {
        CONVENE_TRY(drawing, drawing_of(command));
        return on_page([&](ItemId page) { return editor_.draw(page, drawing, FileHost::now()); });
    }
    CONVENE_TRY(text, board_text_of(command.text));
    return on_page([&](ItemId page) { return editor_.write(page, text, FileHost::now()); });
}

SessionBoard::Outcome SessionBoard::on_page(const std::function<Outcome(ItemId)>& what) {
    auto page = entity_->board().current_page();
    if (!page) {
        auto made = editor_.add_page(kNewPage, whiteboard::kWhite, FileHost::now());
        if (!made.is_done()) return made;
        page = made.items.front();
    }
    return what(*page);
}

Expected<SessionBoard::Outcome, std::string> SessionBoard::page(const std::string& which) {
    if (which == "new") return editor_.add_page(kNewPage, whiteboard::kWhite, FileHost::now());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), number);
    if (error != std::errc() || end != which.data() + which.size())
        return make_unexpected(std::string("use: /page new, or /page N"));
    const auto pages = entity_->board().pages();
    if (number == 0 || number > pages.size())
        return make_unexpected("there is no page " + which + "; there are " + std::to_string(pages.size()));
    return editor_.turn_to(pages[number - 1], FileHost::now());
}

// --- events ---

void SessionBoard::on_event(const node::Event& event) {
    if (const auto* saved = std::get_if<node::WhiteboardSaved>(&event))
        host_.tell(make_notice("board-saved", {}, {{"left", saved->left}}));
    const auto* news = std::get_if<node::WhiteboardEvent>(&event);
    if (news == nullptr) return;
    std::visit(overloaded{[&](const whiteboard::Converged& converged) {
                              host_.tell(make_notice("board-ready", {},
                                                     {{"pages", entity_->board().pages().size()},
                                                      {"objects", entity_->board().size()},
                                                      {"first", converged.is_first},
                                                      {"complete", !converged.has_given_up}}));
                              work_later();
                          },
                          [&](const whiteboard::BoardChanged& changed) {
                              for (const whiteboard::Change& change : changed.changes) tell_change(change);
                          },
                          [&](const whiteboard::ActionRefused& refused) {
                              say_error("whiteboard: " + std::string(reason_text(refused.refusal.reason)));
                          },
                          [](const auto&) {}},
               *news);
}

void SessionBoard::tell_change(const whiteboard::Change& change) {
    const whiteboard::Board& board = entity_->board();
    Json members{{"page", change.page.value}};
    if (change.object.value != 0) members["object"] = change.object.value;
    // What has changed once more since then is told as it is now.
    if (const auto* page = change.object.value == 0 ? board.find_page(change.page) : nullptr) {
        const auto pages = board.pages();
        members["number"] = std::find(pages.begin(), pages.end(), change.page) - pages.begin() + 1;
        members["width"] = page->size.width;
        members["height"] = page->size.height;
        members["background"] = to_json(page->background);
    }
    using Kind = whiteboard::Change::Kind;
    const bool is_gone = change.kind == Kind::object_removed || change.kind == Kind::page_removed;
    if (const auto* object = is_gone ? nullptr : board.find(change.object)) members.update(to_json(*object));
    // That everybody has it now is a change, too, but none that can be seen.
    const ItemId item = change.object.value != 0 ? change.object : change.page;
    if (is_gone) {
        told_.erase(item);
        // With a page, all that was on it.
        if (change.kind == Kind::page_removed)
            std::erase_if(told_, [&](const auto& each) {
                return board.find(each.first) == nullptr && board.find_page(each.first) == nullptr;
            });
    } else if (change.kind != Kind::page_turned) {
        const std::size_t hash = std::hash<Json>()(members);
        const bool is_new = change.kind == Kind::object_added || change.kind == Kind::page_added;
        if (std::exchange(told_[item], hash) == hash && !is_new) return;
    }
    host_.tell(make_notice(std::string(event_of(change.kind)), {}, members));
}

}  // namespace convene::cli

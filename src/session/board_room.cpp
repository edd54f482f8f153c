#include "session/board_room.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/overloaded.hpp"
#include "netmeeting/whiteboard_extensions.hpp"
#include "session/board_json.hpp"
#include "session/picture_octets.hpp"

namespace convene::session {
namespace {

using whiteboard::ItemId;
using whiteboard::RefusalReason;

constexpr whiteboard::Extent kNewPage{1024, 768};
constexpr std::int64_t kPlane = std::int64_t{1} << 50;  // beyond every height on a plane
constexpr std::int64_t kMostPlanes = 7;                 // that a number of the page can tell apart

std::shared_ptr<whiteboard::Entity> make_entity(std::uint64_t seed) {
    whiteboard::EntityConfig config;
    config.seed = seed;
    config.extensions = netmeeting::whiteboard_extensions();
    return std::make_shared<whiteboard::Entity>(std::move(config));
}

}  // namespace

std::string_view word_for(RefusalReason reason, bool is_connected) {
    switch (reason) {
        case RefusalReason::too_many_pages:
        case RefusalReason::too_many_objects:
        case RefusalReason::board_full:
        case RefusalReason::too_many_views:
        case RefusalReason::too_many_pointers:
        case RefusalReason::too_much_waiting:
            return "limit";
        case RefusalReason::picture_too_large:
        case RefusalReason::drawing_too_long:
        case RefusalReason::text_too_long:
            return "tooLarge";
        case RefusalReason::plane_protected:
        case RefusalReason::conducted:
            return "notAllowed";
        case RefusalReason::no_handle:
            return is_connected ? "notReady" : "offline";
        case RefusalReason::nothing_there:
            return "gone";
        case RefusalReason::cannot_be_said:
        case RefusalReason::not_this_kind:
            return "invalid";
    }
    return "invalid";
}

BoardRoom::BoardRoom(Outlet& outlet, std::uint64_t seed)
    : outlet_(outlet), entity_(make_entity(seed)), editor_(*entity_) {}

bool BoardRoom::is_command(std::string_view name) {
    constexpr std::array<std::string_view, 19> kNames{
        "draw",     "write",         "putPicture", "move",  "transform", "restyle", "rewrite",
        "setFont",  "stack",         "duplicate",  "erase", "clearPage", "addPage", "removePage",
        "movePage", "setBackground", "turnTo",     "undo",  "redo"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// --- commands ---

void BoardRoom::execute(const JsonValue& command, ByteView octets, const node::Node* node, Instant now) {
    if (waiting_.size() >= kMaxWaitingCommands)
        return answer(command, {{}, whiteboard::Refusal{RefusalReason::too_much_waiting, {}}}, node != nullptr);
    waiting_.push_back({command, to_bytes(octets), now});
    work_off(node, now);
}

void BoardRoom::work_off(const node::Node* node, Instant now) {
    const bool is_connected = node != nullptr && entity_->is_active();
    had_board_ = had_board_ || entity_->has_converged();
    while (!waiting_.empty()) {
        Waiting& first = waiting_.front();
        Outcome outcome{{}, whiteboard::Refusal{RefusalReason::no_handle, {}}};
        if (had_board_) outcome = perform(first.command, first.octets, now);
        const bool lacks_handle = outcome.refusal && outcome.refusal->reason == RefusalReason::no_handle;
        if (lacks_handle && (!is_connected || now - first.since < kCommandPatience)) break;
        const Waiting done = std::move(first);
        waiting_.pop_front();
        answer(done.command, outcome, is_connected);
    }
    tell_history();
}

std::optional<Instant> BoardRoom::deadline() const {
    if (waiting_.empty() || !entity_->is_active()) return std::nullopt;
    return waiting_.front().since + kCommandPatience;
}

void BoardRoom::give_up() {
    for (const Waiting& each : std::exchange(waiting_, {}))
        answer(each.command, {{}, whiteboard::Refusal{RefusalReason::no_handle, {}}}, false);
}

void BoardRoom::answer(const JsonValue& command, const Outcome& outcome, bool is_connected) {
    JsonWriter out = event("done");
    out.member("call", whole(command.number("call"), 0, INT64_MAX)).member("ok", outcome.is_done());
    if (outcome.refusal) out.member("why", word_for(outcome.refusal->reason, is_connected));
    out.name("items").begin_array();
    for (const ItemId item : outcome.items) out.value(item.value);
    outlet_.tell(out.end_array());
}

BoardRoom::Outcome BoardRoom::perform(const JsonValue& command, ByteView octets, Instant now) {
    const std::string& name = command.text("do");
    const ItemId page = read_item(command, "page");
    const auto objects = read_items(command, "objects");
    const Outcome invalid{{}, whiteboard::Refusal{RefusalReason::cannot_be_said, page}};
    const JsonValue nothing;
    const auto part = [&](std::string_view of) -> const JsonValue& {
        const JsonValue* found = command.find(of);
        return found != nullptr ? *found : nothing;
    };
    if (name == "draw") {
        const auto drawing = read_drawing(part("drawing"));
        return drawing ? editor_.draw(page, *drawing, now) : invalid;
    }
    if (name == "write") return editor_.write(page, read_text(part("text")), now);
    if (name == "putPicture") {
        const auto picture = read_picture(part("picture"), octets);
        return picture ? editor_.put_picture(page, *picture, now) : invalid;
    }
    if (name == "move") return editor_.move(objects, read_point(part("by")), now);
    if (name == "transform") {
        std::vector<whiteboard::BoxChange> changes;
        for (const JsonValue& said : command.items("changes")) {
            const JsonValue* box = said.find("box");
            if (box == nullptr) return invalid;
            const auto [upper_left, size] = read_box(*box);
            whiteboard::BoxChange change{read_item(said, "id"), upper_left, size, {}};
            if (said.has("degrees")) change.minutes = minutes_of(said.number("degrees"));
            changes.push_back(change);
        }
        return editor_.transform(changes, now);
    }
    if (name == "restyle") return editor_.restyle(objects, read_style_change(part("style")), now);
    if (name == "rewrite") return editor_.rewrite(read_item(command, "text"), command.text("to"), now);
    if (name == "setFont") {
        const ItemId text = read_item(command, "text");
        const auto* object = entity_->board().find(text);
        const auto* found = object != nullptr ? std::get_if<whiteboard::Text>(&object->content) : nullptr;
        const auto font = read_font(part("font"), found != nullptr ? found->font : whiteboard::Font{});
        return editor_.set_font(text, font, read_color(command.text("color")), now);
    }
    if (name == "stack") {
        const std::string& where = command.text("where");
        const bool is_up = where == "front" || where == "forward";
        const auto stacking = is_up ? whiteboard::Stacking::front : whiteboard::Stacking::back;
        return where == "forward" || where == "backward" ? editor_.step_over(objects, stacking, now)
                                                         : editor_.stack(objects, stacking, now);
    }
    if (name == "duplicate") return editor_.duplicate(objects, page, read_point(part("by")), now);
    if (name == "erase") return editor_.erase(objects, now);
    if (name == "clearPage") return editor_.clear_page(page, now);
    if (name == "addPage")
        return editor_.add_page(kNewPage, read_color(command.text("background")).value_or(whiteboard::kWhite), now);
    if (name == "removePage") return editor_.remove_page(page, now);
    if (name == "movePage")
        return editor_.move_page(page, static_cast<std::size_t>(whole(command.number("index"), 0, UINT16_MAX)), now);
    if (name == "setBackground") {
        const auto color = read_color(command.text("background"));
        return color ? editor_.set_background(page, *color, now) : invalid;
    }
    if (name == "turnTo") return editor_.turn_to(page, now);
    return name == "undo" ? editor_.undo(now) : editor_.redo(now);
}

// --- what happens ---

void BoardRoom::on_event(const node::WhiteboardEvent& event) {
    std::visit(overloaded{[&](const whiteboard::BoardChanged& changed) {
                              for (const whiteboard::Change& change : changed.changes) note(change);
                          },
                          [&](const whiteboard::ActionRefused& refused) {
                              JsonWriter out = session::event("refused");
                              outlet_.tell(out.member("why", word_for(refused.refusal.reason, true)));
                          },
                          [](const auto&) {}},
               event);
}

void BoardRoom::note(const whiteboard::Change& change) {
    using Kind = whiteboard::Change::Kind;
    switch (change.kind) {
        case Kind::page_added:
        case Kind::page_changed:
        case Kind::page_removed:
            has_pages_ = true;
            return;
        case Kind::page_turned:
            turned_ = true;
            return;
        case Kind::object_added:
        case Kind::object_changed:
        case Kind::object_removed: {
            const auto* object = entity_->board().find(change.object);
            if (pointers_.count(change.object) != 0 || (object != nullptr && object->is_pointer))
                note_pointer(change.object);
            else
                changed_[change.object] = change.page;
            return;
        }
    }
}

/// Whoever does not tell where it is may still point: then that is where it is.
void BoardRoom::note_pointer(ItemId pointer) {
    const auto* object = entity_->board().find(pointer);
    if (object == nullptr || !object->is_pointer) {
        const auto owner = pointers_.extract(pointer);
        if (!owner.empty() && owner.mapped() && present_.count(*owner.mapped()) == 0)
            presences_[*owner.mapped()] = std::nullopt;
        return;
    }
    const auto owner = entity_->owner_of(pointer);
    pointers_[pointer] = owner;
    if (!owner || owner == entity_->user() || present_.count(*owner) != 0) return;
    node::Presence presence;
    presence.page = object->page;
    presence.cursor = whiteboard::anchor_of(object->content);
    presence.is_laser = true;
    presences_[*owner] = presence;
}

void BoardRoom::on_presence(const node::WhiteboardPresence& event) {
    presences_[event.from] = event.presence;
    if (event.presence)
        present_.insert(event.from);
    else
        present_.erase(event.from);
}

// --- telling ---

void BoardRoom::write_object(JsonWriter& out, ItemId id, const whiteboard::Object& object, const node::Node* node) {
    const auto* desk = node != nullptr ? node->whiteboard() : nullptr;
    const auto author = desk != nullptr ? desk->node_of(object.author) : std::nullopt;
    const auto z = entity_->board().height_of(id) + std::min<std::int64_t>(object.plane, kMostPlanes) * kPlane;
    out.name("object").begin_object().member("id", id.value).member("page", object.page.value);
    out.member("author", author ? author->value : 0).member("z", z);
    write_content(out, object.content);
    out.end_object();
}

void BoardRoom::tell_changes(const node::Node* node) {
    if (!has_changes()) return;
    const whiteboard::Board& board = entity_->board();
    JsonWriter out;
    const auto begin = [&] {
        out = event("board");
        out.name("changes").begin_array();
    };
    begin();
    if (std::exchange(has_pages_, false)) {
        out.begin_object().member("kind", "pages").name("pages").begin_array();
        for (const ItemId id : board.pages()) write_page(out, *board.find_page(id));
        out.end_array().end_object();
    }
    for (const auto& [id, page] : std::exchange(changed_, {})) {
        const auto* object = board.find(id);
        if (object != nullptr) {
            write_object(out.begin_object().member("kind", "set"), id, *object, node);
        } else {
            out.begin_object().member("kind", "gone").member("object", id.value).member("page", page.value);
        }
        out.end_object();
        if (out.size() < kTellOctets) continue;
        outlet_.tell(out.end_array());
        begin();
    }
    if (std::exchange(turned_, false))
        out.begin_object()
            .member("kind", "turned")
            .member("page", board.current_page().value_or(ItemId{}).value)
            .end_object();
    outlet_.tell(out.end_array());
}

void BoardRoom::tell_history() {
    const bool can_undo = editor_.can_undo();
    const bool can_redo = editor_.can_redo();
    if (std::exchange(could_undo_, can_undo) == can_undo && std::exchange(could_redo_, can_redo) == can_redo) return;
    could_redo_ = can_redo;
    JsonWriter out = event("history");
    outlet_.tell(out.member("canUndo", can_undo).member("canRedo", can_redo));
}

void BoardRoom::tell_presences(const node::Node& node) {
    const auto* desk = node.whiteboard();
    if (desk == nullptr) return;
    for (auto each = presences_.begin(); each != presences_.end();) {
        const auto owner = desk->node_of(each->first);
        const auto& presence = each->second;
        if (!owner && presence) {
            ++each;  // rosters travel later
            continue;
        }
        if (owner) {
            JsonWriter out = event("presence");
            out.member("node", owner->value);
            if (presence) {
                out.name("presence").begin_object().member("page", presence->page.value).name("view").begin_object();
                out.member("x", presence->upper_left.x).member("y", presence->upper_left.y);
                out.member("width", presence->size.width).member("height", presence->size.height).end_object();
                if (presence->cursor)
                    out.name("cursor")
                        .begin_object()
                        .member("x", presence->cursor->x)
                        .member("y", presence->cursor->y)
                        .end_object();
                out.member("laser", presence->is_laser).member("busy", presence->is_busy).end_object();
            }
            outlet_.tell(out);
        }
        each = presences_.erase(each);
    }
}

void BoardRoom::forget_presences() {
    presences_.clear();
    present_.clear();
    pointers_.clear();
}

}  // namespace convene::session

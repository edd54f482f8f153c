// What the page wants of its session.
#include <algorithm>
#include <utility>

#include "session/board_json.hpp"
#include "session/session.hpp"

namespace convene::session {

void Session::command(std::string_view json, ByteView octets, Instant now) {
    if (const auto said = read_json(json)) perform(*said, octets, now);
    act(now);
}

void Session::perform(const JsonValue& command, ByteView octets, Instant now) {
    const std::string& name = command.text("do");
    if (name == "start") return start(command, now);
    if (phase_ == Phase::idle) return;
    if (name == "leave") return leave(now);
    if (BoardRoom::is_command(name)) {
        board_.execute(command, octets, inside(), now);
        if (is_over()) board_.give_up();
        return;
    }
    if (is_over()) return;
    if (name == "reconnect") return reconnect(now);
    if (name == "say") return chat_.say(command.text("text"), inside(), now);
    if (name == "whisper") return chat_.whisper(command, inside(), now);
    if (name == "presence") return set_presence(command, now);
    if (FileRoom::is_command(name)) return files_.execute(command, inside(), now);
    if (name == "rename") {
        name_ = command.text("name");
        if (node_) node_->rename(name_, now);
    } else if (name == "hand") {
        has_raised_hand_ = command.truth("up");
        if (node_) node_->raise_hand(has_raised_hand_, now);
    } else if (name == "conduct" && inside() != nullptr) {
        conduct(command);
    }
}

void Session::start(const JsonValue& command, Instant now) {
    if (phase_ != Phase::idle) return;
    address_ = command.text("address");
    conference_ = command.text("conference");
    name_ = command.text("name");
    constexpr std::int64_t kMostMilliseconds = 253'402'300'799'999;  // the end of the year 9999
    to_wall_ms_ = whole(command.number("toWall"), -kMostMilliseconds, kMostMilliseconds);
    chat_.set_clock(to_wall_ms_);
    phase_ = Phase::connecting;
    attempt(now);
}

void Session::conduct(const JsonValue& command) {
    gcc::Conference& conference = *node_->conference();
    const std::string& what = command.text("what");
    if (what == "take") {
        // Where somebody conducts, that one is asked.
        return conference.conductor().conductor() ? conference.please_conductor() : conference.conduct();
    }
    if (!conference.conducts()) return;
    if (what == "release") return conference.release_conductor();
    conference.give_conductor(mcs::UserId{static_cast<std::uint16_t>(whole(command.number("node"), 0, UINT16_MAX))});
}

void Session::set_presence(const JsonValue& command, Instant now) {
    presence_.reset();
    if (const JsonValue* said = command.find("presence"); said != nullptr && said->has("view")) {
        const auto [upper_left, size] = read_box(*said->find("view"));
        node::Presence& presence = presence_.emplace();
        presence.page = read_item(*said, "page");
        presence.upper_left = upper_left;
        presence.size = size;
        if (const JsonValue* cursor = said->find("cursor")) presence.cursor = read_point(*cursor);
        presence.is_laser = said->truth("laser");
        presence.is_busy = said->truth("busy");
    }
    if (inside() != nullptr && node_->whiteboard() != nullptr) node_->whiteboard()->set_presence(presence_, now);
}

void Session::leave(Instant now) {
    if (is_over() || is_leaving_) return;
    is_leaving_ = true;
    if (node_ && phase_ == Phase::joined) {
        node_->leave(now);
        give_up_at_ = now + kLeaveTime;
        return;
    }
    lose_node(now);
    phase_ = Phase::left;
    board_.give_up();
}

void Session::reconnect(Instant now) {
    if (is_leaving_ || phase_ == Phase::joined || !retry_at_) return;
    attempts_ = 0;
    attempt(now);
}

}  // namespace convene::session

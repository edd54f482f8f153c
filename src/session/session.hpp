/// One person in one conference, as a page runs it: a T.120 node that comes back when its connection breaks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/node.hpp"
#include "session/board_room.hpp"
#include "session/chat_room.hpp"
#include "session/file_room.hpp"
#include "session/output.hpp"
#include "session/people.hpp"
#include "session/picture_octets.hpp"

namespace convene::session {

inline constexpr Duration kFirstRetry = std::chrono::milliseconds(500);
inline constexpr Duration kLastRetry = std::chrono::seconds(15);
inline constexpr unsigned kMostDoublings = 5;
/// Inside for so long, a break is a new one.
inline constexpr Duration kSettled = std::chrono::seconds(10);
/// How long it is tried to get in for the first time.
inline constexpr Duration kFirstTime = std::chrono::seconds(20);
/// To get into the conference, from the opening of the transport. Somebody may have to admit the caller.
inline constexpr Duration kJoinTime = std::chrono::seconds(130);
/// For what was said last to be written when it leaves.
inline constexpr Duration kLeaveTime = std::chrono::milliseconds(800);

/// Commands, octets and time in; take_outputs() after every input, and act on each in order. No clock, no socket. One
/// owner, no threads. What was drawn and said without a connection is kept and goes out with the next one.
class Session {
public:
    Session(node::RandomSource random, Instant now);

    /// What the page wants: an object whose "do" says what (web/src/session/messages.ts). `octets` come with some.
    /// What is no command is ignored.
    void command(std::string_view json, ByteView octets, Instant now);

    void transport_opened(TransportId transport, Instant now);
    void on_octets(TransportId transport, ByteView octets, Instant now);
    /// Also when it could not be opened. `is_final`: trying again would be in vain, the server has said why.
    void on_closed(TransportId transport, std::string_view why, bool is_final, Instant now);
    /// `octets_queued` still wait in the transport.
    void on_written(TransportId transport, std::uint32_t frames, std::size_t octets_queued, Instant now);

    void on_read(std::uint64_t file, ByteView octets, Instant now);
    void on_read_failed(std::uint64_t file, Instant now);
    void on_stored(std::uint64_t file, std::size_t octets, Instant now);
    void on_store_failed(std::uint64_t file, Instant now);

    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    /// Changes of the board are told when this is called, so that the owner says how often.
    void tell_board();
    bool has_board_news() const { return board_.has_changes(); }

    void take_outputs(std::vector<Output>& into) { outlet_.take(into); }

    std::optional<PictureOctets> picture(whiteboard::ItemId id) const;
    const whiteboard::Board& board() const { return board_.entity()->board(); }

private:
    enum class Phase : std::uint8_t { idle, connecting, joined, reconnecting, left, ended };

    // session_commands.cpp
    void perform(const JsonValue& command, ByteView octets, Instant now);
    void start(const JsonValue& command, Instant now);
    void conduct(const JsonValue& command);
    void set_presence(const JsonValue& command, Instant now);
    void leave(Instant now);
    void reconnect(Instant now);

    void attempt(Instant now);
    void act(Instant now);
    void carry_out(node::NodeOutput& output);
    void on_event(node::Event& event, Instant now);
    void on_gcc(const gcc::Event& event, Instant now);
    void on_ended(gcc::Ended::Why why);
    void on_refused(const node::JoinRefused& refused);
    void on_broken(std::string why, Instant now);
    void end(std::string_view why, std::string detail);
    void lose_node(Instant now);
    void take_board_outputs();
    void tell_status();
    bool is_over() const { return phase_ == Phase::left || phase_ == Phase::ended; }
    node::Node* inside() { return phase_ == Phase::joined ? node_.get() : nullptr; }

    node::RandomSource random_;
    Outlet outlet_;
    BoardRoom board_;
    ChatRoom chat_;
    FileRoom files_;
    People people_;

    std::string address_;
    std::string conference_;
    std::string name_;
    bool has_raised_hand_ = false;
    std::optional<node::Presence> presence_;
    std::int64_t to_wall_ms_ = 0;

    Phase phase_ = Phase::idle;
    std::string_view why_;
    std::string detail_;
    std::string told_status_;
    std::unique_ptr<node::Node> node_;
    std::vector<TransportId> transports_;  ///< that are open, or being opened
    bool was_inside_ = false;
    bool is_leaving_ = false;
    std::optional<std::string> lost_;  ///< why; the node is to go once its event is dealt with
    Instant inside_since_{};
    unsigned attempts_ = 0;
    std::optional<Instant> first_until_;
    std::optional<Instant> retry_at_;
    std::optional<Instant> give_up_at_;  ///< to join, or to leave
};

}  // namespace convene::session

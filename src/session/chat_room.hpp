/// The chat of a session: one conversation through all connections, with what was said before and between them.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "node/node.hpp"
#include "session/json_reader.hpp"
#include "session/output.hpp"

namespace convene::session {

/// Lines that are remembered, to tell later what of a history is new; the oldest are forgotten.
inline constexpr std::size_t kMaxLines = 20'000;
/// Lines that wait for a connection; more are refused.
inline constexpr std::size_t kMaxUnsaidLines = 1'000;
/// Octets of a line; the rest is cut off.
inline constexpr std::size_t kMaxLineOctets = 64 * 1024;
/// How long a history is waited for that tells whether lines have got out before a connection was lost.
inline constexpr Duration kHistoryPatience = std::chrono::seconds(3);

/// One owner. The node of the moment is handed in where one is needed.
class ChatRoom {
public:
    explicit ChatRoom(Outlet& outlet) : outlet_(outlet) {}

    /// Milliseconds from the session's Instant{} to 1970-01-01T00:00:00Z, negated: what is added to the first gives the
    /// second.
    void set_clock(std::int64_t to_wall_ms) { to_wall_ms_ = to_wall_ms; }

    /// At once, or when there is a connection again.
    void say(std::string_view utf8, node::Node* node, Instant now);
    void whisper(const JsonValue& command, node::Node* node, Instant now);
    void on_ready(node::Node& node, Instant now);
    void on_line(const node::ChatLine& line, Instant now);
    void on_history(node::ChatHistory history, node::Node& node, Instant now);
    void on_saved(const node::ChatSaved& saved);
    void on_lost();
    void on_time(node::Node* node, Instant now);
    std::optional<Instant> deadline() const { return history_until_; }

    /// Lines that have not been said yet.
    std::size_t unsaid() const;
    /// The node at the top has shown that it remembers.
    bool is_remembered() const { return is_remembered_; }

private:
    enum class State : std::uint8_t { heard, unsaid, said, saved };  ///< but for the first, of one's own
    struct Line {
        std::int64_t number = 0;
        State state = State::heard;
        std::uint32_t units = 0;  ///< own data units, once all of it was said in this connection
        bool is_earlier = false;  ///< it was said or heard in a connection before this one
        std::string author;
        std::string text;
    };

    /// What of a line is told and not kept.
    struct Telling {
        mcs::UserId from{};
        std::int64_t time_ms = 0;
        bool is_private = false;
        std::optional<mcs::UserId> to{};  ///< of a private one of one's own
        bool is_history = false;
    };
    void tell_line(JsonWriter& out, const Line& line, const Telling& telling);
    void remember(Line line);
    std::int64_t wall(Instant now) const;
    void say_all(node::Node& node, Instant now);
    /// What of a history is new; own lines that are in it are saved.
    std::vector<node::PastLine> news_of(std::vector<node::PastLine> history);
    void tell_saved(const std::vector<std::int64_t>& numbers);

    Outlet& outlet_;
    std::int64_t to_wall_ms_ = 0;
    std::deque<Line> lines_;  ///< public ones
    std::int64_t next_number_ = 1;
    std::uint32_t units_ = 0;  ///< said to all in this connection
    std::vector<node::PastLine> history_;
    bool has_history_ = false;  ///< one has come, in whatever connection
    bool is_ready_ = false;
    bool is_remembered_ = false;
    std::optional<Instant> history_until_;  ///< lines wait for it
};

}  // namespace convene::session

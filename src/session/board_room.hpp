/// The whiteboard of a session: what its user does, and what the page is told.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "node/node.hpp"
#include "session/json_reader.hpp"
#include "session/output.hpp"
#include "whiteboard/editor.hpp"

namespace convene::session {

/// Commands that wait for the board to arrive, or for handles; more are refused.
inline constexpr std::size_t kMaxWaitingCommands = 10'000;
/// How long they wait while there is a connection.
inline constexpr Duration kCommandPatience = std::chrono::seconds(10);
/// Of a board that arrives, about so much is told at a time.
inline constexpr std::size_t kTellOctets = 256 * 1024;

/// Lives as long as the session, and its entity with it, through all nodes that the session has in turn. One owner.
class BoardRoom {
public:
    BoardRoom(Outlet& outlet, std::uint64_t seed);

    const std::shared_ptr<whiteboard::Entity>& entity() const { return entity_; }

    static bool is_command(std::string_view name);
    /// Answers by the event "done", soon or when it can be done. `octets` are those of a picture.
    void execute(const JsonValue& command, ByteView octets, const node::Node* node, Instant now);
    void on_event(const node::WhiteboardEvent& event);
    void on_presence(const node::WhiteboardPresence& event);
    /// After anything that may have given what commands wait for.
    void work_off(const node::Node* node, Instant now);
    std::optional<Instant> deadline() const;
    /// Commands that wait have no chance any more.
    void give_up();

    /// Tells the page what has changed since the last time.
    void tell_changes(const node::Node* node);
    bool has_changes() const { return has_pages_ || turned_ || !changed_.empty(); }
    /// Presences whose owner's node is known by now.
    void tell_presences(const node::Node& node);
    void forget_presences();

private:
    struct Waiting {
        JsonValue command;
        Bytes octets;
        Instant since;
    };
    using Outcome = whiteboard::Editor::Outcome;

    Outcome perform(const JsonValue& command, ByteView octets, Instant now);
    void answer(const JsonValue& command, const Outcome& outcome, bool is_connected);
    void note(const whiteboard::Change& change);
    void note_pointer(whiteboard::ItemId pointer);
    void tell_history();
    void write_object(JsonWriter& out, whiteboard::ItemId id, const whiteboard::Object& object, const node::Node* node);

    Outlet& outlet_;
    std::shared_ptr<whiteboard::Entity> entity_;  ///< shared with the node of the moment
    whiteboard::Editor editor_;
    std::deque<Waiting> waiting_;
    std::map<whiteboard::ItemId, whiteboard::ItemId> changed_;  ///< objects, and their pages
    bool has_pages_ = false;
    bool turned_ = false;
    bool had_board_ = false;  ///< it has been there once
    bool could_undo_ = false;
    bool could_redo_ = false;
    std::map<mcs::UserId, std::optional<node::Presence>> presences_;     ///< by whiteboard attachment, not told yet
    std::set<mcs::UserId> present_;                                      ///< attachments that tell presences
    std::map<whiteboard::ItemId, std::optional<mcs::UserId>> pointers_;  ///< whose they are
};

/// Why something was not done, in the word of the page.
std::string_view word_for(whiteboard::RefusalReason reason, bool is_connected);

}  // namespace convene::session

/// The whiteboard in a session: commands that draw, and events that tell what others do.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "cli/file_host.hpp"
#include "cli/session_command.hpp"
#include "whiteboard/editor.hpp"

namespace convene::cli {

/// Commands wait until the board is there, and are done in their order; each is answered by `board-done` or `error`.
class SessionBoard {
public:
    SessionBoard(FileHost& host, std::shared_ptr<whiteboard::Entity> entity)
        : host_(host), entity_(std::move(entity)), editor_(*entity_) {}

    static bool is_command(std::string_view name);
    void execute(SessionCommand command);
    void on_event(const node::Event& event);
    /// Something is not done yet, or others do not have it yet.
    bool is_busy() const { return !commands_.empty() || !entity_->is_settled(); }

private:
    using Outcome = whiteboard::Editor::Outcome;

    void work_off();
    void work_later();
    Expected<Outcome, std::string> perform(const SessionCommand& command);
    /// On the current page, which is made where there is none.
    Outcome on_page(const std::function<Outcome(whiteboard::ItemId)>& what);
    Expected<Outcome, std::string> page(const std::string& which);
    void tell_change(const whiteboard::Change& change);
    void say_error(const std::string& text);

    FileHost& host_;
    std::shared_ptr<whiteboard::Entity> entity_;
    whiteboard::Editor editor_;
    std::deque<SessionCommand> commands_;
    std::map<whiteboard::ItemId, std::size_t> told_;  ///< a hash of what was told of a page or an object
    std::optional<Instant> stuck_since_;
    bool is_waiting_ = false;
};

}  // namespace convene::cli

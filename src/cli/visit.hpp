/// Joins a conference, lets a task work there, and leaves when the task is done: what every command has in common that
/// goes into a conference for one thing.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <optional>

#include "cli/context.hpp"
#include "cli/participant.hpp"

namespace convene::cli {

class Visit;

/// The work. Its functions are called on the thread of run_visit(), never after Visit::finish().
class Task {
public:
    virtual ~Task() = default;
    /// The conference is joined and its roster known. Again after a broken connection, with a new node.
    virtual void on_inside(Visit& visit) = 0;
    virtual void on_event(Visit&, const node::Event&) {}
    /// Everything that a session would show. False when it is none of the task's business; then what went wrong is
    /// complained of, and with --json everything is written out.
    virtual bool on_notice(Visit&, const Notice&) { return false; }
    /// The way in failed, or the connection broke for good, with this code; what the program is to end with.
    virtual ExitCode on_over(ExitCode code) { return code == ExitCode::fine ? ExitCode::unreachable : code; }
    /// Ctrl-C, or SIGTERM.
    virtual ExitCode on_signal() { return ExitCode::unreachable; }
};

class Visit final : private ParticipantEvents {
public:
    Visit(Context& context, ParticipantOptions options, Task& task);
    ExitCode run();

    Context& context() { return context_; }
    Participant& participant() { return participant_; }
    node::Node& node() { return *participant_.node(); }
    boost::asio::io_context& io() { return io_; }
    static Instant now() { return io::NodeRunner::now(); }
    /// Carries out what the node was asked for.
    void act();
    /// Calls `what` later, from the event loop; nothing when the visit is over by then.
    void later(std::function<void()> what);
    void after(Duration wait, std::function<void()> what);
    /// Leaves, and ends with this code. Everything said before is written first.
    void finish(ExitCode code);
    bool is_finished() const { return finished_.has_value(); }

private:
    void on_notice(const Notice& notice) override;
    void on_node_event(Participant&, const node::Event& event) override;
    std::optional<std::string> ask_password() override;
    void on_finished(ExitCode code) override;

    Context& context_;
    Task& task_;
    boost::asio::io_context io_{1};
    Participant participant_;
    boost::asio::signal_set signals_;
    const node::Node* inside_ = nullptr;  ///< the node with which the task was told
    std::optional<ExitCode> finished_;
    bool over_ = false;
    ExitCode code_ = ExitCode::fine;
};

}  // namespace convene::cli

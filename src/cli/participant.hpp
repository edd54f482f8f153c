/// A participant on the command line: gets into a conference, with passwords if need be, and comes back when the
/// connection breaks.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "cli/notice.hpp"
#include "cli/past_lines.hpp"
#include "cli/session_command.hpp"
#include "io/node_runner.hpp"

namespace convene::cli {

struct ParticipantOptions {
    std::string address;            ///< "host" or "host:port"
    std::string conference;         ///< name or number, with ~MODIFIER; empty: where newcomers are led to
    std::string name;               ///< shown to others
    std::string password;           ///< empty: none
    std::string convener_password;  ///< empty: none
    bool clear_password = false;    ///< may send the password in the clear, where challenges are not known
    std::optional<gcc::ConferenceProfile> create;    ///< create this conference instead of joining one
    std::shared_ptr<whiteboard::Entity> whiteboard;  ///< takes part in the whiteboard, also after coming back
    std::optional<files::EntityConfig> files;        ///< takes part in file transfers
    Duration retry_for{};  ///< how long to try to come back when the connection breaks; 0: not at all
};

class Participant;

class ParticipantEvents {
public:
    virtual void on_notice(const Notice& notice) = 0;
    /// Everything, before it is put into words.
    virtual void on_node_event(Participant&, const node::Event&) {}
    /// A password is needed and none is known; nothing when nobody can be asked.
    virtual std::optional<std::string> ask_password() { return std::nullopt; }
    /// It is over. The participant may be destroyed afterwards, not within.
    virtual void on_finished(ExitCode code) = 0;

protected:
    ~ParticipantEvents() = default;
};

/// Runs on the io_context it is given. Everything is told by events, which never come from within start().
class Participant final : private io::NodeRunnerEvents {
public:
    Participant(boost::asio::io_context& context, ParticipantOptions options, ParticipantEvents& events);
    ~Participant();

    void start();
    /// Does what the user wants; what cannot be done is told as a notice "error".
    void execute(const SessionCommand& command);
    /// Says goodbye and finishes with `code` once everything said before is written.
    void leave(ExitCode code = ExitCode::fine);

    bool in_conference() const;
    node::Node* node() { return runner_ ? &runner_->node() : nullptr; }
    /// For what there is no command for; after using the node.
    void act() { runner_->act(); }
    /// Names for completion.
    std::vector<std::string> names() const;
    Notice roster() const { return narrator_.roster(runner_->node()); }
    /// The one participant that is meant by a name or number. The error is a sentence.
    Expected<mcs::UserId, std::string> find(std::string_view target) const;

private:
    enum class State : std::uint8_t { calling, inside, waiting, leaving, over };

    void on_event(node::Event& event) override;
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId transport, std::string_view why) override;
    void on_too_slow(io::TransportId transport, io::TooSlow why) override;

    void attempt();
    void call();
    void on_join_refused(const node::JoinRefused& refused);
    void on_ended(const gcc::Ended& ended);
    void on_broken(const std::string& why);
    void finish(ExitCode code);
    void finish_when_closed();
    void say_error(std::string text);
    void conduct(const SessionCommand& command, gcc::Conference& conference);
    void time(const std::string& text, gcc::Conference& conference);

    boost::asio::io_context& context_;
    ParticipantOptions options_;
    ParticipantEvents& events_;
    io::Lane lane_;
    Narrator narrator_;
    PastLines past_;
    std::unique_ptr<io::NodeRunner> runner_;
    boost::asio::steady_timer timer_;
    State state_ = State::calling;
    ExitCode code_ = ExitCode::fine;
    bool was_inside_ = false;
    bool created_ = false;
    Instant inside_since_{};
    unsigned attempts_ = 0;  // to come back
    std::optional<Instant> retry_until_;
    std::optional<gcc::PasswordChallengeRequestResponse> credentials_;  // of the next call
    bool tried_clear_ = false;
    std::shared_ptr<void> alive_ = std::make_shared<char>();
};

/// A conference name out of what a user types; digits are its number, a text gets number "0".
gcc::ConferenceName conference_name_of(std::string_view utf8);
gcc::Password password_of_text(const std::string& utf8);

}  // namespace convene::cli

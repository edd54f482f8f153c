#include "cli/session.hpp"

#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <deque>

#include "cli/terminal.hpp"
#include "io/session.hpp"

namespace convene::cli {
namespace {

// What was typed before the conference was joined waits; a script that feeds more than this at once has a fault.
constexpr std::size_t kMostWaiting = 10'000;
// The end of the input ends the session; what was said last must have left the chat entity by then, which sends at
// once, but enrols only when the roster has come.
constexpr auto kLastWords = std::chrono::milliseconds(300);

class Session final : private ParticipantEvents {
public:
    Session(Context& context, const SessionOptions& options)
        : context_(context),
          options_(options),
          participant_(io_, options.participant, *this),
          signals_(io_, SIGINT, SIGTERM),
          last_words_(io_) {}

    ExitCode run() {
        const bool people = context_.interactive() && context_.streams.out_is_terminal && context_.streams.are_real &&
                            !context_.json && !context_.plain;
        asks_ = context_.interactive() && context_.streams.are_real;
        ui_ = people ? make_terminal_ui(io_, context_) : make_script_ui(io_, context_);
        signals_.async_wait([this](boost::system::error_code error, int) {
            if (error) return;
            // A second signal ends the process at once.
            signals_.clear();
            participant_.leave();
        });
        participant_.start();
        // People type once they are in: until then a password may have to be asked for on the same terminal.
        if (!people) start_ui();
        io_.run();
        return code_;
    }

private:
    void start_ui() {
        if (std::exchange(started_, true)) return;
        ui_->start([this](const std::string& line) { on_line(line); }, [this] { on_end_of_input(); },
                   [this] { return participant_.names(); });
    }

    void on_line(const std::string& line) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) return;
        if (waiting_.size() < kMostWaiting) waiting_.push_back(line);
        work_off();
    }

    void work_off() {
        while (ready_ && !finished_ && !waiting_.empty()) {
            const std::string line = std::move(waiting_.front());
            waiting_.pop_front();
            const auto command = line.starts_with('{') ? parse_json_command(line) : parse_command(line);
            if (command)
                participant_.execute(*command);
            else
                on_notice(make_notice("error", printable(command.error()), {{"text", command.error()}}));
        }
        if (ready_ && ended_ && waiting_.empty() && !options_.stay && !finished_) {
            last_words_.expires_after(kLastWords);
            last_words_.async_wait([this](boost::system::error_code error) {
                if (!error) participant_.leave();
            });
        }
    }

    void on_end_of_input() {
        ended_ = true;
        work_off();
    }

    void on_notice(const Notice& notice) override { ui_->show(notice); }

    void on_node_event(Participant& participant, const node::Event& event) override {
        if (io::event_as<gcc::Joined>(event) != nullptr) start_ui();
        // Chat needs the roster, everything else less: so this is the moment from which on all commands work.
        if (std::holds_alternative<node::ChatReady>(event)) {
            ready_ = true;
            boost::asio::post(io_, [this] { work_off(); });
            if (options_.leave_at_once) boost::asio::post(io_, [&participant] { participant.leave(); });
        }
        if (io::event_as<gcc::Ended>(event) != nullptr) ready_ = false;
    }

    std::optional<std::string> ask_password() override {
        if (!asks_ || started_) return std::nullopt;
        return ask_secret("Password: ");
    }

    void on_finished(ExitCode code) override {
        finished_ = true;
        code_ = code;
        boost::system::error_code ignored;
        signals_.cancel(ignored);
        last_words_.cancel();
        // Not within an event of the participant, which is on the stack.
        boost::asio::post(io_, [this] {
            if (started_) ui_->stop();
            io_.stop();
        });
    }

    Context& context_;
    const SessionOptions& options_;
    boost::asio::io_context io_{1};
    std::unique_ptr<SessionUi> ui_;
    Participant participant_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer last_words_;
    std::deque<std::string> waiting_;
    ExitCode code_ = ExitCode::fine;
    bool asks_ = false;
    bool started_ = false;
    bool ready_ = false;
    bool ended_ = false;
    bool finished_ = false;
};

}  // namespace

ExitCode run_session(Context& context, const SessionOptions& options) { return Session(context, options).run(); }

}  // namespace convene::cli

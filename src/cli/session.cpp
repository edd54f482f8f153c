#include "cli/session.hpp"

#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <deque>

#include "cli/session_board.hpp"
#include "cli/session_files.hpp"
#include "cli/terminal.hpp"
#include "io/random.hpp"
#include "io/session.hpp"
#include "netmeeting/whiteboard_extensions.hpp"

namespace convene::cli {
namespace {

// What was typed before the conference was joined waits; a script that feeds more than this at once has a fault.
constexpr std::size_t kMostWaiting = 10'000;
// The end of the input ends the session; what was said last must have left the chat entity by then, which sends at
// once, but enrols only when the roster has come.
constexpr auto kLastWords = std::chrono::milliseconds(300);
// What was drawn last gets this long to come to the others.
constexpr auto kLastStrokes = std::chrono::seconds(10);

std::shared_ptr<whiteboard::Entity> make_board() {
    whiteboard::EntityConfig config;
    config.seed = io::random_number();
    config.extensions = netmeeting::whiteboard_extensions();
    return std::make_shared<whiteboard::Entity>(std::move(config));
}

/// With a whiteboard and files, as people have them.
ParticipantOptions equipped(ParticipantOptions options, std::shared_ptr<whiteboard::Entity> entity) {
    options.whiteboard = std::move(entity);
    options.files = files::EntityConfig{};
    options.files->has_directory = true;
    return options;
}

class Session final : private ParticipantEvents, private FileHost {
public:
    Session(Context& context, const SessionOptions& options)
        : context_(context),
          options_(options),
          whiteboard_(make_board()),
          participant_(io_, equipped(options.participant, whiteboard_), *this),
          board_(*this, whiteboard_),
          files_(*this, options.directory, options.participant.retry_for),
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
            leave();
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
                execute(*command);
            else
                on_notice(make_notice("error", printable(command.error()), {{"text", command.error()}}));
        }
        if (ready_ && ended_ && waiting_.empty() && !options_.stay && !finished_) {
            last_words_.expires_after(kLastWords);
            last_words_.async_wait([this](boost::system::error_code error) {
                if (error) return;
                const bool waits_for_board = board_.is_busy() && io::NodeRunner::now() < last_strokes_;
                if (waits_for_board || files_.is_busy())
                    work_off();
                else
                    leave();
            });
        }
    }

    void execute(const SessionCommand& command) {
        const bool is_ours = SessionBoard::is_command(command.name) || SessionFiles::is_command(command.name);
        if (is_ours && !participant_.in_conference())
            return on_notice(make_notice("error", "not in the conference at the moment",
                                         {{"text", "not in the conference at the moment"}}));
        if (command.name == "quit") return leave();
        if (SessionBoard::is_command(command.name)) return board_.execute(command);
        if (SessionFiles::is_command(command.name)) return files_.execute(command);
        participant_.execute(command);
    }

    void leave() {
        // The others are told what they will not get.
        if (participant_.in_conference()) files_.cancel_all();
        participant_.leave();
    }

    void on_end_of_input() {
        ended_ = true;
        last_strokes_ = io::NodeRunner::now() + kLastStrokes;
        work_off();
    }

    void on_notice(const Notice& notice) override {
        // What only programs want to know has no words.
        if (context_.json || !notice.text.empty()) ui_->show(notice);
    }

    // --- for the whiteboard and the files ---

    node::Node* node() override { return participant_.node(); }
    void act() override {
        if (participant_.node() == nullptr) return;
        participant_.node()->settle(io::NodeRunner::now());
        participant_.act();
    }
    void after(Duration wait, std::function<void()> what) override {
        if (wait == Duration::zero()) {
            boost::asio::post(io_, [this, what = std::move(what)] {
                if (!finished_) what();
            });
            return;
        }
        auto timer = std::make_shared<boost::asio::steady_timer>(io_, wait);
        timer->async_wait([this, timer, what = std::move(what)](boost::system::error_code error) {
            if (!error && !finished_) what();
        });
    }
    void tell(const Notice& notice) override { on_notice(notice); }
    Expected<mcs::UserId, std::string> find(std::string_view target) override { return participant_.find(target); }

    void on_node_event(Participant& participant, const node::Event& event) override {
        if (io::event_as<gcc::Joined>(event) != nullptr) start_ui();
        board_.on_event(event);
        files_.on_event(event);
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
    std::shared_ptr<whiteboard::Entity> whiteboard_;
    Participant participant_;
    SessionBoard board_;
    SessionFiles files_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer last_words_;
    Instant last_strokes_{};
    std::deque<std::string> waiting_;
    ExitCode code_ = ExitCode::fine;
    bool asks_ = false;
    bool started_ = false;
    bool ready_ = false;
    bool ended_ = false;
    bool finished_ = false;
};

}  // namespace

ExitCode run_session(Context& context, const SessionOptions& options) {
    // A received file beyond the user's limit is an error of writing then, and not the end.
    std::signal(SIGXFSZ, SIG_IGN);
    return Session(context, options).run();
}

}  // namespace convene::cli

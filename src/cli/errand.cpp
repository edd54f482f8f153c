#include "cli/errand.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <ostream>

#include "cli/terminal.hpp"
#include "io/session.hpp"

namespace convene::cli {
namespace {

class Runner final : private ParticipantEvents {
public:
    Runner(Context& context, ParticipantOptions options, const Errand& errand)
        : context_(context),
          errand_(errand),
          participant_(io_, std::move(options), *this),
          signals_(io_, SIGINT, SIGTERM),
          timer_(io_) {}

    ExitCode run() {
        signals_.async_wait([this](boost::system::error_code error, int) {
            if (error) return;
            signals_.clear();
            // Staying was successful until now.
            participant_.leave(answered_ ? ExitCode::fine : ExitCode::unreachable);
        });
        participant_.start();
        io_.run();
        return code_;
    }

private:
    void on_node_event(Participant&, const node::Event& event) override {
        // The roster, for names; at latest when chat is ready it is there.
        const bool ready = io::event_as<gcc::RosterChanged>(event) != nullptr &&
                           participant_.node()->conference()->roster().nodes.is_complete();
        if (!ready || asked_) return;
        asked_ = true;
        timer_.expires_after(kAnswerTime);
        timer_.async_wait([this](boost::system::error_code error) {
            if (error || answered_) return;
            complain(context_, "no answer in time");
            participant_.leave(ExitCode::unreachable);
        });
        boost::asio::post(io_, [this] { ask(); });
    }

    void ask() {
        if (finished_) return;
        if (!errand_.command.target.empty()) {
            if (const auto target = participant_.find(errand_.command.target); !target) {
                complain(context_, printable(target.error()));
                return participant_.leave(ExitCode::not_found);
            }
        }
        participant_.execute(errand_.command);
    }

    void on_notice(const Notice& notice) override {
        const std::string event = notice.json["event"];
        if (context_.json) {
            context_.out << notice.json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                         << std::endl;
        } else if (event == "refused" || event == "unreachable" || event == "error") {
            complain(context_, notice.text);
        } else if (event == "answer" || (answered_ && errand_.stay_after && event != "ready")) {
            context_.out << notice.text << std::endl;
        }
        // What goes wrong with an invitation is the call.
        if (event == "error" && asked_ && !answered_)
            return participant_.leave(errand_.request == "invite" ? ExitCode::unreachable : ExitCode::refused);
        if (event != "answer" || notice.json["request"] != errand_.request || answered_) return;
        answered_ = true;
        const bool granted = notice.json["granted"];
        code_ = granted ? ExitCode::fine : ExitCode::refused;
        if (granted && errand_.stay_after) {
            hint(context_, "this node carries the connection; Ctrl-C ends it");
            return;
        }
        boost::asio::post(io_, [this, granted] { participant_.leave(granted ? ExitCode::fine : ExitCode::refused); });
    }

    std::optional<std::string> ask_password() override {
        if (!context_.interactive() || !context_.streams.are_real) return std::nullopt;
        return ask_secret("Password: ");
    }

    void on_finished(ExitCode code) override {
        finished_ = true;
        // The end of the conference may come before the answer that allowed it, and means the same.
        const bool was_ended = errand_.request == "end" && asked_ && code == ExitCode::fine;
        code_ = answered_ || was_ended ? code : code == ExitCode::fine ? ExitCode::unreachable : code;
        boost::asio::post(io_, [this] { io_.stop(); });
    }

    Context& context_;
    const Errand& errand_;
    boost::asio::io_context io_{1};
    Participant participant_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer timer_;
    ExitCode code_ = ExitCode::fine;
    bool asked_ = false;
    bool answered_ = false;
    bool finished_ = false;
};

}  // namespace

ExitCode run_errand(Context& context, const ClientOptions& client, const Errand& errand) {
    ExitCode code{};
    auto options = client.read(context, code);
    if (!options) return code;
    return Runner(context, std::move(*options), errand).run();
}

}  // namespace convene::cli

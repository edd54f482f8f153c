#include "cli/visit.hpp"

#include <boost/asio/post.hpp>
#include <csignal>
#include <memory>
#include <ostream>
#include <utility>

#include "base/json_line.hpp"
#include "cli/terminal.hpp"
#include "io/session.hpp"

namespace convene::cli {

Visit::Visit(Context& context, ParticipantOptions options, Task& task)
    : context_(context), task_(task), participant_(io_, std::move(options), *this), signals_(io_, SIGINT, SIGTERM) {}

ExitCode Visit::run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (error) return;
        signals_.clear();
        finish(task_.on_signal());
    });
    participant_.start();
    io_.run();
    return code_;
}

void Visit::act() {
    if (participant_.node() == nullptr) return;
    participant_.node()->settle(now());
    participant_.act();
}

void Visit::later(std::function<void()> what) {
    boost::asio::post(io_, [this, what = std::move(what)] {
        if (!finished_ && !over_) what();
    });
}

void Visit::after(Duration wait, std::function<void()> what) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, wait);
    timer->async_wait([this, timer, what = std::move(what)](boost::system::error_code error) {
        if (!error && !finished_ && !over_) what();
    });
}

void Visit::finish(ExitCode code) {
    if (finished_) return;
    finished_ = code;
    boost::asio::post(io_, [this, code] {
        if (!over_) participant_.leave(code);
    });
}

void Visit::on_node_event(Participant&, const node::Event& event) {
    if (finished_) return;
    const auto* node = participant_.node();
    const bool known = io::event_as<gcc::RosterChanged>(event) != nullptr && node->conference() != nullptr &&
                       node->conference()->roster().nodes.is_complete();
    if (known && std::exchange(inside_, node) != node) later([this] { task_.on_inside(*this); });
    task_.on_event(*this, event);
}

void Visit::on_notice(const Notice& notice) {
    if (finished_ || task_.on_notice(*this, notice)) return;
    const std::string event = notice.json["event"];
    if (context_.json) {
        context_.out << json_line(notice.json) << std::endl;
    } else if (event == "refused" || event == "unreachable" || event == "error") {
        complain(context_, notice.text);
    }
}

std::optional<std::string> Visit::ask_password() {
    if (!context_.interactive() || !context_.streams.are_real) return std::nullopt;
    return ask_secret("Password: ");
}

void Visit::on_finished(ExitCode code) {
    over_ = true;
    code_ = finished_ ? *finished_ : task_.on_over(code);
    boost::asio::post(io_, [this] { io_.stop(); });
}

}  // namespace convene::cli

#include "io/session.hpp"

#include <boost/asio/post.hpp>
#include <csignal>
#include <optional>

#include "gcc/typed_text.hpp"
#include "io/random.hpp"

namespace convene::io {

namespace {

node::NodeConfig named(std::string name) {
    node::NodeConfig config;
    config.name = std::move(name);
    return config;
}

node::NodeConfig complete(node::NodeConfig config) {
    if (!config.random) config.random = system_random();
    return config;
}

std::string refusal(const node::JoinRefused& refused) {
    const auto result = refused.response ? refused.response->result : gcc::JoinResult::user_rejected;
    switch (result) {
        case gcc::JoinResult::invalid_conference:
            return "there is no such conference";
        case gcc::JoinResult::invalid_password:
            return "the conference needs another password";
        case gcc::JoinResult::invalid_convener_password:
            return "the convener's password is another one, or there is a convener already";
        case gcc::JoinResult::challenge_response_required:
        case gcc::JoinResult::invalid_challenge_response:
            return "the conference wants its password by challenge";
        case gcc::JoinResult::success:
        case gcc::JoinResult::user_rejected:
            break;
    }
    return "the join was refused";
}

std::string trouble_of(gcc::Ended::Why why) {
    switch (why) {
        case gcc::Ended::Why::attach_failed:
            return "the conference has no room";
        case gcc::Ended::Why::disconnected:
            return "the connection was lost";
        case gcc::Ended::Why::ejected:
            return "ejected from the conference";
        case gcc::Ended::Why::left:
        case gcc::Ended::Why::terminated:
        case gcc::Ended::Why::emptied:
            break;
    }
    return {};
}

}  // namespace

node::RandomSource system_random() { return random_number; }

Session::Session(std::string name) : Session(named(std::move(name))) {}

Session::Session(node::NodeConfig config)
    : lane_(context_), signals_(context_), runner_(lane_, complete(std::move(config)), *this) {}

void Session::join(const std::string& address, std::string_view conference, std::string_view password) {
    node::JoinOptions options;
    if (!conference.empty()) options.conference = gcc::selector_of_text(conference);
    if (!password.empty()) options.password = gcc::PasswordChallengeRequestResponse{gcc::selector_of_text(password)};
    runner_.node().join(address, options, NodeRunner::now());
    runner_.act();
}

void Session::say(std::string_view utf8) {
    runner_.node().say(utf8, NodeRunner::now());
    runner_.act();
}

bool Session::say_privately(mcs::UserId node, std::string_view utf8) {
    const bool found = runner_.node().say_privately(node, utf8, NodeRunner::now());
    runner_.act();
    return found;
}

void Session::leave() {
    leaving_ = true;
    if (runner_.node().conference() == nullptr) return finish({});
    runner_.node().leave(NodeRunner::now());
    runner_.act();
}

void Session::leave_on_signals() {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) leave();
    });
}

std::string Session::run() {
    context_.run();
    return trouble_;
}

void Session::on_event(node::Event& event) {
    for (auto& handler : handlers_) handler(event);
    if (const auto* ended = event_as<gcc::Ended>(event))
        finish(leaving_ ? std::string() : trouble_of(ended->why));
    else if (const auto* refused = event_as<node::JoinRefused>(event))
        finish(refusal(*refused));
    else if (const auto* broken = event_as<node::CallBroken>(event))
        finish(broken->why);
}

void Session::on_transport_gone(TransportId, std::string_view) { stop_when_closed(); }

void Session::finish(std::string trouble) {
    if (std::exchange(finished_, true)) return;
    trouble_ = std::move(trouble);
    // Later: whatever the node still wants written and closed comes after this event.
    boost::asio::post(context_, [this] { stop_when_closed(); });
}

void Session::stop_when_closed() {
    if (finished_ && runner_.connections() == 0) context_.stop();
}

}  // namespace convene::io

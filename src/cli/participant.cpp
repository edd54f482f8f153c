#include "cli/participant.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/digits.hpp"
#include "base/hex.hpp"
#include "cli/context.hpp"
#include "gcc/challenge.hpp"
#include "gcc/typed_text.hpp"
#include "io/random.hpp"
#include "io/session.hpp"

namespace convene::cli {
namespace {

constexpr Duration kFirstRetry = std::chrono::seconds(1);
constexpr Duration kLastRetry = std::chrono::seconds(30);
constexpr unsigned kMostDoublings = 5;                           // up to kLastRetry
constexpr Duration kSettled = std::chrono::seconds(10);          // inside for so long, a break is a new one
constexpr Duration kCloseTime = std::chrono::milliseconds(800);  // Ctrl-C leaves fast

node::NodeConfig config_of(const ParticipantOptions& options) {
    node::NodeConfig config;
    config.name = options.name;
    config.whiteboard = options.whiteboard;
    config.files = options.files;
    config.random = io::system_random();
    return config;
}

}  // namespace

gcc::ConferenceName conference_name_of(std::string_view utf8) { return gcc::name_of(gcc::selector_of_text(utf8)); }

gcc::Password password_of_text(const std::string& utf8) {
    gcc::Password out;
    if (is_digits(utf8)) {
        out.numeric = utf8;
        return out;
    }
    out.numeric = io::random_digits();
    gcc::set_text(out, utf8);
    return out;
}

Participant::Participant(boost::asio::io_context& context, ParticipantOptions options, ParticipantEvents& events)
    : context_(context), options_(std::move(options)), events_(events), lane_(context), timer_(context) {}

Participant::~Participant() = default;

void Participant::start() {
    // Whoever knows the password does not have to say it: ask for a challenge.
    if (!options_.password.empty()) credentials_ = gcc::ChallengeRequestResponse{};
    boost::asio::post(context_, [this, alive = std::weak_ptr(alive_)] {
        if (!alive.expired() && state_ == State::calling) attempt();
    });
}

bool Participant::in_conference() const { return state_ == State::inside; }

void Participant::attempt() {
    state_ = State::calling;
    narrator_ = Narrator();
    // What its user did goes into the next node along with the entity.
    if (options_.whiteboard && runner_) options_.whiteboard->on_lost(io::NodeRunner::now());
    io::NodeRunnerEvents& self = *this;  // a private base, which make_unique() could not convert to
    runner_ = std::make_unique<io::NodeRunner>(lane_, config_of(options_), self);
    call();
}

void Participant::call() {
    const Instant now = io::NodeRunner::now();
    if (options_.create && !created_) {
        runner_->node().create(options_.address, *options_.create, now);
    } else {
        node::JoinOptions join;
        std::string_view conference = options_.conference;
        if (const auto tilde = conference.rfind('~');
            tilde != std::string_view::npos && is_digits(conference.substr(tilde + 1))) {
            join.modifier = std::string(conference.substr(tilde + 1));
            conference = conference.substr(0, tilde);
        }
        if (!conference.empty()) join.conference = gcc::selector_of_text(conference);
        join.password = credentials_;
        if (!options_.convener_password.empty())
            join.convener_password = gcc::selector_of_text(options_.convener_password);
        runner_->node().join(options_.address, join, now);
    }
    runner_->act();
}

void Participant::on_event(node::Event& event) {
    if (state_ == State::over) return;
    if (const auto* joined = io::event_as<gcc::Joined>(event); joined != nullptr && state_ == State::calling) {
        state_ = State::inside;
        was_inside_ = true;
        created_ = true;
        inside_since_ = io::NodeRunner::now();
    }
    events_.on_node_event(*this, event);
    if (state_ == State::over) return;
    for (const Notice& notice : narrator_.tell(event, runner_->node())) events_.on_notice(notice);
    if (const auto* line = std::get_if<node::ChatLine>(&event)) past_.heard(*line);
    if (const auto* history = std::get_if<node::ChatHistory>(&event)) {
        for (const Notice& notice : past_.tell(*history, runner_->node().config().name)) events_.on_notice(notice);
    }
    if (const auto* refused = std::get_if<node::JoinRefused>(&event)) on_join_refused(*refused);
    if (const auto* refused = std::get_if<node::CreateRefused>(&event)) {
        const Refusal refusal = refusal_of(*refused);
        events_.on_notice(make_notice("refused", refusal.why, {{"why", refusal.why}}));
        finish(refusal.code);
    }
    if (const auto* broken = std::get_if<node::CallBroken>(&event)) {
        if (state_ == State::inside)
            say_error("the call did not succeed: " + broken->why);  // an invitation
        else
            on_broken(broken->why);
    }
    if (const auto* ended = io::event_as<gcc::Ended>(event)) on_ended(*ended);
}

void Participant::on_join_refused(const node::JoinRefused& refused) {
    const auto result = refused.response ? std::optional(refused.response->result) : std::nullopt;
    const auto* offered = refused.response && refused.response->password
                              ? std::get_if<gcc::ChallengeRequestResponse>(&*refused.response->password)
                              : nullptr;
    const bool wants_password =
        result == gcc::JoinResult::invalid_password || result == gcc::JoinResult::challenge_response_required;
    const auto again = [this] {
        // Within an event of the node: call once it is done with it.
        boost::asio::post(context_, [this, alive = std::weak_ptr(alive_)] {
            if (!alive.expired() && state_ == State::calling) call();
        });
    };
    if (wants_password && options_.password.empty()) {
        if (auto password = events_.ask_password(); password && !password->empty()) {
            options_.password = *password;
            credentials_ = gcc::ChallengeRequestResponse{};
            return again();
        }
        events_.on_notice(
            make_notice("refused", "a password is needed: --password-file FILE", {{"why", "a password is needed"}}));
        return finish(ExitCode::refused);
    }
    if (result == gcc::JoinResult::challenge_response_required && offered != nullptr && offered->challenge_request) {
        std::string_view conference = options_.conference;
        conference = conference.substr(0, conference.rfind('~'));
        std::optional<gcc::ConferenceNameSelector> name;
        if (!conference.empty()) name = gcc::selector_of_text(conference);
        if (auto answer = gcc::answer_challenge(*offered->challenge_request, gcc::Prover::joiner, name,
                                                gcc::selector_of_text(options_.password))) {
            credentials_ = gcc::ChallengeRequestResponse{std::nullopt, std::move(*answer)};
            return again();
        }
    }
    const bool asked_for_challenge = credentials_ &&
                                     std::holds_alternative<gcc::ChallengeRequestResponse>(*credentials_) &&
                                     !std::get<gcc::ChallengeRequestResponse>(*credentials_).challenge_response;
    if (wants_password && asked_for_challenge && !tried_clear_) {
        if (options_.clear_password) {
            tried_clear_ = true;
            credentials_ = gcc::selector_of_text(options_.password);
            return again();
        }
        events_.on_notice(
            make_notice("refused",
                        "the other side takes the password only in the clear, where everybody on the way can "
                        "read it; --clear-password allows that",
                        {{"why", "password in the clear"}}));
        return finish(ExitCode::refused);
    }
    const Refusal refusal = refusal_of(refused);
    if (was_inside_ && result == gcc::JoinResult::invalid_conference) {
        // The server has lost the conference: whoever made it makes it again, the others wait for that.
        if (!options_.create) return on_broken(refusal.why);
        created_ = false;
        return again();
    }
    // The other side may not have noticed yet that the convener's connection broke.
    if (was_inside_ && result == gcc::JoinResult::invalid_convener_password) return on_broken(refusal.why);
    events_.on_notice(make_notice("refused", refusal.why, {{"why", refusal.why}}));
    finish(refusal.code);
}

void Participant::on_ended(const gcc::Ended& ended) {
    switch (ended.why) {
        case gcc::Ended::Why::disconnected:
            return on_broken("the connection is gone");
        case gcc::Ended::Why::attach_failed:
            return finish(ExitCode::refused);
        case gcc::Ended::Why::ejected:
            return finish(ExitCode::refused);
        case gcc::Ended::Why::left:
            return finish_when_closed();
        case gcc::Ended::Why::terminated:
        case gcc::Ended::Why::emptied:
            return finish(ExitCode::fine);
    }
}

void Participant::on_broken(const std::string& why) {
    if (state_ == State::leaving) return finish(code_);
    const Instant now = io::NodeRunner::now();
    if (state_ == State::inside && now - inside_since_ >= kSettled) {
        attempts_ = 0;
        retry_until_.reset();
    }
    if (!retry_until_) retry_until_ = now + options_.retry_for;
    if (!was_inside_ || options_.retry_for == Duration::zero() || now >= *retry_until_) {
        events_.on_notice(make_notice("unreachable", printable(why), {{"why", why}}));
        return finish(ExitCode::unreachable);
    }
    // Twice as long each time, and a little at random, so that not everybody comes back in the same moment.
    Duration wait = std::min<Duration>(kFirstRetry * (1U << std::min(attempts_, kMostDoublings)), kLastRetry);
    ++attempts_;
    wait += wait / 5 * static_cast<int>(io::system_random()() % 100) / 100;
    wait = std::min<Duration>(wait, *retry_until_ - now);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    events_.on_notice(make_notice(
        "reconnecting", printable(why) + "; trying again in " + std::to_string((milliseconds + 999) / 1000) + " s",
        {{"why", why}, {"in_ms", milliseconds}, {"attempt", attempts_}}));
    state_ = State::waiting;
    // What proved the password before does so no more: a challenge is answered once.
    if (!options_.password.empty() && !tried_clear_) credentials_ = gcc::ChallengeRequestResponse{};
    timer_.expires_after(wait);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error && state_ == State::waiting) attempt();
    });
}

void Participant::on_transport_gone(io::TransportId, std::string_view) {
    if (state_ == State::leaving && runner_->connections() == 0) finish(code_);
}

void Participant::on_too_slow(io::TransportId, io::TooSlow why) {
    say_error("too slow: " + std::string(describe(why)));
}

void Participant::leave(ExitCode code) {
    if (state_ == State::over || state_ == State::leaving) return;
    const bool inside = state_ == State::inside;
    state_ = State::leaving;
    code_ = code;
    if (!inside || !runner_) return finish(code);
    runner_->node().leave(io::NodeRunner::now());
    runner_->act();
    finish_when_closed();
}

void Participant::finish_when_closed() {
    if (state_ == State::over) return;
    state_ = State::leaving;
    timer_.expires_after(kCloseTime);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) finish(code_);
    });
}

void Participant::finish(ExitCode code) {
    if (state_ == State::over) return;
    state_ = State::over;
    timer_.cancel();
    events_.on_finished(code);
}

void Participant::say_error(std::string text) {
    Notice notice = make_notice("error", printable(text), {{"text", text}});
    events_.on_notice(notice);
}

std::vector<std::string> Participant::names() const {
    std::vector<std::string> out;
    if (!runner_ || runner_->node().conference() == nullptr) return out;
    for (const auto& [id, record] : runner_->node().conference()->roster().nodes.nodes())
        if (record.node_name) out.push_back(runner_->node().name_of(id));
    return out;
}

Expected<mcs::UserId, std::string> Participant::find(std::string_view target) const {
    const node::Node& node = runner_->node();
    const auto& nodes = node.conference()->roster().nodes;
    if (is_digits(target) && target.size() <= 5) {
        const mcs::UserId id{static_cast<std::uint16_t>(std::stoul(std::string(target)))};
        if (nodes.find(id) != nullptr) return id;
    }
    auto found = node.nodes_named(target);
    // Who names somebody means another, if there is one: an errand may run under the name of the one it is about.
    if (found.size() > 1) std::erase(found, node.conference()->self().value_or(mcs::UserId{0}));
    if (found.size() == 1) return found.front();
    if (found.empty()) return make_unexpected("nobody is called " + std::string(target));
    std::string numbers;
    for (mcs::UserId id : found) numbers += (numbers.empty() ? "" : ", ") + std::to_string(id.value);
    return make_unexpected("several are called " + std::string(target) + "; use a number: " + numbers);
}

}  // namespace convene::cli

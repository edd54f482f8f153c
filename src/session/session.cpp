#include "session/session.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "gcc/typed_text.hpp"

namespace convene::session {
namespace {

// A node that answers each of its own events with another one is broken, and must not hang the page.
constexpr int kMostRounds = 10'000;

std::int64_t milliseconds(Instant at) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

}  // namespace

Session::Session(node::RandomSource random, Instant)
    : random_(std::move(random)), board_(outlet_, random_()), chat_(outlet_), files_(outlet_), people_(outlet_) {}

// --- the connection ---

void Session::attempt(Instant now) {
    retry_at_.reset();
    give_up_at_ = now + kJoinTime;
    node::NodeConfig config;
    config.name = name_;
    config.has_raised_hand = has_raised_hand_;
    config.whiteboard = board_.entity();
    config.files = file_config();
    config.random = random_;
    config.links.range = mcs::without_version_3(config.links.range);  // built for size, there is no codec for it
    node_ = std::make_unique<node::Node>(std::move(config), now);
    node::JoinOptions join;
    if (!conference_.empty()) join.conference = gcc::selector_of_text(conference_);
    node_->join(address_, join, now);
}

void Session::transport_opened(TransportId transport, Instant now) {
    if (node_) node_->transport_opened(transport, now);
    act(now);
}

void Session::on_octets(TransportId transport, ByteView octets, Instant now) {
    if (node_) node_->on_bytes(transport, Slice(octets), now);
    act(now);
}

void Session::on_closed(TransportId transport, std::string_view why, bool is_final, Instant now) {
    const auto found = std::find(transports_.begin(), transports_.end(), transport);
    if (found == transports_.end()) return;
    transports_.erase(found);
    if (is_final && !is_over() && !is_leaving_) {
        lose_node(now);
        end("refused", std::string(why));
    } else if (node_) {
        node_->on_closed(transport, why, now);
    }
    act(now);
}

void Session::on_written(TransportId transport, std::uint32_t frames, std::size_t octets_queued, Instant now) {
    const bool is_open = std::find(transports_.begin(), transports_.end(), transport) != transports_.end();
    if (node_ && is_open) node_->on_written(transport, frames, octets_queued, now);
    act(now);
}

// --- files ---

void Session::on_read(std::uint64_t file, ByteView octets, Instant now) {
    files_.on_read(file, octets, inside(), now);
    act(now);
}

void Session::on_read_failed(std::uint64_t file, Instant now) {
    files_.on_read_failed(file, inside(), now);
    act(now);
}

void Session::on_stored(std::uint64_t file, std::size_t octets, Instant now) {
    files_.on_stored(file, octets, inside(), now);
    act(now);
}

void Session::on_store_failed(std::uint64_t file, Instant now) {
    files_.on_store_failed(file, inside(), now);
    act(now);
}

// --- time ---

void Session::on_time(Instant now) {
    if (is_over()) return;
    if (give_up_at_ && now >= *give_up_at_) {
        give_up_at_.reset();
        if (is_leaving_) {
            lose_node(now);
            phase_ = Phase::left;
        } else if (phase_ != Phase::joined) {
            on_broken("the server does not answer", now);
        }
    }
    if (retry_at_ && now >= *retry_at_) attempt(now);
    if (node_) node_->on_time(now);
    chat_.on_time(inside(), now);
    files_.on_time(inside(), now);
    act(now);
}

std::optional<Instant> Session::deadline() const {
    if (is_over()) return std::nullopt;
    std::optional<Instant> first;
    if (node_) first = node_->deadline();
    for (const auto& each : {retry_at_, give_up_at_, board_.deadline(), chat_.deadline(), files_.deadline()})
        earliest(first, each);
    return first;
}

// --- what comes of it ---

void Session::act(Instant now) {
    std::vector<node::NodeOutput> outputs;
    std::vector<node::Event> events;
    for (int round = 0; round < kMostRounds; ++round) {
        if (node_) node_->settle(now);
        outputs.clear();
        events.clear();
        if (node_) {
            node_->take_outputs(outputs);
            node_->take_events(events);
        }
        for (auto& output : outputs) carry_out(output);
        for (auto& event : events) on_event(event, now);
        if (lost_) on_broken(*std::exchange(lost_, std::nullopt), now);
        take_board_outputs();
        if (outputs.empty() && events.empty()) break;
    }
    const auto pending = board_.entity()->pending();
    board_.work_off(inside(), now);
    // Commands that have waited were done now: they go out as well.
    if (node_ && board_.entity()->pending() != pending) return act(now);
    take_board_outputs();
    if (const node::Node* node = inside()) {
        people_.tell(*node, chat_.is_remembered());
        board_.tell_presences(*node);
    }
    tell_status();
}

/// Without a node to do it, nobody takes what the board tells of what its user does.
void Session::take_board_outputs() {
    if (node_ && node_->whiteboard() != nullptr) return;
    std::vector<whiteboard::Output> outputs;
    board_.entity()->take_outputs(outputs);
    for (auto& output : outputs) {
        if (auto* changed = std::get_if<whiteboard::BoardChanged>(&output)) board_.on_event(std::move(*changed));
        if (auto* refused = std::get_if<whiteboard::ActionRefused>(&output)) board_.on_event(std::move(*refused));
    }
}

void Session::carry_out(node::NodeOutput& output) {
    std::visit(overloaded{[&](node::Write& write) {
                              outlet_.put(Transmit{write.transport, std::move(write.octets), write.frames});
                          },
                          [&](node::CloseTransport& close) { outlet_.put(Close{close.transport}); },
                          [&](node::OpenTransport& wanted) {
                              transports_.push_back(wanted.transport);
                              outlet_.put(Open{wanted.transport});
                          },
                          [](const auto&) {}},
               output);
}

void Session::on_event(node::Event& event, Instant now) {
    if (!node_) return;
    std::visit(
        overloaded{[&](const gcc::Event& news) { on_gcc(news, now); },
                   [&](const node::JoinRefused& refused) { on_refused(refused); },
                   [&](const node::CallBroken& broken) { lost_ = broken.why; },
                   [&](const node::ChatLine& line) { chat_.on_line(line, now); },
                   [&](const node::ChatReady&) { chat_.on_ready(*node_, now); },
                   [&](node::ChatHistory& history) { chat_.on_history(std::move(history), *node_, now); },
                   [&](const node::ChatSaved& saved) { chat_.on_saved(saved); },
                   [&](const node::WhiteboardEvent& news) { board_.on_event(news); },
                   [&](const node::WhiteboardPresence& presence) { board_.on_presence(presence); },
                   [&](const node::FilesEvent& news) { files_.on_event(news, *node_, now); }, [](const auto&) {}},
        event);
}

void Session::on_gcc(const gcc::Event& event, Instant now) {
    std::visit(overloaded{[&](const gcc::Joined&) {
                              phase_ = Phase::joined;
                              was_inside_ = true;
                              inside_since_ = now;
                              give_up_at_.reset();
                              why_ = {};
                              detail_.clear();
                              if (presence_ && node_->whiteboard() != nullptr)
                                  node_->whiteboard()->set_presence(presence_, now);
                          },
                          [&](const gcc::Ended& ended) { on_ended(ended.why); },
                          [&](const gcc::ConductorChanged& changed) {
                              JsonWriter out = session::event("conductor");
                              out.member("node", changed.conductor.value_or(mcs::UserId{}).value);
                              outlet_.tell(out.member("isSelf", changed.conductor && node_->conference()->conducts()));
                          },
                          // Whoever is handed it may give it back.
                          [&](const gcc::ConductorOffered&) { node_->conference()->answer_offer(true); },
                          [&](const gcc::ConductorPleased& pleased) {
                              JsonWriter out = session::event("wantsToConduct");
                              outlet_.tell(out.member("node", pleased.node.value));
                          },
                          [](const auto&) {}},
               event);
}

// --- how it ends, and goes on ---

void Session::on_ended(gcc::Ended::Why why) {
    switch (why) {
        case gcc::Ended::Why::disconnected:
            lost_ = "the connection is gone";
            return;
        case gcc::Ended::Why::attach_failed:
            return end("refused", "the conference has no place for this node");
        case gcc::Ended::Why::ejected:
            return end("ejected", {});
        case gcc::Ended::Why::left:
            phase_ = Phase::left;
            return;
        case gcc::Ended::Why::terminated:
        case gcc::Ended::Why::emptied:
            return end("ended", {});
    }
}

void Session::on_refused(const node::JoinRefused& refused) {
    const auto result = refused.response ? std::optional(refused.response->result) : std::nullopt;
    // Who was inside may find the conference gone with a server that has just begun anew.
    if (was_inside_ && result == gcc::JoinResult::invalid_conference) {
        lost_ = "the conference is not there";
        return;
    }
    std::string detail;
    if (result == gcc::JoinResult::invalid_conference) detail = "there is no such conference";
    if (result == gcc::JoinResult::invalid_password) detail = "a password is needed";
    end("refused", std::move(detail));
}

void Session::on_broken(std::string why, Instant now) {
    if (is_over()) return;
    if (is_leaving_) {
        lose_node(now);
        phase_ = Phase::left;
        return;
    }
    if (phase_ == Phase::joined && now - inside_since_ >= kSettled) attempts_ = 0;
    lose_node(now);
    detail_ = std::move(why);
    why_ = "unreachable";
    if (!was_inside_) {
        if (!first_until_) first_until_ = now + kFirstTime;
        if (now >= *first_until_) return end("unreachable", std::move(detail_));
    } else {
        phase_ = Phase::reconnecting;
    }
    // Twice as long each time, and a part of it by lot, so that not everybody comes back in the same moment.
    const Duration most = std::min<Duration>(kFirstRetry * (1U << std::min(attempts_, kMostDoublings)), kLastRetry);
    ++attempts_;
    retry_at_ = now + most / 2 + most / 2 * static_cast<int>(random_() % 1000) / 1000;
}

void Session::end(std::string_view why, std::string detail) {
    if (is_over()) return;
    phase_ = Phase::ended;
    why_ = why;
    detail_ = std::move(detail);
    retry_at_.reset();
    give_up_at_.reset();
    board_.give_up();
}

void Session::lose_node(Instant now) {
    give_up_at_.reset();
    retry_at_.reset();
    for (const TransportId transport : std::exchange(transports_, {})) outlet_.put(Close{transport});
    if (!node_) return;
    chat_.on_lost();
    files_.on_lost(now);
    people_.forget();
    board_.forget_presences();
    node_.reset();
    // What its user did goes into the next node along with the entity.
    board_.entity()->on_lost(now);
}

// --- telling ---

void Session::tell_status() {
    constexpr std::string_view kPhases[] = {"connecting", "connecting", "joined", "reconnecting", "left", "ended"};
    if (phase_ == Phase::idle) return;
    std::size_t unsaved = board_.entity()->pending() + chat_.unsaid();
    const node::Node* node = inside();
    if (node != nullptr && chat_.is_remembered()) {
        if (node->chat() != nullptr) unsaved += node->chat()->unsaved();
        if (node->whiteboard() != nullptr) unsaved += node->whiteboard()->unsaved();
    }
    JsonWriter out = event("status");
    out.member("phase", kPhases[static_cast<std::size_t>(phase_)]);
    if (!why_.empty()) out.member("why", why_);
    if (!detail_.empty()) out.member("detail", detail_);
    if (retry_at_) out.member("nextAttempt", milliseconds(*retry_at_) + to_wall_ms_);
    out.member("unsaved", unsaved).member("converged", board_.entity()->has_converged());
    const auto self = node != nullptr && node->conference() != nullptr ? node->conference()->self() : std::nullopt;
    out.member("self", self.value_or(mcs::UserId{}).value).end_object();
    std::string status = out.take();
    if (status == told_status_) return;
    told_status_ = status;
    outlet_.put(Tell{std::move(status)});
}

void Session::tell_board() { board_.tell_changes(inside()); }

std::optional<PictureOctets> Session::picture(whiteboard::ItemId id) const {
    const auto* object = board().find(id);
    const auto* found = object != nullptr ? std::get_if<whiteboard::Picture>(&object->content) : nullptr;
    if (found == nullptr) return std::nullopt;
    return show_picture(*found);
}

}  // namespace convene::session

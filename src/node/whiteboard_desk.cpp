#include "node/whiteboard_desk.hpp"

#include <algorithm>
#include <utility>

#include "base/earliest.hpp"
#include "base/overloaded.hpp"
#include "whiteboard/codec.hpp"

namespace convene::node {

WhiteboardDesk::WhiteboardDesk(mcs::Domain& domain, gcc::Conference& conference,
                               std::shared_ptr<whiteboard::Entity> entity, bool is_keeper)
    : port_(domain, conference), is_keeper_(is_keeper), entity_(std::move(entity)) {}

void WhiteboardDesk::on_event(const mcs::UserEventKind& event, Instant now) {
    std::visit(overloaded{[&](const mcs::AttachConfirm& confirm) {
                              if (confirm.user) entity_->on_attached(*confirm.user, now);
                          },
                          [&](const mcs::JoinConfirm& confirm) {
                              entity_->on_joined(confirm.channel.value_or(confirm.requested),
                                                 confirm.result == mcs::Result::successful, now);
                              on_roster(now);
                          },
                          [&](const mcs::DetachIndication& detached) {
                              port_.forget(detached.user);
                              heard_from_.erase(detached.user);
                              forget_presence(detached.user);
                              if (detached.user == entity_->user())
                                  entity_->on_lost(now);
                              else
                                  entity_->on_detached(detached.user, now);
                          },
                          [&](const mcs::DataIndication& data) { on_data(data, now); },
                          [&](const mcs::TokenGrabConfirm& confirm) {
                              entity_->on_token(confirm.token, confirm.result == mcs::Result::successful, now);
                          },
                          [](const auto&) {}},
               event);
}

void WhiteboardDesk::on_data(const mcs::DataIndication& data, Instant now) {
    auto sdu = port_.whole(data);
    if (!sdu || !entity_->user()) return;
    const bool is_private = data.channel == mcs::channel_of(*entity_->user());
    if (data.uniform && data.channel == entity_->channel()) {
        if (data.initiator == entity_->user()) ++sent_;
        if (is_keeper_)
            news_.push_back(WhiteboardTraffic{data.initiator, ++heard_from_[data.initiator], to_bytes(sdu->view())});
    } else if (is_keeper_ && !is_private && !is_presence_pdu(*sdu)) {
        news_.push_back(WhiteboardTraffic{data.initiator, heard_from_[data.initiator], to_bytes(sdu->view())});
    }
    entity_->on_data(data.initiator, data.channel, data.uniform, *sdu, now);
}

void WhiteboardDesk::on_conference(const gcc::Event& event, Instant now) {
    std::visit(overloaded{[&](const gcc::RosterChanged&) { port_.read_roster(); },
                          [&](const gcc::ApplicationRosterChanged&) { on_roster(now); },
                          [&](const gcc::HandlesAllocated& handles) {
                              const auto& answer = handles.response;
                              if (answer.entity_id != port_.entity()) return;
                              const bool granted = answer.result == gcc::AllocateHandleResult::successful;
                              entity_->on_handles(whiteboard::ItemId{answer.first_handle.value},
                                                  granted ? answer.number_of_handles : 0, now);
                          },
                          [&](const gcc::ConductorChanged& change) {
                              entity_->on_conductor(change.conductor, port_.conference().conducts(), now);
                          },
                          [](const auto&) {}},
               event);
}

void WhiteboardDesk::on_roster(Instant now) {
    if (!port_.read_roster()) return;
    const auto lines = port_.lines_of(whiteboard::whiteboard_protocol_key());
    entity_->on_roster(lines, port_.instance_of(lines), now);
    read_from_unknown();
    greet();
}

void WhiteboardDesk::on_time(Instant now) {
    entity_->on_time(now);
    tell_presence(now);
}

std::optional<Instant> WhiteboardDesk::deadline() const {
    auto first = entity_->deadline();
    if (has_presence_news_) earliest(first, next_presence_);
    return first;
}

bool WhiteboardDesk::pump(std::vector<Event>& events, Instant now) {
    tell_presence(now);
    entity_->take_outputs(outputs_);
    bool any = !outputs_.empty() || !news_.empty();
    auto& domain = port_.domain();
    for (auto& output : std::exchange(outputs_, {})) {
        std::visit(
            overloaded{
                [&](whiteboard::Join& join) { domain.join(port_.attachment(), join.channel); },
                [&](whiteboard::Leave& leave) { domain.leave(port_.attachment(), leave.channel); },
                [&](whiteboard::Enrol& enrol) {
                    port_.enrol(enrol.session, enrol.record, {}, now);
                    if (wanted_handles_ > 0) allocate(std::exchange(wanted_handles_, 0), now);
                },
                [&](whiteboard::Send& send) {
                    domain.send(port_.attachment(), send.channel, send.priority, send.uniform, Slice(send.octets));
                },
                [&](whiteboard::GrabToken& grab) { domain.token_grab(port_.attachment(), grab.token); },
                [&](whiteboard::InhibitToken& inhibit) { domain.token_inhibit(port_.attachment(), inhibit.token); },
                [&](whiteboard::ReleaseToken& release) { domain.token_release(port_.attachment(), release.token); },
                [&](whiteboard::AllocateHandles& wanted) { allocate(wanted.count, now); },
                [&](whiteboard::Extra& extra) { on_extra(extra); },
                [&](auto& news) { events.push_back(WhiteboardEvent{std::move(news)}); }},
            output);
    }
    for (auto& news : std::exchange(news_, {})) events.push_back(std::move(news));
    return any;
}

void WhiteboardDesk::allocate(std::uint16_t count, Instant now) {
    // The registry wants to know who asks, and this entity is nobody before it is enrolled.
    if (port_.entity())
        port_.conference().request(gcc::RegistryAllocateHandleRequest{*port_.entity(), count}, now);
    else
        wanted_handles_ = count;
}

}  // namespace convene::node

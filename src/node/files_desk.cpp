#include "node/files_desk.hpp"

#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"

namespace convene::node {

FilesDesk::FilesDesk(mcs::Domain& domain, gcc::Conference& conference, files::EntityConfig config)
    : port_(domain, conference), entity_(config) {}

void FilesDesk::on_event(const mcs::UserEventKind& event, Instant now) {
    std::visit(
        overloaded{
            [&](const mcs::AttachConfirm& confirm) {
                if (confirm.user) entity_.on_attached(*confirm.user);
            },
            [&](const mcs::JoinConfirm& confirm) {
                const bool joined = confirm.result == mcs::Result::successful;
                entity_.on_joined(confirm.requested,
                                  joined ? std::optional(confirm.channel.value_or(confirm.requested)) : std::nullopt,
                                  now);
            },
            [&](const mcs::LeaveIndication& left) { entity_.on_expelled(left.channel, now); },
            [&](const mcs::DetachIndication& detached) {
                port_.forget(detached.user);
                entity_.on_detached(detached.user, now);
            },
            [&](const mcs::ConveneConfirm& confirm) {
                const bool convened = confirm.result == mcs::Result::successful;
                entity_.on_convened(convened ? confirm.channel : std::nullopt, now);
            },
            [&](const mcs::DisbandIndication& gone) { entity_.on_expelled(gone.channel, now); },
            [&](const mcs::AdmitIndication& admitted) { entity_.on_admitted(admitted.manager, admitted.channel); },
            [&](const mcs::ExpelIndication& expelled) { entity_.on_expelled(expelled.channel, now); },
            [&](const mcs::TokenGrabConfirm& confirm) {
                entity_.on_token(confirm.token, confirm.result == mcs::Result::successful, now);
            },
            [&](const mcs::DataIndication& data) {
                if (auto sdu = port_.whole(data)) entity_.on_data(data.initiator, data.channel, *sdu, now);
            },
            [](const auto&) {}},
        event);
}

void FilesDesk::on_conference(const gcc::Event& event, Instant now) {
    std::visit(overloaded{[&](const gcc::RosterChanged&) { port_.read_roster(); },
                          [&](const gcc::ApplicationRosterChanged&) { on_roster(now); },
                          [&](const gcc::ConductorChanged& change) {
                              entity_.on_conductor(change.conductor, port_.conference().conducts());
                          },
                          [&](const gcc::Ended&) { entity_.on_disconnected(); }, [](const auto&) {}},
               event);
}

void FilesDesk::on_roster(Instant now) {
    if (!port_.read_roster()) return;
    const auto lines = port_.lines_of(files::file_protocol_key());
    entity_.on_roster(lines, port_.instance_of(lines), now);
}

bool FilesDesk::pump(std::vector<Event>& events, Instant now) {
    entity_.take_outputs(outputs_);
    const bool any = !outputs_.empty();
    auto& domain = port_.domain();
    for (auto& output : std::exchange(outputs_, {})) {
        // After the end of the conference there is nobody to ask; events still go to the program.
        std::visit(
            overloaded{
                [&](files::Join& join) { domain.join(port_.attachment(), join.channel); },
                [&](files::Leave& leave) { domain.leave(port_.attachment(), leave.channel); },
                [&](files::Convene&) { domain.convene(port_.attachment()); },
                [&](files::Admit& admit) { domain.admit(port_.attachment(), admit.channel, std::move(admit.users)); },
                [&](files::Disband& disband) { domain.disband(port_.attachment(), disband.channel); },
                [&](files::GrabToken& grab) { domain.token_grab(port_.attachment(), grab.token); },
                [&](files::ReleaseToken& release) { domain.token_release(port_.attachment(), release.token); },
                [&](files::Enrol& enrol) { port_.enrol(enrol.session, enrol.record, {}, now); },
                [&](files::Send& send) {
                    domain.send(port_.attachment(), send.channel, send.priority, send.uniform, Slice(send.octets));
                },
                [&](auto& news) { events.push_back(FilesEvent{std::move(news)}); }},
            output);
    }
    return any;
}

bool FilesDesk::is_for_all(const files::Offered& offered) const {
    if (!offered.is_private) return true;
    const auto& members = entity_.members();
    return offered.session && port_.domain().is_top() &&
           std::all_of(members.begin(), members.end(),
                       [&](const auto& member) { return port_.domain().is_admitted(member.first, *offered.session); });
}

std::vector<mcs::UserId> FilesDesk::attachments_of(mcs::UserId node) const {
    std::vector<mcs::UserId> found;
    for (const auto& [attachment, member] : entity_.members()) {
        if (member.node == node) found.push_back(attachment);
    }
    return found;
}

}  // namespace convene::node

// The way of data through a provider: T.125 §11.34..§11.37, §13.1. This is the path that is measured: nothing here is
// allocated for a receiver, and user data is not looked at.
#include <utility>

#include "mcs/domain.hpp"
#include "mcs/pdu_routing.hpp"

namespace convene::mcs {
namespace {

template <class Pdu>
RelayHeader header_of(const Pdu& pdu, DataKind kind) {
    RelayHeader header;
    header.kind = kind;
    header.initiator = pdu.initiator;
    header.channel = pdu.channel;
    header.priority = pdu.priority;
    header.segmentation = pdu.segmentation;
    return header;
}

/// All four data PDUs have the same members.
template <class To, class From>
To as(const From& pdu) {
    return To{pdu.initiator, pdu.channel, pdu.priority, pdu.segmentation, pdu.user_data};
}

}  // namespace

/// A version 2 data PDU, by its octets.
void Domain::relay(Connection& from, std::uint8_t transport, t123::Tsdu tsdu) {
    auto header = read_relay_header(tsdu.payload);
    auto refuse = [&](Diagnostic diagnostic, std::string_view why) {
        incoming_octets_ = tsdu.payload;
        reject(diagnostic, why);
    };
    if (!header) return refuse(Diagnostic::invalid_per_encoding, "a data PDU that cannot be decoded");
    if (header->is_request() && from.is_above())
        return refuse(Diagnostic::forbidden_pdu_downward, "a data request from above");
    if (!header->is_request() && !from.is_above())
        return refuse(Diagnostic::forbidden_pdu_upward, "a data indication from below");
    if (transport != from.transport_for(header->priority))
        return refuse(Diagnostic::wrong_transport_priority, "data on a transport of another priority");

    if (header->is_request()) return relay_up(from, transport, std::move(tsdu), *header);
    if (begin_run(from, transport, tsdu, *header)) return;
    PduCopies copies(from.version, std::move(tsdu));
    const Slice& octets = copies.in(from.version)->payload;
    distribute({*header, {}, octets}, copies, std::nullopt);
}

void Domain::relay_up(Connection& from, std::uint8_t transport, t123::Tsdu tsdu, const RelayHeader& header) {
    Hop source = Hop::to(from.id);
    if (!may_send(source, header.initiator, header.channel)) return;
    const bool restricted = from.restriction != nullptr;
    if (restricted && is_denied(from, header, tsdu.payload)) return;
    bool up = goes_up(header.channel) || (header.is_uniform() && !is_top());
    if (up && header.is_uniform()) {
        PduCopies request(from.version, std::move(tsdu));
        return transmit_data(*connection_above(), request, header.priority);
    }
    const Channel* channel = channels_.find(header.channel);
    bool down = channel != nullptr && !channel->joined.empty();
    if (!down && !up) ++data_counts_.unheard;
    // What is screened is looked at PDU by PDU.
    if (down && !up && !restricted && begin_run(from, transport, tsdu, header)) return;
    // The request becomes the indication in place; only where both are needed is there a copy.
    std::optional<PduCopies> request;
    if (up) request.emplace(from.version, down ? framed_copy(tsdu.payload) : tsdu);
    if (down) {
        turn_into_indication(tsdu.payload.mutable_data());
        PduCopies indication(from.version, std::move(tsdu));
        const Slice& octets = indication.in(from.version)->payload;
        distribute({header, {}, octets}, indication, header.is_uniform() ? std::nullopt : std::optional<Hop>(source));
    }
    if (up) transmit_data(*connection_above(), *request, header.priority);
}

/// Data of another version, or of a local user: the same steps on the decoded PDU.
template <class Pdu>
void Domain::rise_data(Hop from, const Pdu& pdu) {
    constexpr bool uniform = std::is_same_v<Pdu, UniformSendDataRequest>;
    if (!may_send(from, pdu.initiator, pdu.channel)) return;
    if (is_denied(from, pdu.channel, pdu.segmentation, pdu.user_data)) return;
    bool up = goes_up(pdu.channel) || (uniform && !is_top());
    if (!(up && uniform)) {
        using Indication = std::conditional_t<uniform, UniformSendDataIndication, SendDataIndication>;
        PduCopies copies{DomainPdu{as<Indication>(pdu)}};
        RelayHeader header = header_of(pdu, uniform ? DataKind::uniform_indication : DataKind::indication);
        distribute({header, pdu.user_data, {}}, copies, uniform ? std::nullopt : std::optional<Hop>(from));
    }
    if (up) {
        PduCopies copies{DomainPdu{pdu}};
        transmit_data(*connection_above(), copies, pdu.priority);
    }
}
template void Domain::rise_data(Hop, const SendDataRequest&);
template void Domain::rise_data(Hop, const UniformSendDataRequest&);

template <class Pdu>
void Domain::descend_data(const Pdu& pdu) {
    constexpr bool uniform = std::is_same_v<Pdu, UniformSendDataIndication>;
    PduCopies copies{DomainPdu{pdu}};
    distribute({header_of(pdu, uniform ? DataKind::uniform_indication : DataKind::indication), pdu.user_data, {}},
               copies, std::nullopt);
}
template void Domain::descend_data(const SendDataIndication&);
template void Domain::descend_data(const UniformSendDataIndication&);

/// Anybody may send to any channel, except to a private one without being admitted.
bool Domain::may_send(Hop from, UserId initiator, ChannelId channel_id) {
    if (!is_towards(initiator, from)) {
        ++data_counts_.misattributed;
        ignore("T.125 §11.21", "data of a user from elsewhere");
        return false;
    }
    const Channel* channel = channels_.find(channel_id);
    if (channel != nullptr && channel->kind == ChannelKind::managed && !channel->admitted.contains(initiator)) {
        ++data_counts_.not_admitted;
        ignore("T.125 §11.34", "data to a private channel from a user who is not admitted");
        return false;
    }
    return true;
}

/// Whether somebody outside this subtree may have joined the channel; to a user who is here, nobody else has.
bool Domain::goes_up(ChannelId channel) const { return !is_top() && !is_here(UserId{channel.value}); }

void Domain::count(const Channel& channel, DataPriority priority, std::size_t pdus, std::size_t octets) {
    DataAmount& amount = data_counts_.of(channel.kind, priority);
    amount.pdus += pdus;
    amount.octets += octets;
}

void Domain::distribute(const Datum& datum, PduCopies& copies, std::optional<Hop> except) {
    const RelayHeader& header = datum.header;
    const Channel* channel = channels_.find(header.channel);
    if (channel == nullptr || channel->joined.empty()) {
        ++data_counts_.unheard;
        return;
    }
    if (!channel->confirmed) return;
    count(*channel, header.priority, 1,
          datum.octets.empty() ? datum.user_data.size() : header.user_octets(datum.octets.view()));
    std::optional<Slice> user_data;
    for (const Hop& hop : channel->joined) {
        if (hop == except) continue;
        if (!hop.is_attachment()) {
            if (Connection* below = connections_.find(hop.connection())) transmit_data(*below, copies, header.priority);
            continue;
        }
        if (!user_data) {
            if (datum.octets.empty()) {
                user_data = datum.user_data;
            } else if (!header.fragmented) {
                user_data = datum.octets.sub(header.data_offset, header.data_size);
            } else {
                auto pdu = decode_from(2, datum.octets);  // joins the fragments
                if (!pdu || !*pdu) return;
                user_data = std::visit(
                    [](const auto& kind) {
                        if constexpr (is_data<std::decay_t<decltype(kind)>>) return kind.user_data;
                        return Slice{};
                    },
                    **pdu);
            }
        }
        tell(hop.attachment(), DataIndication{header.initiator, header.channel, header.priority, header.segmentation,
                                              header.is_uniform(), *user_data});
    }
}

}  // namespace convene::mcs

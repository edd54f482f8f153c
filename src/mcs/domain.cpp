#include "mcs/domain.hpp"

#include <utility>

#include "base/check.hpp"
#include "base/take_all.hpp"
#include "mcs/for_size.hpp"
#include "mcs/pdu_routing.hpp"

namespace convene::mcs {

Domain::Domain(DomainConfig config)
    : config_(std::move(config)), parameters_(config_.parameters), allocator_(config_.seed) {}

void Domain::receive(ConnectionId id, unsigned transport, t123::Tsdu tsdu, Instant now) {
    now_ = now;
    auto number = static_cast<std::uint8_t>(transport);
    if (tsdu.framed && run_ && extend_run({id, number}, tsdu.payload.widened_front(t123::kDataHeaderSize)) > 0) return;
    end_run();
    Connection* from = connections_.find(id);
    if (from == nullptr) return;
    CONVENE_CHECK(number < from->transports, "a transport this connection does not have");
    if (from->is_above() || !hold(Hop::to(id), number, tsdu)) process(*from, number, std::move(tsdu));
    finish();
}

void Domain::process(Connection& from, std::uint8_t transport, t123::Tsdu tsdu) {
    incoming_ = Incoming{from.id, transport};
    incoming_octets_ = tsdu.payload;
    if (from.version == 2 && carries_data(tsdu.payload)) {
        incoming_octets_ = {};  // so that nobody else holds what relay() may change
        return relay(from, transport, std::move(tsdu));
    }
    auto pdu = decode_from(from.version, tsdu.payload);
    if (!pdu) {
        reject(from.version == 1 ? Diagnostic::invalid_ber_encoding : Diagnostic::invalid_per_encoding,
               pdu.error().message());
        return;
    }
    if (!*pdu) return ignore("T.125 §13.11", "a PDU that version 2 does not have");
    dispatch(from, std::move(**pdu));
}

/// Checks direction and transport (T.125 §10), which need no knowledge of the PDU's meaning, and hands the PDU to its
/// procedure.
void Domain::dispatch(Connection& from, DomainPdu pdu) {
    std::visit(
        [&](const auto& kind) {
            using Pdu = std::decay_t<decltype(kind)>;
            if constexpr (!asn1::kIsRead<Pdu>) return;
            if (way<Pdu> == Way::down && !from.is_above())
                return reject(Diagnostic::forbidden_pdu_upward, name_of(pdu));
            if (way<Pdu> == Way::up && from.is_above()) return reject(Diagnostic::forbidden_pdu_downward, name_of(pdu));
            std::uint8_t expected = 0;
            if constexpr (is_data<Pdu>) expected = from.transport_for(kind.priority);
            if (incoming_->transport != expected) return reject(Diagnostic::wrong_transport_priority, name_of(pdu));

            if constexpr (way<Pdu> == Way::either) {
                descend(kind, from.id);
            } else if constexpr (is_data<Pdu>) {
                if constexpr (way<Pdu> == Way::up) {
                    rise_data(Hop::to(from.id), kind);
                } else {
                    descend_data(kind);
                }
            } else if constexpr (way<Pdu> == Way::up) {
                rise(Hop::to(from.id), kind);
            } else {
                descend(kind);
            }
        },
        pdu);
}

void Domain::rise_any(Hop from, const DomainPdu& pdu) {
    std::visit(
        [&](const auto& kind) {
            using Pdu = std::decay_t<decltype(kind)>;
            if constexpr (way<Pdu> == Way::up && is_data<Pdu>) {
                rise_data(from, kind);
            } else if constexpr (way<Pdu> == Way::up) {
                rise(from, kind);
            }
        },
        pdu);
}

/// While merging, nothing from the subtree is dealt with (T.125 §13.5): it would speak of users that the larger domain
/// does not know yet.
bool Domain::hold(Hop from, std::uint8_t transport, std::variant<t123::Tsdu, DomainPdu> pdu) {
    if (!is_merging()) return false;
    if (held_.size() < config_.max_held) {
        ++flow_counts_.held;
        held_.push_back({from, transport, std::move(pdu)});
    } else if (!from.is_attachment()) {
        drop(from.connection(), Reason::provider_initiated, "too much input during a merge");
    }
    return true;
}

/// At the end of every input: what could not be done while channels were being walked.
void Domain::finish() {
    incoming_.reset();
    incoming_octets_ = {};
    if (!doomed_.empty()) end_run();
    while (!doomed_.empty()) {
        ConnectionId id = doomed_.back();
        doomed_.pop_back();
        if (connections_.find(id) != nullptr) ++flow_counts_.overflows;
        drop(id, Reason::provider_initiated, "its queue is over the limit");
    }
}

void Domain::take_outputs(std::vector<Output>& out) {
    end_run();
    finish();
    take_all(outputs_, out);
    ++batch_;
    incidents_ = 0;
}

std::optional<ConnectionId> Domain::connection_of(UserId user) const {
    auto hop = channels_.direction_of(user);
    if (!hop || hop->is_attachment()) return std::nullopt;
    return hop->connection();
}

std::optional<UserId> Domain::user_of(AttachmentId id) const {
    const Attachment* attachment = attachments_.find(id);
    return attachment == nullptr ? std::nullopt : attachment->user;
}

std::vector<UserId> Domain::users_below(ConnectionId id) const { return channels_.users_towards(Hop::to(id)); }

bool Domain::is_alive(Hop hop) const {
    return hop.is_attachment() ? attachments_.find(hop.attachment()) != nullptr
                               : connections_.find(hop.connection()) != nullptr;
}

std::size_t Domain::pending() const {
    return attaching_.size() + merging_channels_.size() + merging_tokens_.size() + pending_joins_.size() +
           held_.size() + (merge_ ? merge_->outstanding : 0);
}

}  // namespace convene::mcs

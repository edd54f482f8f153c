// How connections come and go: T.125 §11.6, §11.17, §11.18, §13.6.
#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "mcs/domain.hpp"

namespace convene::mcs {

ConnectionId Domain::add_connection(const ConnectionSettings& settings, Instant now) {
    end_run();
    now_ = now;
    bool above = asn1::kForSize || settings.orientation == Orientation::above;
    CONVENE_CHECK(!above || !above_, "a provider has at most one superior, T.125 §11.1");
    CONVENE_CHECK(settings.transports >= 1 && settings.transports <= kMaxTransports, "1 to 4 transports");
    CONVENE_CHECK(settings.version >= 1 && settings.version <= kHighestVersion, "a version of T.125");
    if (!is_frozen()) freeze(settings.negotiated);

    Connection connection;
    connection.orientation = settings.orientation;
    connection.version = settings.version;
    connection.transports = settings.transports;
    ConnectionId id = connections_.insert(std::move(connection)).id;
    if (above) {
        above_ = id;
        send_all_down(PlumbDomainIndication{parameters_.max_height});
        measure(true);
        if (!asn1::kForSize && !channels_.empty()) start_merge();
    } else {
        if (merge_) {
            for (std::uint8_t t = 0; t < settings.transports; ++t) flow_counts_.merge_pauses += hold_reading({id, t});
        }
        measure(false);
    }
    finish();
    return id;
}

/// From the first attachment or connection on, the parameters of a domain do not change (T.125 §13.4).
void Domain::freeze(const DomainParameters& parameters) {
    parameters_ = parameters;
    interval_ = 0;
    measure(false);
}

void Domain::connection_lost(ConnectionId id, Instant now) {
    end_run();
    now_ = now;
    lose(id);
    finish();
}

void Domain::disconnect(ConnectionId id, Reason reason) {
    end_run();
    drop(id, reason, "asked for here");
    finish();
}

void Domain::drop(ConnectionId id, Reason reason, std::string why, bool tell_peer) {
    Connection* connection = connections_.find(id);
    if (connection == nullptr) return;
    connection->doomed = false;  // the last word may still be said
    if (tell_peer) {
        PduCopies copies(DomainPdu{DisconnectProviderUltimatum{reason}});
        transmit(*connection, copies);
    }
    outputs_.push_back(Close{id, reason, std::move(why)});
    lose(id);
}

/// Refuses the PDU that is being dealt with. What a peer means that breaks the protocol cannot be known, so the
/// connection ends.
void Domain::reject(Diagnostic diagnostic, std::string_view why) {
    Connection* connection = incoming_ ? connections_.find(incoming_->connection) : nullptr;
    if (connection == nullptr) return;
    report(Incident::Severity::warning, "T.125 §11.18", why);
    constexpr std::size_t kRejectOverhead = 8;
    ByteView octets = incoming_octets_;
    std::size_t room = std::max<std::size_t>(parameters_.max_mcspdu_size, kRejectOverhead) - kRejectOverhead;
    octets = octets.first(std::min(octets.size(), room));
    PduCopies copies(DomainPdu{RejectMcspduUltimatum{diagnostic, to_bytes(octets)}});
    transmit(*connection, copies);
    drop(connection->id, Reason::provider_initiated, std::string(why));
}

void Domain::lose(ConnectionId id) {
    Connection* connection = connections_.find(id);
    if (connection == nullptr) return;
    Connection gone = std::move(*connection);
    connections_.erase(id);
    for (OutgoingQueue& queue : gone.queues) release_waiting(queue);
    if (gone.is_above()) {
        collapse();
    } else {
        lose_below(Hop::to(gone.id));
    }
}

/// The users below are detached, what only they had joined is left. During a merge the larger domain does not know them
/// all yet, so that finish_merge() does it.
void Domain::lose_below(Hop hop) {
    measure(false);
    if (merge_) return;
    request_detach(Reason::domain_disconnected, channels_.users_towards(hop));
    std::vector<ChannelId> left;
    for (ChannelId id : channels_.ids()) {
        const Channel* channel = channels_.find(id);
        if (channel != nullptr && channel->joined.contains(hop)) unjoin(id, hop, left);
    }
    leave_above(left);
}

/// Without its superior the lower part of a domain does not survive (T.125 §6.3).
void Domain::collapse() {
    above_.reset();
    merge_.reset();
    held_.clear();
    for (AttachmentId id : attachments_.ids()) {
        if (auto user = user_of(id)) {
            tell(id, DetachIndication{Reason::domain_disconnected, *user});
        } else {
            tell(id, AttachConfirm{Result::unspecified_failure, std::nullopt});
        }
        attachments_.erase(id);
    }
    channels_.clear();
    tokens_.clear();
    attaching_.clear();
    merging_channels_.clear();
    merging_tokens_.clear();
    pending_joins_.clear();
    for (ConnectionId id : connections_.ids())
        drop(id, Reason::domain_disconnected, "the connection to the superior is gone");
}

void Domain::descend(const DisconnectProviderUltimatum& pdu, ConnectionId from) {
    drop(from, pdu.reason, "the peer disconnects", false);
}

/// Never answered: two providers that reject each other's rejects would not stop.
void Domain::descend(const RejectMcspduUltimatum& pdu, ConnectionId) {
    incoming_octets_ = Slice(pdu.initial_octets);
    report(Incident::Severity::warning, "T.125 §11.18",
           "the peer rejects a PDU, diagnostic " + std::to_string(static_cast<unsigned>(pdu.diagnostic)));
}

}  // namespace convene::mcs

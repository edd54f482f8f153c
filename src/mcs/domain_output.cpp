// What goes out: every PDU, event and incident of a domain passes one of these.
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {
namespace {

constexpr std::size_t kMaxIncidents =
    16;  // in one batch of outputs: a flood of bad PDUs must not become one of reports

}  // namespace

void Domain::send_up(DomainPdu pdu) {
    Connection* above = connection_above();
    if (above == nullptr) return;
    PduCopies copies(std::move(pdu));
    transmit(*above, copies);
}

void Domain::send_down(ConnectionId to, DomainPdu pdu) {
    Connection* below = connections_.find(to);
    if (below == nullptr) return;
    PduCopies copies(std::move(pdu));
    transmit(*below, copies);
}

void Domain::send_all_down(DomainPdu pdu) {
    PduCopies copies(std::move(pdu));
    connections_.for_each([&](Connection& connection) {
        if (!connection.is_above()) transmit(connection, copies);
    });
}

/// Control PDUs travel on the initial transport, in order with data of top priority.
void Domain::transmit(Connection& to, PduCopies& copies) {
    const t123::Tsdu* tsdu = copies.in(to.version);
    if (tsdu == nullptr) {
        report(Incident::Severity::warning, "T.125 §7", "a PDU with values out of range was not sent");
        return;
    }
    put(to, 0, DataPriority::top, *tsdu);
    account(to, 0, DataPriority::top, tsdu->payload.size(), false);
}

void Domain::transmit_data(Connection& to, PduCopies& copies, DataPriority priority) {
    const t123::Tsdu* tsdu = copies.in(to.version);
    if (tsdu == nullptr) return;
    std::uint8_t transport = to.transport_for(priority);
    put(to, transport, priority, *tsdu);
    account(to, transport, priority, tsdu->payload.size(), true);
}

void Domain::put(Connection& to, std::uint8_t transport, DataPriority priority, const t123::Tsdu& tsdu) {
    if (to.doomed) return;
    outputs_.push_back(Transmit{to.id, transport, priority, tsdu});
}

void Domain::tell(AttachmentId to, UserEventKind event) { outputs_.push_back(UserEvent{to, std::move(event)}); }

/// For what a correct peer may send too, because a detachment or a purge came towards it meanwhile (T.125 §11.21).
void Domain::ignore(std::string_view clause, std::string_view why) { report(Incident::Severity::note, clause, why); }

void Domain::report(Incident::Severity severity, std::string_view clause, std::string_view what) {
    // Nobody reads them there, and without a use their words are not in the program.
    if (asn1::kForSize || ++incidents_ > kMaxIncidents) return;
    Incident incident;
    if (incoming_) incident.connection = incoming_->connection;
    incident.severity = severity;
    incident.clause = clause;
    incident.text = what;
    ByteView octets = incoming_octets_;
    incident.first_octets = to_bytes(octets.first(std::min(octets.size(), Incident::kFirstOctets)));
    outputs_.push_back(std::move(incident));
}

}  // namespace convene::mcs

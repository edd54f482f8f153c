#include "gcc/codec.hpp"
#include "gcc/conference.hpp"

namespace convene::gcc {

void Conference::send(mcs::ChannelId channel, bool uniform, const GccPdu& pdu) {
    if (state_ != State::joined) return;
    auto octets = encode_gcc_pdu(pdu);
    if (!octets) return report(self_, "T.124 §6", "cannot be sent: " + octets.error().message());
    // High priority for all GCC PDUs, as the implementations of the time do.
    domain_.send(attachment_, channel, mcs::DataPriority::high, uniform, Slice(*octets));
}

/// The top asks itself without MCS, which brings nobody his own data.
void Conference::ask_top(RequestPdu request, Instant now) {
    if (state_ != State::joined) return;
    if (is_top()) return on_request(request, *self_, now);
    send(mcs::channel_of(top()), false, GccPdu{std::move(request)});
}

void Conference::respond(UserId to, ResponsePdu response) {
    if (to == self_) return on_response(response, to, {});
    send(mcs::channel_of(to), false, GccPdu{std::move(response)});
}

void Conference::report(std::optional<UserId> from, std::string_view clause, std::string text, ByteView octets) {
    if (asn1::kForSize) return;  // nobody reads them there
    const ByteView first = octets.first(std::min(octets.size(), Incident::kFirstOctets));
    emit(Incident{from, clause, std::move(text), Bytes(first.begin(), first.end())});
}

void Conference::broadcast(IndicationPdu pdu) { send(kBroadcastChannel, true, GccPdu{std::move(pdu)}); }

void Conference::tell(UserId node, IndicationPdu pdu) { send(mcs::channel_of(node), false, GccPdu{std::move(pdu)}); }

void Conference::emit(Event event) { events_.push_back(std::move(event)); }

}  // namespace convene::gcc

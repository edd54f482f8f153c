#include "dissect/tpdu.hpp"

#include "base/hex.hpp"
#include "dissect/value.hpp"
#include "t123/rdp.hpp"

namespace convene::dissect {
namespace {

/// Octets that print stand as text, others as hexadecimal.
std::string readable(ByteView octets) {
    for (std::byte octet : octets)
        if (std::to_integer<unsigned>(octet) < 0x20 || std::to_integer<unsigned>(octet) > 0x7E) return to_hex(octets);
    return std::string(as_text(octets));
}

void put_rdp(asn1::Json& out, ByteView opaque) {
    if (auto request = t123::parse_rdp_request(opaque)) {
        out["remoteDesktopRequest"] = t123::describe(*request);
    } else if (auto answer = t123::parse_rdp_answer(opaque)) {
        out[answer->failure ? "remoteDesktopFailure" : "remoteDesktopProtocol"] = answer->value;
    } else {
        out["otherOctets"] = to_hex(opaque);
    }
}

template <class T>
asn1::Json connect_members(const T& tpdu) {
    asn1::Json out = asn1::Json::object();
    out["destination"] = tpdu.destination;
    out["source"] = tpdu.source;
    out["class"] = tpdu.transport_class;
    if (tpdu.options != 0) out["options"] = tpdu.options;
    const t123::ConnectParameters& parameters = tpdu.parameters;
    if (parameters.sizes.size) out["tpduSize"] = *parameters.sizes.size;
    if (parameters.sizes.preferred) out["preferredTpduSize"] = *parameters.sizes.preferred;
    if (parameters.calling_tsap) out["callingTsap"] = readable(*parameters.calling_tsap);
    if (parameters.called_tsap) out["calledTsap"] = readable(*parameters.called_tsap);
    if (!parameters.alternative_classes.empty()) out["alternativeClasses"] = to_hex(parameters.alternative_classes);
    if (!parameters.opaque.empty()) put_rdp(out, parameters.opaque);
    return out;
}

template <class Code>
asn1::Json code_and_name(Code code) {
    asn1::Json out = asn1::Json::object();
    out["code"] = static_cast<unsigned>(code);
    out["meaning"] = t123::name(code);
    return out;
}

void fill(Record& out, const t123::ConnectionRequest& tpdu) {
    out.name = "connection request";
    out.value = connect_members(tpdu);
}
void fill(Record& out, const t123::ConnectionConfirm& tpdu) {
    out.name = "connection confirm";
    out.value = connect_members(tpdu);
}
void fill(Record& out, const t123::DisconnectRequest& tpdu) {
    out.name = "disconnect request";
    out.value = asn1::Json::object();
    out.value["destination"] = tpdu.destination;
    out.value["source"] = tpdu.source;
    out.value["reason"] = code_and_name(tpdu.reason);
    if (tpdu.additional_information) out.value["additionalInformation"] = readable(*tpdu.additional_information);
}
void fill(Record& out, const t123::ErrorTpdu& tpdu) {
    out.name = "error";
    out.value = asn1::Json::object();
    out.value["destination"] = tpdu.destination;
    out.value["cause"] = code_and_name(tpdu.cause);
    if (tpdu.rejected) out.value["rejected"] = to_hex(*tpdu.rejected);
}
void fill(Record& out, const t123::DataTpdu& tpdu) {
    out.name = tpdu.end_of_tsdu ? "data, last part" : "data, part";
    out.note = std::to_string(tpdu.payload.size()) + " octets of payload";
}

}  // namespace

Record dissect_tpdu(const t123::Tpdu& tpdu, ByteView frame, const Origin& origin, bool round_trip) {
    Record out;
    out.offset = origin.of(0);
    out.octets = frame.size();
    out.layer = Layer::x224;
    Bytes again;
    std::visit(
        [&](const auto& t) {
            fill(out, t);
            if (round_trip) again = t123::serialise(t);
        },
        tpdu);
    if (round_trip) out.difference = first_difference(frame, again, origin);
    return out;
}

}  // namespace convene::dissect

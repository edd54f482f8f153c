#include "cli/probe_dialogue.hpp"

#include <algorithm>

#include "cli/client_hello.hpp"
#include "gcc/codec.hpp"
#include "io/endpoint.hpp"
#include "mcs/parameters.hpp"
#include "t123/frame_reader.hpp"
#include "t123/rdp.hpp"
#include "t123/tpdu.hpp"
#include "t123/tsdu_assembly.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kShownOctets = 64;
constexpr std::uint32_t kRdpProtocols = 1 | 2;  // TLS and CredSSP, as clients of today ask for

bool has_frame(ByteView octets) {
    if (octets.empty() || octets[0] != t123::kTpktVersion) return !octets.empty();
    return octets.size() >= t123::kTpktHeaderSize && octets.size() >= t123::read_u16(octets.data() + 2);
}

/// The first TSDU in `octets`, if it is complete; `broken` says that what is there is no T.123.
std::optional<Bytes> first_tsdu(ByteView octets, bool& broken) {
    t123::FrameReader reader;
    t123::TsduAssembly assembly;
    reader.push(Slice(octets));
    Slice frame;
    while (true) {
        const auto status = reader.next(frame);
        if (status == t123::FrameReader::Status::need_more) return std::nullopt;
        const auto tpdu = status == t123::FrameReader::Status::frame
                              ? t123::parse_tpdu(frame)
                              : Expected<t123::Tpdu, t123::ProtocolError>(make_unexpected(reader.error()));
        const auto* data = tpdu ? std::get_if<t123::DataTpdu>(&*tpdu) : nullptr;
        if (data == nullptr) {
            broken = true;
            return std::nullopt;
        }
        assembly.append(data->payload);
        if (data->end_of_tsdu) return to_bytes(assembly.finish().payload.view());
    }
}

/// As many DTs as it takes, which is one.
Bytes data_frame(ByteView payload) { return t123::serialise(t123::DataTpdu{true, 0, payload}); }

Bytes query_request() {
    gcc::ConferenceQueryRequest query;
    query.node_type = gcc::NodeType::terminal;
    mcs::ConnectInitial initial;
    const mcs::ParameterOffer offer = mcs::default_offer();
    initial.upward_flag = true;
    initial.target_parameters = offer.target;
    initial.minimum_parameters = offer.minimum;
    initial.maximum_parameters = offer.maximum;
    initial.user_data = gcc::encode_connect_data(query).value_or(Bytes{});
    return mcs::encode(initial).value_or(Bytes{});
}

std::string protocol_name(std::uint32_t protocol) {
    switch (protocol) {
        case 0:
            return "standard RDP security";
        case 1:
            return "TLS";
        case 2:
            return "CredSSP";
        case 4:
            return "RDSTLS";
        case 8:
            return "CredSSP with early user authorisation";
        default:
            return "protocol " + std::to_string(protocol);
    }
}

std::string failure_name(std::uint32_t code) {
    static constexpr std::string_view kNames[] = {"",
                                                  "TLS is required",
                                                  "TLS is not allowed",
                                                  "it has no certificate",
                                                  "inconsistent flags",
                                                  "CredSSP is required",
                                                  "TLS with user authentication is required"};
    return code < std::size(kNames) && code > 0 ? std::string(kNames[code]) : "failure " + std::to_string(code);
}

class Prober {
public:
    Prober(const ProbeTarget& target, const Announce& announce) : target_(target), announce_(announce) {
        report_.host = target.host;
        report_.port = target.port;
    }

    ProbeReport run() {
        if (!connect()) return report_;
        ask_x224();
        const bool no_answer = report_.verdict == Verdict::silent || report_.verdict == Verdict::hung_up;
        if (no_answer || report_.verdict == Verdict::x224_only || report_.verdict == Verdict::mcs_only ||
            report_.verdict == Verdict::x224_refused)
            ask_remote_desktop();
        if (no_answer && report_.verdict != Verdict::remote_desktop) ask_tls();
        return report_;
    }

private:
    void judge(Verdict verdict, std::string summary) {
        report_.verdict = verdict;
        report_.summary = std::move(summary);
    }

    bool connect() {
        std::string why;
        const auto addresses = look_up(target_.host, target_.port, target_.time, why);
        if (addresses.empty()) {
            judge(Verdict::unknown_host, "cannot look up " + target_.host + ": " + why);
            return false;
        }
        for (const Address& address : addresses) {
            address_ = address;
            ProbeWire& wire = first_.emplace(target_.time);
            switch (wire.open(address)) {
                case ProbeWire::Opened::connected:
                    report_.address = io::to_text(address);
                    connection_ = 1;
                    return true;
                case ProbeWire::Opened::refused:
                    judge(Verdict::closed, "nothing listens on " + io::to_text(address));
                    break;
                case ProbeWire::Opened::no_answer:
                    judge(Verdict::filtered, "no answer from " + io::to_text(address));
                    break;
                case ProbeWire::Opened::failed:
                    judge(Verdict::unreachable, io::to_text(address) + " cannot be reached: " + wire.why());
                    break;
            }
        }
        return false;
    }

    bool reopen(ProbeWire& wire) {
        ++connection_;
        return wire.open(address_) == ProbeWire::Opened::connected;
    }

    bool send(ProbeWire& wire, std::string_view what, ByteView octets) {
        announce_(connection_, what, octets);
        return wire.send(octets);
    }

    void judge_silence(ProbeWire::Heard heard) {
        if (heard == ProbeWire::Heard::silent)
            judge(Verdict::silent, "accepts connections and says nothing");
        else
            judge(Verdict::hung_up, "accepts connections and closes them");
    }

    void judge_other(Verdict verdict, ByteView octets) {
        report_.first_octets = to_bytes(octets.first(std::min(octets.size(), kShownOctets)));
        switch (verdict) {
            case Verdict::tls:
                return judge(verdict, octets[0] == std::byte{0x15} ? "TLS: it answers with an alert" : "TLS");
            case Verdict::http:
                return judge(verdict, "HTTP");
            case Verdict::broken:
                return judge(verdict, "begins as TPKT, but goes on as something else");
            default:
                return judge(verdict, "answers with something that is not T.120");
        }
    }

    void ask_x224() {
        ProbeWire& wire = *first_;
        const Bytes request = t123::serialise(t123::ConnectionRequest{});
        if (!send(wire, "X.224 connection request", request)) return judge_silence(ProbeWire::Heard::reset);
        const auto heard = wire.hear(has_frame);
        const Bytes octets = wire.heard();
        if (octets.empty()) return judge_silence(heard);
        if (auto other = judge_first_octets(octets)) return judge_other(*other, octets);
        if (!has_frame(octets)) return judge_other(Verdict::broken, octets);
        const ByteView frame = ByteView(octets).first(t123::read_u16(octets.data() + 2));
        const auto tpdu = t123::parse_tpdu(frame);
        if (!tpdu) return judge_other(Verdict::broken, octets);
        if (const auto* refusal = std::get_if<t123::DisconnectRequest>(&*tpdu))
            return judge(Verdict::x224_refused,
                         "refuses X.224 connections: " + std::string(t123::name(refusal->reason)));
        if (!std::holds_alternative<t123::ConnectionConfirm>(*tpdu))
            return judge(Verdict::x224_refused, "answers an X.224 connection request with another TPDU");
        ask_mcs(wire);
    }

    void ask_mcs(ProbeWire& wire) {
        wire.clear();
        judge(Verdict::x224_only, "X.224 answers, but no MCS");
        if (!send(wire, "MCS Connect-Initial with a GCC conference query", data_frame(query_request()))) return;
        bool broken = false;
        std::optional<Bytes> tsdu;
        wire.hear([&](ByteView octets) {
            tsdu = first_tsdu(octets, broken);
            return tsdu || broken;
        });
        if (broken) return judge_other(Verdict::broken, wire.heard());
        if (!tsdu) return;
        const auto pdu = mcs::decode_connect_pdu(*tsdu);
        const auto* response = pdu ? std::get_if<mcs::ConnectResponse>(&*pdu) : nullptr;
        if (response == nullptr) return judge_other(Verdict::broken, wire.heard());
        report_.response = *response;
        judge_response(*response);
    }

    void judge_response(const mcs::ConnectResponse& response) {
        const auto gcc = gcc::decode_connect_data(response.user_data);
        if (const auto* query = gcc ? std::get_if<gcc::ConferenceQueryResponse>(&*gcc) : nullptr) {
            report_.query = *query;
            const std::size_t count = query->conference_list.size();
            return judge(Verdict::t120, "a T.120 node (" + std::string(name(query->node_type)) + ") with " +
                                            (count == 0   ? std::string("no listed conference")
                                             : count == 1 ? std::string("1 conference")
                                                          : std::to_string(count) + " conferences"));
        }
        // A Remote Desktop server answers every Connect-Initial with a create response that carries the key "McDn".
        if (as_text(response.user_data).find("McDn") != std::string_view::npos) {
            report_.remote_desktop = "answers with the key McDn";
            return judge(Verdict::remote_desktop, "a Remote Desktop server");
        }
        judge(Verdict::mcs_only, "MCS answers, but no conference control");
    }

    void ask_remote_desktop() {
        ProbeWire wire(target_.time);
        if (!reopen(wire)) return;
        t123::ConnectionRequest request;
        request.parameters.opaque =
            t123::serialise(t123::RdpRequest{"", t123::RdpNegotiationRequest{0, kRdpProtocols}, false});
        if (!send(wire, "X.224 connection request of a Remote Desktop client", t123::serialise(request))) return;
        wire.hear(has_frame);
        const Bytes& octets = wire.heard();
        if (octets.size() < t123::kMinFrame || octets[0] != t123::kTpktVersion || !has_frame(octets)) return;
        const auto tpdu = t123::parse_tpdu(ByteView(octets).first(t123::read_u16(octets.data() + 2)));
        const auto* confirm = tpdu ? std::get_if<t123::ConnectionConfirm>(&*tpdu) : nullptr;
        const auto answer = confirm ? t123::parse_rdp_answer(confirm->parameters.opaque) : std::nullopt;
        if (!answer) return;
        report_.remote_desktop = answer->failure ? failure_name(answer->value) : protocol_name(answer->value);
        judge(Verdict::remote_desktop, "a Remote Desktop server (" + report_.remote_desktop + ")");
    }

    void ask_tls() {
        ProbeWire wire(target_.time);
        if (!reopen(wire)) return;
        const Bytes hello = client_hello(target_.host);
        if (hello.empty() || !send(wire, "TLS ClientHello", hello)) return;
        wire.hear([](ByteView octets) { return octets.size() >= 3; });
        if (wire.heard().size() < 3) return;
        const auto verdict = judge_first_octets(wire.heard());
        if (verdict) judge_other(*verdict, wire.heard());
    }

    const ProbeTarget& target_;
    const Announce& announce_;
    ProbeReport report_;
    Address address_;
    std::optional<ProbeWire> first_;
    unsigned connection_ = 0;
};

}  // namespace

std::optional<Verdict> judge_first_octets(ByteView octets) {
    const auto first = std::to_integer<unsigned>(octets[0]);
    if (octets[0] == t123::kTpktVersion) return std::nullopt;
    // Alert and handshake records; RFC 8446 section 5.1.
    if ((first == 0x15 || first == 0x16) && (octets.size() < 2 || octets[1] == std::byte{3})) return Verdict::tls;
    const std::string_view text = as_text(octets);
    if (text.starts_with("HTTP/") || text.starts_with("<!DOCTYPE") || text.starts_with("<html") ||
        text.starts_with("<HTML"))
        return Verdict::http;
    return Verdict::other;
}

ProbeReport probe(const ProbeTarget& target, const Announce& announce) { return Prober(target, announce).run(); }

}  // namespace convene::cli

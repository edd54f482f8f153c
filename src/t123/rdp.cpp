#include "t123/rdp.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace convene::t123 {
namespace {

constexpr std::size_t kStructureSize = 8;  // RDP_NEG_REQ, RDP_NEG_RSP and RDP_NEG_FAILURE
constexpr unsigned kRequest = 1;
constexpr unsigned kResponse = 2;
constexpr unsigned kFailure = 3;
constexpr unsigned kCorrelation = 6;
constexpr unsigned kCorrelationFollows = 0x08;

unsigned octet_at(ByteView from, std::size_t at) { return std::to_integer<unsigned>(from[at]); }

// These structures are little-endian, unlike everything else on this wire.
bool is_structure(ByteView from, unsigned type) {
    return from.size() >= kStructureSize && octet_at(from, 0) == type && octet_at(from, 2) == kStructureSize &&
           octet_at(from, 3) == 0;
}

std::uint32_t value_of(ByteView structure) {
    std::uint32_t value = 0;
    for (std::size_t i = kStructureSize; i-- > 4;) value = value << 8 | octet_at(structure, i);
    return value;
}

bool has_routing_text(std::string_view text) {
    return text.starts_with("Cookie: ") || text.starts_with("tsv://") || text.starts_with("mth://");
}

}  // namespace

std::optional<RdpRequest> parse_rdp_request(ByteView rest) {
    RdpRequest out;
    if (has_routing_text(as_text(rest))) {
        const std::size_t end = as_text(rest).find("\r\n");
        out.cookie = as_text(rest).substr(0, end);
        rest = end == std::string_view::npos ? ByteView{} : rest.subspan(end + 2);
    } else if (!is_structure(rest, kRequest)) {
        return std::nullopt;
    }
    if (is_structure(rest, kRequest)) {
        out.negotiation = RdpNegotiationRequest{static_cast<std::uint8_t>(octet_at(rest, 1)), value_of(rest)};
        rest = rest.subspan(kStructureSize);
        out.correlation =
            (out.negotiation->flags & kCorrelationFollows) != 0 && !rest.empty() && octet_at(rest, 0) == kCorrelation;
    }
    return out;
}

std::optional<RdpAnswer> parse_rdp_answer(ByteView variable_part) {
    for (unsigned type : {kResponse, kFailure}) {
        if (!is_structure(variable_part, type)) continue;
        return RdpAnswer{type == kFailure, static_cast<std::uint8_t>(octet_at(variable_part, 1)),
                         value_of(variable_part)};
    }
    return std::nullopt;
}

Bytes serialise(const RdpRequest& request) {
    Bytes out;
    if (!request.cookie.empty()) append(out, as_bytes(request.cookie + "\r\n"));
    if (request.negotiation) {
        const std::uint32_t protocols = request.negotiation->protocols;
        append(out, bytes({kRequest, request.negotiation->flags, kStructureSize, 0, protocols & 255,
                           protocols >> 8 & 255, protocols >> 16 & 255, protocols >> 24}));
    }
    return out;
}

std::string describe(const RdpRequest& request) {
    std::string out = request.cookie;
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '.');
    if (request.negotiation) {
        if (!out.empty()) out += ", ";
        const auto value = request.negotiation->protocols;
        out += "protocols 0x" + to_hex(bytes({value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255}));
    }
    return out;
}

}  // namespace convene::t123

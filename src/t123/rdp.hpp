/// What remote desktop clients and servers put where X.224 has parameters. [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace convene::t123 {

/// RDP_NEG_REQ.
struct RdpNegotiationRequest {
    std::uint8_t flags{};
    std::uint32_t protocols{};  ///< bits: 1 TLS, 2 CredSSP, 4 RDSTLS, 8 CredSSP-EX, 10 RDSAAD; 0 standard security

    friend bool operator==(const RdpNegotiationRequest&, const RdpNegotiationRequest&) = default;
};

/// What shows that a CR comes from a remote desktop client. Convene tells of it and otherwise ignores it.
struct RdpRequest {
    std::string cookie;  ///< such as "Cookie: mstshash=NAME" without CR LF; octets of the peer, may be empty
    std::optional<RdpNegotiationRequest> negotiation;
    bool correlation = false;  ///< correlation info follows

    friend bool operator==(const RdpRequest&, const RdpRequest&) = default;
};

/// RDP_NEG_RSP or RDP_NEG_FAILURE.
struct RdpAnswer {
    bool failure = false;
    std::uint8_t flags{};
    std::uint32_t value{};  ///< the selected protocol, or the failure code (1..6)

    friend bool operator==(const RdpAnswer&, const RdpAnswer&) = default;
};

/// From the variable part of a CR or CC; nothing when it does not begin as RDP does.
std::optional<RdpRequest> parse_rdp_request(ByteView variable_part);
std::optional<RdpAnswer> parse_rdp_answer(ByteView variable_part);

/// For a CR (in ConnectParameters::opaque) that asks a server as an RDP client would; for probing.
Bytes serialise(const RdpRequest& request);

/// One printable line for logs, at most as long as a TPDU header; octets that do not print become dots.
std::string describe(const RdpRequest& request);

}  // namespace convene::t123

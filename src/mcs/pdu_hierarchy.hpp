/// PDUs that shape the tree of providers and end its connections: T.125 §7 parts 3 (first half) and 4.
#pragma once

#include <cstdint>

#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "mcs/enums.hpp"

namespace convene::mcs {

/// Goes down and counts off the levels a former top provider may still have below it. Alternative 0.
struct PlumbDomainIndication {
    std::uint64_t height_limit = 0;  ///< levels allowed at the receiver; 0 means that it must disconnect upward

    friend bool operator==(const PlumbDomainIndication&, const PlumbDomainIndication&) = default;
};

/// Tells the superior how high the sender's subtree is; consumed hop by hop. Alternative 1.
struct ErectDomainRequest {
    std::uint64_t sub_height = 0;    ///< 0 for a leaf
    std::uint64_t sub_interval = 0;  ///< the sender's throughput enforcement interval in milliseconds

    friend bool operator==(const ErectDomainRequest&, const ErectDomainRequest&) = default;
};

/// The sender closes the connection right after this. Never answered, never forwarded. Alternative 8.
struct DisconnectProviderUltimatum {
    Reason reason{};

    friend bool operator==(const DisconnectProviderUltimatum&, const DisconnectProviderUltimatum&) = default;
};

/// The receiver had sent something that the sender of this cannot accept. Alternative 9.
struct RejectMcspduUltimatum {
    Diagnostic diagnostic{};
    Bytes initial_octets;  ///< how the offending TSDU began

    friend bool operator==(const RejectMcspduUltimatum&, const RejectMcspduUltimatum&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::PlumbDomainIndication> = application<0>(
    sequence(universal_tags, field("heightLimit", &mcs::PlumbDomainIndication::height_limit, IntegerFrom<0>{})));
template <>
inline constexpr auto schema<mcs::ErectDomainRequest> =
    application<1>(sequence(universal_tags, field("subHeight", &mcs::ErectDomainRequest::sub_height, IntegerFrom<0>{}),
                            field("subInterval", &mcs::ErectDomainRequest::sub_interval, IntegerFrom<0>{})));
template <>
inline constexpr auto schema<mcs::DisconnectProviderUltimatum> =
    application<8>(sequence(universal_tags, field("reason", &mcs::DisconnectProviderUltimatum::reason)));
template <>
inline constexpr auto schema<mcs::RejectMcspduUltimatum> =
    application<9>(sequence(universal_tags, field("diagnostic", &mcs::RejectMcspduUltimatum::diagnostic),
                            field("initialOctets", &mcs::RejectMcspduUltimatum::initial_octets)));

}  // namespace convene::asn1

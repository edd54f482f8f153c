/// How two transport entities agree on the size of a TPDU. X.224 parameters C0 and F0, RFC 1006/2126 default.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace convene::t123 {

/// What a CR offers or a CC answers. Sizes count the header and the data of one TPDU, not the TPKT header.
struct TpduSizes {
    std::optional<std::uint32_t> size;       ///< C0: 128, 256 … 8192 octets
    std::optional<std::uint32_t> preferred;  ///< F0: in units of 128 octets, at least 1

    friend bool operator==(const TpduSizes&, const TpduSizes&) = default;
};

/// What a caller that takes TPDUs of up to `own_max` octets offers; nothing when that is the default of 65531.
TpduSizes offer_sizes(std::size_t own_max);

struct SizeAnswer {
    TpduSizes answer;      ///< for the CC, never larger than the offer
    std::size_t agreed{};  ///< octets
};
/// The responder's part.
SizeAnswer answer_sizes(const TpduSizes& offered, std::size_t own_max);

/// The caller's part: the agreed size in octets. An answer larger than the offer counts as the offer.
std::size_t agreed_size(const TpduSizes& offered, const TpduSizes& answered);

}  // namespace convene::t123

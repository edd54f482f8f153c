#include "t123/tpdu_size.hpp"

#include <algorithm>

#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

constexpr std::uint32_t kUnit = 128;          // of F0
constexpr std::uint32_t kLargestSize = 8192;  // of C0

std::uint32_t clamp_own(std::size_t own_max) {
    return static_cast<std::uint32_t>(std::clamp(own_max, kMinTpdu, kMaxTpdu));
}

std::uint32_t power_of_two_within(std::uint32_t limit) {
    std::uint32_t size = kLargestSize;
    while (size > limit) size /= 2;
    return size;
}

// F0 may say up to 2^32 - 1 units.
std::size_t octets_of(std::uint32_t units) { return units > kMaxTpdu / kUnit ? kMaxTpdu : std::size_t{units} * kUnit; }

}  // namespace

TpduSizes offer_sizes(std::size_t own_max) {
    const std::uint32_t own = clamp_own(own_max);
    if (own == kMaxTpdu) return {};
    return {power_of_two_within(own), own / kUnit};
}

SizeAnswer answer_sizes(const TpduSizes& offered, std::size_t own_max) {
    const std::uint32_t own = clamp_own(own_max);
    SizeAnswer out;
    if (offered.preferred) {
        const std::uint32_t units = std::min(*offered.preferred, own / kUnit);
        out.answer.preferred = units;
        out.agreed = octets_of(units);
    } else if (offered.size) {
        const std::uint32_t size = std::min(*offered.size, power_of_two_within(own));
        out.answer.size = size;
        out.agreed = size;
    } else if (own < kMaxTpdu) {
        const std::uint32_t size = power_of_two_within(own);
        out.answer.size = size;
        out.agreed = size;
    } else {
        out.agreed = kMaxTpdu;
    }
    return out;
}

std::size_t agreed_size(const TpduSizes& offered, const TpduSizes& answered) {
    if (offered.preferred && answered.preferred) {
        return std::min(octets_of(*offered.preferred), octets_of(*answered.preferred));
    }
    std::size_t size = kMaxTpdu;
    for (const TpduSizes& side : {offered, answered}) {
        if (side.size) size = std::min<std::size_t>(size, *side.size);
        if (side.preferred) size = std::min(size, octets_of(*side.preferred));
    }
    return size;
}

}  // namespace convene::t123

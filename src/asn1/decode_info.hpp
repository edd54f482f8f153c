/// What is known of a decode besides its value.
#pragma once

#include <cstddef>

namespace convene::asn1 {

struct DecodeInfo {
    std::size_t octets_used = 0;        ///< the rest of the input did not belong to the value
    std::size_t unknown_additions = 0;  ///< extension additions that were skipped
};

}  // namespace convene::asn1

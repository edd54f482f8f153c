/// How aligned PER cuts long values into fragments.
#pragma once

#include <cstddef>

namespace convene::asn1 {

/// One fragment of a long value holds this many units 1 to 4 times (X.691 §11.9.3.8).
inline constexpr std::size_t kFragmentUnit = 16384;
inline constexpr std::size_t kMaxFragmentUnits = 4;

}  // namespace convene::asn1

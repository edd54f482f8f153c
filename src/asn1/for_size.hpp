/// What the codecs give up where a program is to be small (-Os, -Oz), as the one that a browser loads.
#pragma once

namespace convene::asn1 {

/// The inner loops are then called instead of repeated at each place, PDUs have no short cuts for their beginnings, and
/// errors do not say in which member they are.
#if defined(__OPTIMIZE_SIZE__)
inline constexpr bool kForSize = true;
#define CONVENE_HOT
#else
inline constexpr bool kForSize = false;
#define CONVENE_HOT [[gnu::always_inline]]
#endif

/// An alternative of a CHOICE of which a small program has no use: it is neither read nor written there. To be
/// specialised where the codec of the CHOICE is instantiated.
template <class T>
inline constexpr bool kIsLeftOutForSize = false;

}  // namespace convene::asn1

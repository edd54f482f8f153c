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

/// What a small program does with an alternative of a CHOICE. To be specialised where its codec is instantiated.
enum class UseForSize { both, is_read, is_written, none };
template <class T>
inline constexpr UseForSize kUseForSize = UseForSize::both;

template <class T>
inline constexpr bool kIsRead =
    !kForSize || kUseForSize<T> == UseForSize::both || kUseForSize<T> == UseForSize::is_read;
template <class T>
inline constexpr bool kIsWritten =
    !kForSize || kUseForSize<T> == UseForSize::both || kUseForSize<T> == UseForSize::is_written;

}  // namespace convene::asn1

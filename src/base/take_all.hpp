/// Hands over what has gathered in a vector.
#pragma once

#include <cstddef>
#include <vector>

namespace convene {

/// What most turns of a busy conference stay below.
inline constexpr std::size_t kKeptAfterTaking = 4096;

/// Replaces the content of `into` by that of `from`, whose memory is exchanged, so that it serves the next ones. Memory
/// for more than `kept` elements is given back when it comes to `from`: a burst must not leave it behind.
template <class T>
void take_all(std::vector<T>& from, std::vector<T>& into, std::size_t kept = kKeptAfterTaking) {
    into.clear();
    into.swap(from);
    if (from.capacity() > kept) from = std::vector<T>();
}

}  // namespace convene

/// Unpredictable octets from the operating system.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

#include "base/check.hpp"

namespace convene::io {

template <std::size_t Size>
std::array<std::byte, Size> random_octets() {
    static_assert(Size <= 256);  // what getentropy() gives at once
    std::array<std::byte, Size> out;
    CONVENE_CHECK(::getentropy(out.data(), out.size()) == 0, "the system has no random numbers");
    return out;
}

inline std::uint64_t random_number() {
    std::uint64_t out = 0;
    CONVENE_CHECK(::getentropy(&out, sizeof out) == 0, "the system has no random numbers");
    return out;
}

/// Forty digits that nobody can guess. A password must have a numeric form, and whoever presents that gets in: for a
/// text it must be no known one.
inline std::string random_digits() {
    constexpr std::size_t kCount = 40;
    std::string out;
    while (out.size() < kCount) out += std::to_string(random_number());
    out.resize(kCount);
    return out;
}

}  // namespace convene::io

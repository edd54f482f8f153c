/// Unpredictable octets from the operating system.
#pragma once

#include <unistd.h>

#include <array>
#include <cstdint>

#include "base/check.hpp"

namespace convene::server {

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

}  // namespace convene::server

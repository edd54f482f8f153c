/// Values of settings as people write them: durations like 10m, sizes like 64MiB, lists with commas.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace convene::server {

using Milliseconds = std::chrono::milliseconds;

/// A number of octets.
struct ByteSize {
    std::uint64_t value = 0;
    friend bool operator==(const ByteSize&, const ByteSize&) = default;
};

/// A whole number with one of the units ms, s, m, h, d: "250ms", "10m". The error is a sentence.
Expected<Milliseconds, std::string> parse_duration(std::string_view text);
/// A whole number of octets, alone or with KiB, MiB, GiB: "65536", "64KiB".
Expected<ByteSize, std::string> parse_size(std::string_view text);
Expected<std::uint64_t, std::string> parse_count(std::string_view text);
/// true, false, yes, no, on, off, 1, 0.
Expected<bool, std::string> parse_bool(std::string_view text);

/// The shortest form that reads back to the same value.
std::string to_text(Milliseconds duration);
std::string to_text(ByteSize size);

}  // namespace convene::server

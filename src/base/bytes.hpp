/// Octet strings: the owning form, the borrowed form, and small helpers to write and read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convene {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

/// Octets from integers, as tests and constants like to write them: `bytes({0x03, 0x00})`.
inline Bytes bytes(std::initializer_list<unsigned> values) {
    Bytes out;
    out.reserve(values.size());
    for (unsigned value : values) out.push_back(static_cast<std::byte>(value));
    return out;
}

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

inline Bytes to_bytes(std::string_view text) {
    auto view = as_bytes(text);
    return {view.begin(), view.end()};
}

inline std::string_view as_text(ByteView octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

inline Bytes to_bytes(ByteView octets) { return {octets.begin(), octets.end()}; }

inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

inline bool equal(ByteView left, ByteView right) { return as_text(left) == as_text(right); }

}  // namespace convene

#include "files/crc32.hpp"

#include <array>

namespace convene::files {
namespace {

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0xEDB88320U : 0U);
        table[i] = value;
    }
    return table;
}();

}  // namespace

void Crc32::update(ByteView octets) {
    for (const std::byte octet : octets)
        state_ = state_ >> 8 ^ kCrcTable[(state_ ^ std::to_integer<std::uint32_t>(octet)) & 0xFF];
}

}  // namespace convene::files

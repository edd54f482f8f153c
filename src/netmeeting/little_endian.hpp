/// Numbers as Windows lays them out in memory, for the formats of this room.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace convene::netmeeting {

/// 16 and 32 bits at `at`, which the caller has checked to lie within the octets.
inline std::uint16_t u16_at(ByteView octets, std::size_t at) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(octets[at]) | std::to_integer<unsigned>(octets[at + 1])
                                                                                  << 8);
}
inline std::uint32_t u32_at(ByteView octets, std::size_t at) {
    return u16_at(octets, at) | static_cast<std::uint32_t>(u16_at(octets, at + 2)) << 16;
}
inline std::int32_t s32_at(ByteView octets, std::size_t at) { return static_cast<std::int32_t>(u32_at(octets, at)); }

inline void put_u16(Bytes& out, std::uint16_t value) {
    out.push_back(static_cast<std::byte>(value & 0xFF));
    out.push_back(static_cast<std::byte>(value >> 8));
}
inline void put_u32(Bytes& out, std::uint32_t value) {
    put_u16(out, static_cast<std::uint16_t>(value & 0xFFFF));
    put_u16(out, static_cast<std::uint16_t>(value >> 16));
}
inline void put_s32(Bytes& out, std::int32_t value) { put_u32(out, static_cast<std::uint32_t>(value)); }

}  // namespace convene::netmeeting

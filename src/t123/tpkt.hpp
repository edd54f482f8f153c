/// The TPKT packet header: its layout, and the sizes that follow from its 16-bit length. T.123 clause 8, RFC 1006
/// clause 6.
#pragma once

#include <cstddef>
#include <cstdint>

#include "t123/tsdu.hpp"

namespace convene::t123 {

inline constexpr std::byte kTpktVersion{3};
inline constexpr std::size_t kTpktHeaderSize = 4;
inline constexpr std::size_t kMinFrame = 7;       ///< header and the shortest TPDU, an empty DT
inline constexpr std::size_t kMaxFrame = 65'535;  ///< what the length field can say, header included
inline constexpr std::size_t kMaxTpdu = kMaxFrame - kTpktHeaderSize;        ///< 65531, the default of RFC 1006
inline constexpr std::size_t kMinTpdu = 128;                                ///< smallest size X.224 can negotiate
inline constexpr std::size_t kDataTpduHeader = 3;                           ///< LI, DT code, EOT and number
inline constexpr std::size_t kMaxDataPayload = kMaxTpdu - kDataTpduHeader;  ///< 65528

/// Frames before the connection is open carry a TPDU of at most 1 + 254 header octets and no user data; the rest is
/// slack.
inline constexpr std::size_t kMaxConnectFrame = 1024;

inline constexpr std::byte kDataCode{0xF0};
inline constexpr std::byte kEndOfTsdu{0x80};

/// Big-endian, as everywhere in TPKT and X.224; `at` holds two octets.
inline std::uint16_t read_u16(const std::byte* at) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(at[0]) << 8 | std::to_integer<unsigned>(at[1]));
}
inline void write_u16(std::byte* at, std::size_t value) {
    at[0] = static_cast<std::byte>(value >> 8);
    at[1] = static_cast<std::byte>(value);
}

/// Whether the kDataHeaderSize octets at `frame` are those of a TSDU in one frame, whatever its length.
inline bool is_plain_data(const std::byte* frame) {
    return frame[0] == kTpktVersion && frame[1] == std::byte{0} && frame[4] == std::byte{2} && frame[5] == kDataCode &&
           frame[6] == kEndOfTsdu;
}

/// The TSDU in a whole data frame, framed.
inline Tsdu tsdu_in(const Slice& frame) { return {frame.sub(kDataHeaderSize, frame.size() - kDataHeaderSize), true}; }
/// Calls `f(Tsdu)` for each of the whole data frames that stand side by side in `run`.
template <class F>
void for_each_tsdu(const Slice& run, F&& f) {
    for (std::size_t at = 0; at < run.size();) {
        const std::size_t size = read_u16(run.data() + at + 2);
        f(tsdu_in(run.sub(at, size)));
        at += size;
    }
}

/// Writes the kDataHeaderSize octets before a payload of `payload_size` (at most kMaxDataPayload) octets.
inline void write_data_header(std::byte* at, std::size_t payload_size, bool end_of_tsdu) {
    at[0] = kTpktVersion;
    at[1] = std::byte{0};
    write_u16(at + 2, payload_size + kDataHeaderSize);
    at[4] = std::byte{2};
    at[5] = kDataCode;
    at[6] = end_of_tsdu ? kEndOfTsdu : std::byte{0};
}

}  // namespace convene::t123

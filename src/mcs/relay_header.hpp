/// The few octets of a version 2 data PDU that a relay must look at, read by hand.
///
/// This is the one place in this room that knows an encoding besides the schema: every relayed PDU passes here, and the
/// schema decoder would build a value nobody wants. relay_header_test.cpp proves that both agree on every input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// The alternatives of DomainMCSPDU that carry data, T.125 §7 part 10.
enum class DataKind : std::uint8_t {
    request = 25,
    indication = 26,
    uniform_request = 27,
    uniform_indication = 28,
};

struct RelayHeader {
    DataKind kind{};
    UserId initiator;
    ChannelId channel;
    DataPriority priority{};
    Segmentation segmentation;
    std::size_t data_offset = 0;  ///< of the user data in the PDU
    std::size_t data_size = 0;
    bool fragmented = false;  ///< the user data lies in several pieces (X.691 §11.9.3.8); offset and size say nothing

    bool is_uniform() const { return kind == DataKind::uniform_request || kind == DataKind::uniform_indication; }
    /// Octets of user data in `pdu`; of data in fragments a little more.
    std::size_t user_octets(ByteView pdu) const { return fragmented ? pdu.size() : data_size; }
    bool is_request() const { return kind == DataKind::request || kind == DataKind::uniform_request; }
};

/// Whether a version 2 PDU carries data, by its first octet.
inline bool carries_data(ByteView pdu) {
    if (pdu.empty()) return false;
    unsigned index = std::to_integer<unsigned>(pdu[0]) >> 2;
    return index >= 25 && index <= 28;
}

/// Nothing when the encoding is not valid.
std::optional<RelayHeader> read_relay_header(ByteView pdu);

/// Octets of user data in `pdu` when it is valid and says what `first` says but for its length and segmentation: the
/// same sender has sent it to the same channel.
std::optional<std::size_t> user_octets_of_next(const RelayHeader& first, ByteView pdu);

/// Turns a request into the indication of the same content, in place: they differ in the first octet alone.
inline void turn_into_indication(std::byte* pdu) {
    pdu[0] = static_cast<std::byte>(std::to_integer<unsigned>(pdu[0]) + 4);
}

}  // namespace convene::mcs

/// The chat packet of NetMeeting: eight octets of header and UTF-16 text in MCS data. MS-MNPR §2.2.3.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace convene::netmeeting {

/// The header: its own length, then reserved octets that are sent as zero and ignored.
inline constexpr std::size_t kChatHeaderBytes = 8;
/// Longer messages are cut here when they are shown or passed on.
inline constexpr std::size_t kMaxChatUnits = 4096;

/// The text of a packet in UTF-8, lines separated by "\n", control characters taken out, unpaired surrogates as U+FFFD.
/// Empty when this is no chat packet: shorter than its header, or a header length below 8.
std::optional<std::string> read_chat_packet(ByteView octets);

/// True when the octets look like chat beyond doubt: all-zero reserved octets, an even length and the terminator.
bool looks_like_chat_packet(ByteView octets);

/// Packets for `utf8`, each at most `max_octets` long and ending at a character.
std::vector<Bytes> write_chat_packets(std::string_view utf8, std::size_t max_octets);

}  // namespace convene::netmeeting

#include "netmeeting/chat_packet.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "gcc/names.hpp"

namespace convene::netmeeting {
namespace {

constexpr std::size_t kTerminatorBytes = 2;

/// Line breaks become "\n"; other control characters go.
std::u16string cleaned(std::u16string_view text) {
    std::u16string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char16_t unit = text[i];
        if (unit == u'\r') {
            if (i + 1 < text.size() && text[i + 1] == u'\n') ++i;
            out.push_back(u'\n');
        } else if (unit == u'\n' || unit == u'\t' || (unit >= 0x20 && !(unit >= 0x7F && unit < 0xA0))) {
            out.push_back(unit);
        }
    }
    return out;
}

}  // namespace

std::optional<std::string> read_chat_packet(ByteView octets) {
    if (octets.size() < kChatHeaderBytes) return std::nullopt;
    auto header = std::to_integer<std::size_t>(octets[0]);
    if (header < kChatHeaderBytes || header > octets.size()) return std::nullopt;
    std::u16string text;
    for (std::size_t i = header; i + 1 < octets.size() && text.size() < kMaxChatUnits; i += 2) {
        auto unit =
            static_cast<char16_t>(std::to_integer<unsigned>(octets[i]) | std::to_integer<unsigned>(octets[i + 1]) << 8);
        if (unit == 0) break;
        text.push_back(unit);
    }
    return gcc::to_utf8(cleaned(text));
}

bool looks_like_chat_packet(ByteView octets) {
    if (octets.size() < kChatHeaderBytes + kTerminatorBytes || octets.size() % 2 != 0) return false;
    auto is_zero = [](std::byte octet) { return octet == std::byte{0}; };
    return octets[0] == std::byte{kChatHeaderBytes} &&
           std::all_of(octets.begin() + 1, octets.begin() + kChatHeaderBytes, is_zero) && is_zero(octets.back()) &&
           is_zero(octets[octets.size() - 2]);
}

std::vector<Bytes> write_chat_packets(std::string_view utf8, std::size_t max_octets) {
    CONVENE_CHECK(max_octets >= kChatHeaderBytes + kTerminatorBytes + 4, "no room for a character");
    std::u16string text = gcc::to_bmp(utf8);
    std::size_t max_units = (max_octets - kChatHeaderBytes - kTerminatorBytes) / 2;
    std::vector<Bytes> packets;
    std::size_t at = 0;
    do {
        std::size_t count = std::min(max_units, text.size() - at);
        if (at + count < text.size() && is_high_surrogate(text[at + count - 1])) --count;
        Bytes packet(kChatHeaderBytes);
        packet[0] = std::byte{kChatHeaderBytes};
        for (char16_t unit : text.substr(at, count) + u'\0') {
            packet.push_back(static_cast<std::byte>(unit & 0xFF));
            packet.push_back(static_cast<std::byte>(unit >> 8));
        }
        packets.push_back(std::move(packet));
        at += count;
    } while (at < text.size());
    return packets;
}

}  // namespace convene::netmeeting

/// What a receiver gets: octets of any protocol, of which only the heads of the frames are looked at.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "bench/peers/histogram.hpp"

namespace convene::bench::peers {

constexpr std::size_t kMostHead = 192;  ///< octets in which any protocol has said how long a frame is
constexpr std::size_t kStampSize = 8;   ///< a message begins with the time it was due, in nanoseconds

/// What the first octets of a frame say.
struct FrameHead {
    std::size_t size = 0;        ///< of the whole frame; 0: more octets are needed to know
    std::size_t payload_at = 0;  ///< where that of a message begins; 0: the frame is no message
};

/// What is known of one connection between two reads.
struct Stream {
    std::uint64_t messages = 0;  ///< that have come whole
    std::size_t missing = 0;     ///< octets of the frame that has begun
    bool is_message = false;     ///< the frame that has begun is one
    std::uint64_t stamp = 0;     ///< of the message that has begun
    std::array<char, kMostHead> head{};
    std::size_t head_size = 0;  ///< octets of a head that has come in part
};

/// Octets as they come, with room before them for the part of a head that came before.
struct ReadBuffer {
    static constexpr std::size_t kSize = 128 * 1024;
    std::array<char, kMostHead + kSize> octets{};
    char* data() { return octets.data() + kMostHead; }
};

/// Where latencies go, and the time at which the octets were read.
struct Arrival {
    Histogram* latencies = nullptr;  ///< nullptr: only count
    std::uint64_t now = 0;           ///< nanoseconds of the steady clock
};

/// Takes `size` octets at buffer.data() apart.
using Scan = void (*)(Stream& stream, ReadBuffer& buffer, std::size_t size, const Arrival& arrival);

inline void complete(Stream& stream, const Arrival& arrival) {
    if (!stream.is_message) return;
    ++stream.messages;
    if (arrival.latencies != nullptr && stream.stamp != 0)
        arrival.latencies->add(arrival.now > stream.stamp ? arrival.now - stream.stamp : 0);
}

/// The Scan for a protocol whose heads Head reads: from frame to frame, without a look at what is in between.
template <FrameHead (*Head)(const char* octets, std::size_t size)>
void scan(Stream& stream, ReadBuffer& buffer, std::size_t size, const Arrival& arrival) {
    char* at = buffer.data();
    char* end = at + size;
    if (stream.missing > size) {
        stream.missing -= size;
        return;
    }
    if (stream.missing > 0) {
        at += stream.missing;
        stream.missing = 0;
        complete(stream, arrival);
    }
    at -= stream.head_size;
    std::memcpy(at, stream.head.data(), stream.head_size);
    stream.head_size = 0;
    while (at < end) {
        auto available = static_cast<std::size_t>(end - at);
        FrameHead head = Head(at, available);
        if (head.size == 0 || (head.payload_at != 0 && available < head.payload_at + kStampSize)) {
            stream.head_size = available < kMostHead ? available : kMostHead;
            std::memcpy(stream.head.data(), at, stream.head_size);
            return;
        }
        stream.is_message = head.payload_at != 0;
        if (stream.is_message) std::memcpy(&stream.stamp, at + head.payload_at, kStampSize);
        if (head.size > available) {
            stream.missing = head.size - available;
            return;
        }
        complete(stream, arrival);
        at += head.size;
    }
}

/// The decimal number that begins at `at`, which moves behind it; `end` limits the look.
inline std::size_t read_number(const char*& at, const char* end) {
    std::size_t value = 0;
    for (; at < end && *at >= '0' && *at <= '9'; ++at) value = value * 10 + static_cast<std::size_t>(*at - '0');
    return value;
}

}  // namespace convene::bench::peers

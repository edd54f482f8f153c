/// What one connection has still to send: shared slices while it keeps up, memory of its own when it falls behind.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/slice.hpp"

namespace convene::io {

/// Slices as long as this stay shared even in a backlog: they pin little besides themselves.
inline constexpr std::size_t kCopyBelow = 32 * 1024;
/// Size of the queue's own chunks, into which the slices of a backlog are copied.
inline constexpr std::size_t kBacklogChunk = 64 * 1024;
inline constexpr std::size_t kFirstBacklogChunk = 4 * 1024;

/// A sequence of octets in the order they were pushed. Knows nothing of sockets.
class OutputQueue {
public:
    OutputQueue() = default;
    OutputQueue(OutputQueue&&) = default;
    OutputQueue& operator=(OutputQueue&&) = default;

    /// Appends whole frames. A slice that continues the last one in memory is merged with it.
    void push(Slice octets, std::uint32_t frames = 1);
    /// Describes the first octets to write; returns how many entries of `out` were filled.
    std::size_t gather(std::span<iovec> out) const;
    /// Forgets the first `octets` octets; returns how many frames have left the queue since the last call.
    std::size_t consume(std::size_t octets);
    /// The receiver does not keep up: copies what is small into own chunks, now and until the queue is empty again, so
    /// that a slow receiver does not keep the read blocks of everybody else in memory.
    void settle();
    void clear();

    std::size_t octets() const { return octets_; }
    bool empty() const { return octets_ == 0; }
    bool settled() const { return settled_; }
    /// Runs of contiguous memory held, for tests.
    std::size_t runs() const { return entries_.size() - head_; }

private:
    struct Entry {
        Slice octets;
        std::uint32_t frames;  // whose last octet lies in this entry
    };

    void append(Slice frame, std::uint32_t frames);
    Slice copy_to_chunk(ByteView octets);

    std::vector<Entry> entries_;
    std::size_t head_ = 0;  // entries before it are sent
    std::size_t octets_ = 0;
    bool settled_ = false;
    Slice chunk_;  // the whole of the newest own chunk
    std::size_t chunk_used_ = 0;
};

}  // namespace convene::io

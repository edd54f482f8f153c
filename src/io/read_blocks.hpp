/// The memory that the sockets of one thread receive into: one large block at a time, shared by all of them.
#pragma once

#include <cstddef>
#include <span>

#include "base/slice.hpp"

namespace convene::io {

inline constexpr std::size_t kReadBlock = 256 * 1024;  ///< octets in a block unless the owner says otherwise
inline constexpr std::size_t kSmallestReadBlock = 64 * 1024;
inline constexpr std::size_t kSmallestRoom = 16 * 1024;  ///< with less room left, a new block is begun

/// A socket asks for room() when it is readable, receives into it, and takes what it got as a slice. An idle
/// connection holds no memory here. Blocks live as long as slices of them do. One thread only.
class ReadBlocks {
public:
    explicit ReadBlocks(std::size_t block_size = kReadBlock);
    ReadBlocks(const ReadBlocks&) = delete;
    ReadBlocks& operator=(const ReadBlocks&) = delete;
    ~ReadBlocks() { drop(); }

    /// At least kSmallestRoom octets of free memory; valid until the next call.
    std::span<std::byte> room();
    /// The first `count` octets of the room handed out last, which are no longer free.
    Slice take(std::size_t count);

    /// Blocks allocated since the beginning, for tests and metrics.
    std::size_t blocks_made() const { return blocks_made_; }

private:
    void drop();

    std::size_t block_size_;
    SharedBuffer* block_ = nullptr;
    std::size_t used_ = 0;
    std::size_t blocks_made_ = 0;
};

}  // namespace convene::io

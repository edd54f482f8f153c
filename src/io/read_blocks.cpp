#include "io/read_blocks.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace convene::io {

ReadBlocks::ReadBlocks(std::size_t block_size) : block_size_(std::max(block_size, kSmallestReadBlock)) {}

void ReadBlocks::drop() {
    if (block_ != nullptr) block_->release();
    block_ = nullptr;
}

std::span<std::byte> ReadBlocks::room() {
    // Nobody holds what was read before: the warm memory is used again.
    if (block_ != nullptr && !block_->is_shared()) used_ = 0;
    if (block_ == nullptr || block_size_ - used_ < kSmallestRoom) {
        drop();
        block_ = SharedBuffer::create(block_size_);
        used_ = 0;
        ++blocks_made_;
    }
    return {block_->data() + used_, block_size_ - used_};
}

Slice ReadBlocks::take(std::size_t count) {
    CONVENE_CHECK(block_ != nullptr && count <= block_size_ - used_, "taken more than there was room for");
    block_->retain();
    Slice slice(block_, used_, count);
    used_ += count;
    return slice;
}

}  // namespace convene::io

/// Handles for what a node creates: blocks of them come from GCC's registry.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "whiteboard/objects.hpp"

namespace convene::whiteboard {

/// T.126 §2: asked for this many at a time, before the last are used.
inline constexpr std::uint16_t kHandleBlock = 256;
inline constexpr std::size_t kFewHandles = 64;

class HandlePool {
public:
    /// Whether a block is to be asked for now; then it counts as asked for.
    bool wants_block() {
        if (is_asked_ || is_refused_ || left_ > kFewHandles) return false;
        is_asked_ = true;
        return true;
    }
    void on_block(ItemId first, std::uint32_t count) {
        is_asked_ = false;
        if (count == 0) return;
        blocks_.push_back({first.value, count});
        left_ += count;
    }
    /// The registry has none. Then they are made up, from the user's number, in a half of the space that a registry
    /// does not reach (it counts from 1); two that are equal after all are dealt with as T.126 says.
    void on_refused(mcs::UserId self) {
        is_asked_ = false;
        is_refused_ = true;
        self_ = self;
    }
    /// The connection is gone: an answer will not come.
    void on_lost() { is_asked_ = is_refused_ = false; }

    std::optional<ItemId> take() {
        if (blocks_.empty()) {
            if (!is_refused_) return std::nullopt;
            return ItemId{0x8000'0000U | static_cast<std::uint32_t>(self_.value) << 15 | (made_up_++ & 0x7FFFU)};
        }
        Block& block = blocks_.front();
        ItemId id{block.next++};
        --left_;
        if (--block.count == 0) blocks_.pop_front();
        return id;
    }

private:
    struct Block {
        std::uint32_t next = 0;
        std::uint32_t count = 0;
    };
    std::deque<Block> blocks_;
    std::size_t left_ = 0;
    bool is_asked_ = false;
    bool is_refused_ = false;
    mcs::UserId self_;
    std::uint32_t made_up_ = 0;
};

}  // namespace convene::whiteboard

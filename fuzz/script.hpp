/// The input of a fuzz target that acts a play: what happens next is read from its front.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace convene::fuzz {

/// Gives zeros when it is used up.
class Script {
public:
    explicit Script(ByteView input) : left_(input) {}
    bool done() const { return left_.empty(); }
    unsigned octet() {
        if (left_.empty()) return 0;
        const unsigned value = std::to_integer<unsigned>(left_[0]);
        left_ = left_.subspan(1);
        return value;
    }
    std::uint16_t number() {
        const unsigned high = octet();
        return static_cast<std::uint16_t>(high << 8 | octet());
    }
    /// Fewer than `size` where the input ends.
    ByteView octets(std::size_t size) {
        const ByteView out = left_.first(std::min(size, left_.size()));
        left_ = left_.subspan(out.size());
        return out;
    }

private:
    ByteView left_;
};

}  // namespace convene::fuzz

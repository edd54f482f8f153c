#include "t123/tsdu_assembly.hpp"

#include <algorithm>
#include <utility>

#include "t123/blank_slice.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {

void TsduAssembly::append(ByteView segment) {
    active_ = true;
    if (segment.empty()) return;
    const std::size_t needed = kDataHeaderSize + size_ + segment.size();
    if (needed > block_.size()) {
        Slice larger = blank_slice(std::max(needed, 2 * block_.size()));
        if (size_ > 0) {
            std::copy_n(block_.data() + kDataHeaderSize, size_, larger.mutable_data() + kDataHeaderSize);
        }
        block_ = std::move(larger);
    }
    std::copy(segment.begin(), segment.end(), block_.mutable_data() + kDataHeaderSize + size_);
    size_ += segment.size();
}

Tsdu TsduAssembly::finish() {
    Tsdu out;
    if (size_ > 0) {
        out.framed = size_ <= kMaxDataPayload;
        if (out.framed) write_data_header(block_.mutable_data(), size_, true);
        out.payload = block_.sub(kDataHeaderSize, size_);
    }
    clear();
    return out;
}

void TsduAssembly::clear() {
    block_ = Slice{};
    size_ = 0;
    active_ = false;
}

}  // namespace convene::t123

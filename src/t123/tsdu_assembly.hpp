/// Puts a TSDU together from the payloads of several DTs.
#pragma once

#include <cstddef>

#include "base/bytes.hpp"
#include "base/slice.hpp"
#include "t123/tsdu.hpp"

namespace convene::t123 {

/// Copies, so that many short segments never hold many long read buffers. Memory is at most about twice what arrived;
/// between TSDUs there is none.
class TsduAssembly {
public:
    bool active() const { return active_; }
    std::size_t size() const { return size_; }  ///< octets of payload so far

    /// The caller bounds size().
    void append(ByteView segment);

    /// The whole, framed when one DT could carry it; the assembly starts afresh.
    Tsdu finish();
    void clear();

private:
    Slice block_;  // kDataHeaderSize octets of room for a header, then payload, then spare room
    std::size_t size_ = 0;
    bool active_ = false;
};

}  // namespace convene::t123

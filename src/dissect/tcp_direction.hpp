/// Puts the segments of one direction of a TCP connection in order.
#pragma once

#include <cstdint>
#include <map>

#include "base/bytes.hpp"

namespace convene::dissect {

/// What comes out: octets in order, or the number of octets that never came.
class InOrder {
public:
    virtual void on_octets(ByteView octets) = 0;
    virtual void on_gap(std::uint64_t octets) = 0;

protected:
    ~InOrder() = default;
};

/// Segments that came too early wait, up to a bound; then what is missing counts as lost. What came twice comes out
/// once.
class TcpDirection {
public:
    static constexpr std::size_t kMaxWaiting = 512 * 1024;  ///< octets
    static constexpr std::size_t kMaxSegments = 1024;

    void on_segment(std::uint32_t sequence, bool syn, ByteView payload, InOrder& out);
    /// There will be no more: hands out what waits.
    void finish(InOrder& out);

    bool started() const { return started_; }
    /// True when `sequence` of a SYN is not the one with which this direction began.
    bool is_another_start(std::uint32_t sequence) const { return started_ && sequence + 1 != first_; }

private:
    void deliver(std::uint64_t at, ByteView payload, InOrder& out);
    void deliver_waiting(InOrder& out);
    void skip_to_first_waiting(InOrder& out);

    bool started_ = false;
    std::uint32_t first_ = 0;  // sequence number of the first octet
    std::uint64_t next_ = 0;   // octets handed out or lost so far
    std::map<std::uint64_t, Bytes> waiting_;
    std::size_t octets_waiting_ = 0;
};

}  // namespace convene::dissect

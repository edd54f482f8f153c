/// What the connections of one thread share: its io_context, its read blocks, and the list of those with output
/// waiting.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "base/time.hpp"
#include "io/latency.hpp"
#include "io/read_blocks.hpp"

namespace convene::io {

class Connection;

/// What is read, from whichever connections, before what it led to is written. It is copied to many receivers, so it
/// should still lie in the cache of the core, and beside it what the kernel copies to.
inline constexpr std::size_t kTurnOctets = 256 * 1024;

/// One per thread that carries connections; outlives them. Used from that thread only.
class Lane {
public:
    explicit Lane(boost::asio::io_context& context, std::size_t read_block = kReadBlock)
        : context_(context), blocks_(read_block) {}
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    boost::asio::io_context& context() { return context_; }
    ReadBlocks& read_blocks() { return blocks_; }
    /// From octets read on one connection to the last of what they led to written on another, for each receiver that
    /// had nothing waiting when they came.
    Latency& latency() { return latency_; }

    /// Whatever connections are given to write until end_read() comes of octets that were read at `at`.
    void begin_read(Instant at) { read_at_ = at; }
    /// Writes what waits when a turn's octets have been read.
    void end_read(std::size_t octets);
    /// Instant() outside of a read.
    Instant read_at() const { return read_at_; }

    /// Has `connection` write once everything that is ready in this wake-up has been handled, or kTurnOctets of it, so
    /// that all frames that came up in the meantime leave in one call.
    void flush_soon(std::shared_ptr<Connection> connection);

private:
    void flush_all();

    boost::asio::io_context& context_;
    ReadBlocks blocks_;
    std::vector<std::shared_ptr<Connection>> waiting_;
    Latency latency_;
    Instant read_at_;
    std::size_t turn_octets_ = 0;
    bool posted_ = false;
};

}  // namespace convene::io

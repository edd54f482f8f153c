/// What the connections of one thread share: its io_context, its read blocks, and the list of those with output
/// waiting.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "io/read_blocks.hpp"

namespace convene::io {

class Connection;

/// One per thread that carries connections; outlives them. Used from that thread only.
class Lane {
public:
    explicit Lane(boost::asio::io_context& context, std::size_t read_block = kReadBlock)
        : context_(context), blocks_(read_block) {}
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    boost::asio::io_context& context() { return context_; }
    ReadBlocks& read_blocks() { return blocks_; }

    /// Has `connection` write once everything that is ready in this wake-up has been handled, so that all frames that
    /// came up in the meantime leave in one call.
    void flush_soon(std::shared_ptr<Connection> connection);

private:
    void flush_all();

    boost::asio::io_context& context_;
    ReadBlocks blocks_;
    std::vector<std::shared_ptr<Connection>> waiting_;
    bool posted_ = false;
};

}  // namespace convene::io

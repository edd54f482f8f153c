/// One connection, by TCP or within the machine: bytes in as slices of shared read blocks, frames out by one vectored
/// write per wake-up.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/slice.hpp"
#include "base/time.hpp"
#include "io/output_queue.hpp"
#include "io/tap.hpp"
#include "io/too_slow.hpp"

namespace convene::io {

class Lane;

/// More unsent octets than this and the receiver is given up. It stands well above the level at which T.125 flow
/// control stops those who send to it.
inline constexpr std::size_t kOutputLimit = 8 * 1024 * 1024;
/// How long a close may wait for queued output to leave and for the peer to close its side.
inline constexpr Duration kCloseTime = std::chrono::seconds(3);

/// A receiver with output waiting takes at least kStallOctets in every kStallTime, about half of what a modem of 1996
/// carries, or it is given up: others may be waiting for it.
inline constexpr Duration kStallTime = std::chrono::seconds(10);
inline constexpr std::size_t kStallOctets = 16 * 1024;

struct ConnectionLimits {
    std::size_t output_limit = kOutputLimit;
    Duration stall_time = kStallTime;
};

class Connection;

/// What has travelled on connections.
struct Traffic {
    std::uint64_t octets_in = 0;
    std::uint64_t octets_out = 0;
    std::uint64_t frames_out = 0;
};

/// What the owner of connections hears. Calls come from the io_context of the lane, never from within a call of the
/// owner to the connection.
class ConnectionEvents {
public:
    virtual void on_bytes(Connection& connection, Slice octets) = 0;
    /// After a write: so many frames left, so many octets are still queued.
    virtual void on_written(Connection& connection, std::size_t frames, std::size_t octets_queued) = 0;
    /// The queue is beyond the limit, or hardly moves; the owner is expected to abort().
    virtual void on_too_slow(Connection& connection, TooSlow why) = 0;
    /// What waits after a wake-up's writes is no longer `before`, but connection.backlog(). Never called for one that
    /// keeps up. The owner may abort() any connection.
    virtual void on_backlog(Connection& connection, std::size_t before) = 0;
    /// The connection is over, and nothing more comes from it. Not called after abort().
    virtual void on_closed(Connection& connection, std::string_view why) = 0;

protected:
    ~ConnectionEvents() = default;
};

/// Shared because every operation under way in the kernel keeps its connection alive; the owner holds the other
/// reference and calls abort() before it goes away itself. Used from the thread of its lane only.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Socket = boost::asio::generic::stream_protocol::socket;  ///< a TCP one becomes one by itself

    /// `socket` is connected and belongs to the lane's io_context. `number` is for the owner to tell connections apart.
    Connection(Lane& lane, Socket socket, std::uint32_t number, ConnectionEvents& events, ConnectionLimits limits = {});
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Sets the socket up (no delay, keepalive) and begins to read.
    void start();

    /// Queues whole frames; they leave at the end of this wake-up. Ignored when closing.
    void write(Slice octets, std::uint32_t frames = 1);
    /// Stops and resumes reading, so that TCP holds the peer back.
    void pause_reading() { reading_ = false; }
    void resume_reading();
    /// Sends what is queued, then closes; after `limit` it closes anyway. on_closed() follows.
    void close(std::string_view why, Duration limit = kCloseTime);
    /// Closes at once and says nothing more.
    void abort();

    /// Whom the octets come from where the socket does not know it.
    void set_ends(const boost::asio::ip::tcp::endpoint& local, const boost::asio::ip::tcp::endpoint& peer) {
        local_ = local;
        peer_ = peer;
    }
    void set_tap(std::unique_ptr<Tap> tap) { tap_ = std::move(tap); }
    bool has_tap() const { return tap_ != nullptr; }

    std::uint32_t number() const { return number_; }
    std::size_t octets_queued() const { return output_.octets(); }
    /// Octets that were left when it last had its turn to write; stays as it is once the connection is over.
    std::size_t backlog() const { return backlog_; }
    const Traffic& traffic() const { return traffic_; }
    bool is_open() const { return state_ == State::open; }
    boost::asio::ip::tcp::endpoint peer() const { return peer_; }
    boost::asio::ip::tcp::endpoint local() const { return local_; }

private:
    friend class Lane;
    enum class State : std::uint8_t {
        open,
        draining,   // writes what is queued, reads nothing
        lingering,  // has sent FIN, throws away what comes until the peer's FIN
        closed,
    };

    void wait_readable();
    void on_readable();
    void read_some();
    void discard_some();
    void flush();
    void write_some();
    void wait_writable();
    void watch_progress();
    void too_slow(TooSlow why);
    void tell_backlog();
    void finish_sending();
    void ended(std::string_view why, bool by_peer);
    void close_socket();

    Lane& lane_;
    Socket socket_;
    ConnectionEvents& events_;
    OutputQueue output_;
    std::unique_ptr<Tap> tap_;
    std::unique_ptr<boost::asio::steady_timer> timer_;  // of close(), or of a backlog; an idle connection has none
    std::string close_reason_;
    Instant waiting_since_;  // when that was read which the oldest octets of the output come of; Instant(): of no read
    boost::asio::ip::tcp::endpoint peer_;
    boost::asio::ip::tcp::endpoint local_;
    ConnectionLimits limits_;
    Traffic traffic_;
    std::size_t taken_ = 0;    // octets written since the last look at the backlog
    std::size_t backlog_ = 0;  // as the owner knows it
    std::uint32_t number_;
    State state_ = State::open;
    bool reading_ = true;
    bool waiting_readable_ = false;
    bool waiting_writable_ = false;
    bool flush_wanted_ = false;
};

}  // namespace convene::io

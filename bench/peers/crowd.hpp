/// The connections of one measurement: conferences with a publisher and receivers each, driven by one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/peers/driver.hpp"
#include "bench/peers/work.hpp"

namespace convene::bench::peers {

/// Nanoseconds of the steady clock.
std::uint64_t now_ns();

class Crowd {
public:
    Crowd(Driver& driver, const Work& work);
    Crowd(const Crowd&) = delete;
    ~Crowd();

    std::size_t conferences() const { return rooms_.size(); }
    std::size_t receivers() const { return streams_.size(); }
    std::uint64_t delivered() const { return delivered_; }
    /// Messages that have been given to the kernel, or are being given, less those that every receiver has.
    std::uint64_t ahead(std::size_t conference) const;
    /// Whether all that was to be written is.
    bool written(std::size_t conference) const { return rooms_[conference].unsent == 0; }

    /// Begins to write `count` messages (at most a batch) to a conference where written(). With `due`, each carries
    /// the time at which it should have left: due[i].
    void publish(std::size_t conference, std::size_t count, const std::uint64_t* due = nullptr);
    /// Reads what has come and goes on writing; waits up to `milliseconds` for something to do.
    void turn(int milliseconds, Histogram* latencies = nullptr);
    /// Turns until every receiver has every message. False when nothing comes for 10 s and some are missing.
    bool settle();

private:
    struct Room {
        Publisher publisher;
        Bytes batch;  ///< frames side by side
        std::uint64_t sent = 0;
        std::size_t at = 0;      ///< of batch, where writing goes on
        std::size_t unsent = 0;  ///< octets from there
        bool blocked = false;    ///< waits until the socket takes more
        std::size_t first = 0;   ///< of its streams
    };

    std::uint64_t sent_to_all() const;
    void connect_receiver(Driver& driver, std::size_t conference);
    void read_all();
    void watch(int operation, const Socket& socket, std::uint32_t events, std::uint64_t mark);
    void write(std::size_t conference);
    void read(std::size_t stream, Histogram* latencies);

    Work work_;
    Scan scan_;
    int epoll_;
    std::vector<Room> rooms_;
    std::vector<Socket> sockets_;
    std::vector<Stream> streams_;  ///< those of the first conference first
    std::uint64_t delivered_ = 0;
    ReadBuffer buffer_;
};

}  // namespace convene::bench::peers

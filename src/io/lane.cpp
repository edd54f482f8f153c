#include "io/lane.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "io/connection.hpp"

namespace convene::io {

void Lane::flush_soon(std::shared_ptr<Connection> connection) {
    waiting_.push_back(std::move(connection));
    if (std::exchange(posted_, true)) return;
    boost::asio::post(context_, [this] {
        posted_ = false;
        flush_all();
    });
}

void Lane::end_read(std::size_t octets) {
    read_at_ = Instant();
    turn_octets_ += octets;
    if (turn_octets_ >= kTurnOctets) flush_all();
}

void Lane::flush_all() {
    turn_octets_ = 0;
    // Flushing may call back into owners who queue more; those wait for the next round.
    std::vector<std::shared_ptr<Connection>> now;
    now.swap(waiting_);
    for (auto& connection : now) connection->flush();
    now.clear();
    if (waiting_.empty()) waiting_.swap(now);  // keeps the memory
}

}  // namespace convene::io

// The bare relay once more, by io_uring: all writes that a read leads to are handed to the kernel by one call.
#include <liburing.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "bench/peers/bare_relay.hpp"

namespace convene::bench::peers {
namespace {

constexpr unsigned kEntries = 4096;
constexpr std::size_t kReadBytes = 256 * 1024;

/// What was read at once; back to the pool when everybody has it.
struct Block {
    std::vector<char> octets = std::vector<char>(kReadBytes);
    std::size_t size = 0;
    std::size_t users = 0;
};

struct Connection;
using Room = std::vector<Connection*>;

struct Connection {
    int socket = -1;
    Room* room = nullptr;
    bool publishes = false;
    Block* reading = nullptr;
    std::deque<Block*> pending;  ///< the first is on its way
    std::size_t sent = 0;        ///< of the first
};

/// What a completion belongs to: a connection, and in the lowest bit whether it was a write.
std::uint64_t tag(Connection* connection, bool is_write) {
    return reinterpret_cast<std::uint64_t>(connection) | static_cast<std::uint64_t>(is_write);
}

class UringRelay {
public:
    explicit UringRelay(std::uint16_t port) : listener_(listen_on(port)) {
        io_uring_params params{};
        params.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
        CONVENE_CHECK(::io_uring_queue_init_params(kEntries, &ring_, &params) == 0, "no io_uring here");
        accept();
    }

    [[noreturn]] void run() {
        while (true) {
            ::io_uring_submit_and_wait(&ring_, 1);
            io_uring_cqe* completion = nullptr;
            unsigned head = 0, count = 0;
            io_uring_for_each_cqe(&ring_, head, completion) {
                ++count;
                handle(completion->user_data, completion->res);
            }
            ::io_uring_cq_advance(&ring_, count);
        }
    }

private:
    io_uring_sqe* entry() {
        io_uring_sqe* free = ::io_uring_get_sqe(&ring_);
        if (free != nullptr) return free;
        ::io_uring_submit(&ring_);
        return ::io_uring_get_sqe(&ring_);
    }
    void handle(std::uint64_t data, int result) {
        if (data == 0) return accepted(result);
        auto* connection = reinterpret_cast<Connection*>(data & ~std::uint64_t{1});
        if ((data & 1) != 0) return written(*connection, result);
        arrived(*connection, result);
    }
    void accept() {
        auto* one = entry();
        ::io_uring_prep_accept(one, listener_, nullptr, nullptr, 0);
        ::io_uring_sqe_set_data64(one, 0);
    }
    void accepted(int socket) {
        accept();
        if (socket < 0) return;
        int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto& connection = connections_[socket];
        connection = std::make_unique<Connection>();
        connection->socket = socket;
        read(*connection);
    }
    void read(Connection& connection) {
        connection.reading = take();
        auto* one = entry();
        ::io_uring_prep_recv(one, connection.socket, connection.reading->octets.data(), kReadBytes, 0);
        ::io_uring_sqe_set_data64(one, tag(&connection, false));
    }
    void arrived(Connection& connection, int size) {
        Block* block = std::exchange(connection.reading, nullptr);
        if (size <= 0) {
            give_back(block);
            return leave(connection);
        }
        block->size = static_cast<std::size_t>(size);
        if (connection.room == nullptr) {
            greet(connection, *block);
        } else if (connection.publishes) {
            for (auto* receiver : *connection.room) write(*receiver, block);
        }
        give_back(block);
        read(connection);
    }
    void greet(Connection& connection, const Block& hello) {
        connection.room = &rooms_[room_of(hello.octets.data())];
        connection.publishes = hello.octets[0] == kBarePublisher;
        if (!connection.publishes) connection.room->push_back(&connection);
        CONVENE_CHECK(::send(connection.socket, &kBareReady, 1, MSG_NOSIGNAL) == 1, "a new socket takes an octet");
    }
    void write(Connection& connection, Block* block) {
        ++block->users;
        connection.pending.push_back(block);
        if (connection.pending.size() == 1) send(connection);
    }
    void send(Connection& connection) {
        Block& first = *connection.pending.front();
        auto* one = entry();
        ::io_uring_prep_send(one, connection.socket, first.octets.data() + connection.sent,
                             first.size - connection.sent, MSG_NOSIGNAL | MSG_WAITALL);
        ::io_uring_sqe_set_data64(one, tag(&connection, true));
    }
    void written(Connection& connection, int size) {
        if (size < 0) return;  // the reader will notice
        Block* first = connection.pending.front();
        connection.sent += static_cast<std::size_t>(size);
        if (connection.sent == first->size) {
            connection.pending.pop_front();
            connection.sent = 0;
            give_back(first);
        }
        if (!connection.pending.empty()) send(connection);
    }
    void leave(Connection& connection) {
        if (connection.room != nullptr) {
            auto& room = *connection.room;
            room.erase(std::remove(room.begin(), room.end(), &connection), room.end());
        }
        ::close(connection.socket);  // its memory stays: a write may be on its way
    }

    Block* take() {
        if (free_.empty()) free_.push_back(new Block);
        Block* block = free_.back();
        free_.pop_back();
        block->users = 1;
        return block;
    }
    void give_back(Block* block) {
        if (--block->users == 0) free_.push_back(block);
    }

    int listener_;
    io_uring ring_{};
    std::map<int, std::unique_ptr<Connection>> connections_;
    std::map<std::uint16_t, Room> rooms_;
    std::vector<Block*> free_;
};

}  // namespace

void run_uring_relay(const std::vector<std::uint16_t>& ports) {
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < ports.size(); ++i) threads.emplace_back([port = ports[i]] { UringRelay(port).run(); });
    UringRelay(ports.at(0)).run();
}

}  // namespace convene::bench::peers

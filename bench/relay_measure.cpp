#include "bench/relay_measure.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/check.hpp"
#include "bench/loopback.hpp"
#include "bench/plain_relay.hpp"
#include "bench/process.hpp"

namespace convene::bench {
namespace {

/// Reads and throws away until every receiver has `octets` octets.
void drain(const std::vector<int>& receivers, std::size_t octets) {
    int epoll = ::epoll_create1(0);
    std::vector<std::size_t> left(receivers.size(), octets);
    for (std::size_t i = 0; i < receivers.size(); ++i) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, receivers[i], &event);
    }
    std::size_t open = receivers.size();
    epoll_event events[64];
    while (open > 0) {
        int count = ::epoll_wait(epoll, events, 64, 20'000);
        CONVENE_CHECK(count > 0, "a receiver waits for octets that never come");
        for (int e = 0; e < count; ++e) {
            std::size_t i = events[e].data.u64;
            auto got = ::recv(receivers[i], nullptr, 1 << 20, MSG_TRUNC | MSG_DONTWAIT);
            CONVENE_CHECK(got > 0, "a receiver was disconnected");
            left[i] -= std::min(left[i], static_cast<std::size_t>(got));
            if (left[i] > 0) continue;
            ::epoll_ctl(epoll, EPOLL_CTL_DEL, receivers[i], nullptr);
            --open;
        }
    }
    ::close(epoll);
}

}  // namespace

double measure_deliveries(pid_t server, int publisher, const std::vector<int>& receivers, ByteView frame,
                          std::size_t messages) {
    // Several frames a write, as a busy sender's kernel would batch them anyway.
    std::size_t batch = std::max<std::size_t>(1, 32 * 1024 / frame.size());
    Bytes octets;
    for (std::size_t i = 0; i < batch; ++i) append(octets, frame);
    std::size_t writes = messages / batch;
    double before = cpu_of(server);
    std::thread sender([&] {
        for (std::size_t i = 0; i < writes; ++i) write_all(publisher, octets);
    });
    drain(receivers, writes * octets.size());
    sender.join();
    double used = cpu_of(server) - before;
    return static_cast<double>(writes * batch * receivers.size()) / std::max(used, 0.01);
}

double measure_plain(std::size_t receivers, std::size_t frame_size, std::size_t messages) {
    int pipe_ends[2];
    CONVENE_CHECK(::pipe(pipe_ends) == 0, "no pipe");
    pid_t child = ::fork();
    if (child == 0) run_plain_relay(pipe_ends[1]);
    std::uint16_t port = 0;
    CONVENE_CHECK(::read(pipe_ends[0], &port, sizeof port) == sizeof port, "no port");
    int publisher = connect_to(port);
    std::vector<int> sockets;
    for (std::size_t i = 0; i < receivers; ++i) sockets.push_back(connect_to(port));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    double result = measure_deliveries(child, publisher, sockets, Bytes(frame_size, std::byte{0x5A}), messages);
    ::close(publisher);
    for (int socket : sockets) ::close(socket);
    ::waitpid(child, nullptr, 0);
    return result;
}

}  // namespace convene::bench

// What a large conference costs: nodes join one after the other as fast as the server lets them, and are told of each
// other.
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "bench/relay_client.hpp"
#include "bench/server_process.hpp"

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kQuiet = std::chrono::seconds(7);  // longer than the largest distance between two rosters

/// Reads what comes to all clients and counts it.
class Drain {
public:
    Drain() : epoll_(::epoll_create1(0)), thread_([this] { run(); }) {}
    ~Drain() {
        stop_ = true;
        thread_.join();
        ::close(epoll_);
    }
    void add(int socket) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }
    std::size_t octets() const { return octets_; }
    Clock::time_point last() const { return last_; }

private:
    void run() {
        epoll_event events[256];
        while (!stop_) {
            int count = ::epoll_wait(epoll_, events, 256, 50);
            for (int i = 0; i < count; ++i) {
                auto got = ::recv(events[i].data.fd, nullptr, 1 << 20, MSG_TRUNC | MSG_DONTWAIT);
                if (got <= 0) {
                    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, events[i].data.fd, nullptr);
                    continue;
                }
                octets_ += static_cast<std::size_t>(got);
                last_ = Clock::now();
            }
        }
    }

    int epoll_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::size_t> octets_ = 0;
    std::atomic<Clock::time_point> last_ = Clock::now();
    std::thread thread_;
};

int run() {
    std::string program = program_under_test();
    if (program.empty()) return 2;
    std::printf("%8s %10s %12s %16s %18s %14s\n", "nodes", "seconds", "server CPU", "octets a node",
                "/(n log2 n) a node", "KiB a node");
    for (std::size_t nodes : {125U, 250U, 500U, 1000U}) {
        ServerProcess server(program);
        // The first participant pays for what the server sets up once.
        RelayClient first(server.port());
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        std::size_t before = server.resident_octets();
        double cpu = server.cpu_seconds();
        auto start = Clock::now();
        Drain drain;
        std::vector<RelayClient> clients;
        for (std::size_t i = 0; i < nodes; ++i) {
            clients.emplace_back(server.port());
            clients.back().present("node " + std::to_string(i));
            drain.add(clients.back().socket());
        }
        while (Clock::now() - drain.last() < kQuiet) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        double seconds = std::chrono::duration<double>(drain.last() - start).count();
        auto n = static_cast<double>(nodes);
        double octets = static_cast<double>(drain.octets()) / n;
        double memory = (static_cast<double>(server.resident_octets()) - static_cast<double>(before)) / n / 1024;
        std::printf("%8zu %10.1f %12.2f %16.0f %18.2f %14.1f\n", nodes, seconds, server.cpu_seconds() - cpu, octets,
                    octets / (n * std::log2(n)), memory);
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }

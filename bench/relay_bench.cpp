// Deliveries per CPU second of the server, beside a plain byte relay in the same run: one publisher, 8 and 32
// receivers.

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/relay_client.hpp"
#include "bench/relay_measure.hpp"
#include "bench/server_process.hpp"

namespace convene::bench {
namespace {

constexpr int kRounds = 3;  // the median counts

double measure_convene(const std::string& program, std::size_t receivers, std::size_t payload, std::size_t messages,
                       std::size_t& frame_size) {
    ServerProcess server(program);
    double result = 0;
    {
        RelayClient publisher(server.port());
        std::vector<RelayClient> clients;
        for (std::size_t i = 0; i < receivers; ++i) clients.emplace_back(server.port());
        std::vector<int> sockets;
        for (auto& client : clients) sockets.push_back(client.socket());
        auto frame = publisher.frame(payload);
        frame_size = frame.size();
        result = measure_deliveries(server.process(), publisher.socket(), sockets, frame, messages);
    }
    return result;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int run() {
    std::string program = program_under_test();
    if (program.empty()) return 2;
    std::printf("%-10s %-10s %18s %18s %8s\n", "payload", "receivers", "convene /CPU-s", "plain /CPU-s", "ratio");
    for (std::size_t receivers : {8U, 32U}) {
        for (std::size_t payload : {64U, 1024U, 16384U}) {
            std::size_t messages = std::min<std::size_t>(2'000'000'000 / payload, 32'000'000) / receivers;
            std::vector<double> convene, plain;
            std::size_t frame_size = 0;
            for (int round = 0; round < kRounds; ++round) {
                convene.push_back(measure_convene(program, receivers, payload, messages, frame_size));
                plain.push_back(measure_plain(receivers, frame_size, messages));
            }
            std::printf("%-10zu %-10zu %18.0f %18.0f %7.0f%%\n", payload, receivers, median(convene), median(plain),
                        100 * median(convene) / median(plain));
            std::fflush(stdout);
        }
    }
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }

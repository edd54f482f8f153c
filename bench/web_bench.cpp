// Browsers that draw: nodes that come by HTTPS and WebSocket, and what that costs the server beside the same by TCP.
// The road from TCP to WebSocket, with its TLS, runs in this process, and its time is part of what is measured.
#include <cstdio>

#include "bench/drawing.hpp"
#include "http/testing_entry.hpp"
#include "http/testing_road.hpp"

namespace convene::bench {
namespace {

constexpr std::size_t kNodes = 200;
constexpr unsigned kStrokes = 50;  // a second, of all together: more hands than that no page is fit for
constexpr double kSeconds = 10;

int run() {
    const std::string program = program_under_test();
    if (program.empty()) return 2;
    {
        ServerProcess server(program);
        std::printf("by TCP: ");
        drawing_together(server, server.port(), kNodes, kStrokes, kSeconds);
    }
    ServerProcess server(program);
    http::TestRoad road(server.web_port(), [&] { return http::enter_as(server.web_port(), "lobby", "node"); });
    std::printf("by HTTPS and WebSocket: ");
    drawing_together(server, road.port(), kNodes, kStrokes, kSeconds);
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }

// A conference that draws: how long a stroke takes to every other board, what it costs, and how fast a late joiner has
// a full page.
#include <chrono>
#include <cstdio>

#include "bench/drawing.hpp"

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

void late_joiner(const std::string& program, unsigned objects) {
    ServerProcess server(program);
    Party party;
    Guest& first = party.add(server.port(), "first");
    if (!party.run_until([&] { return all_converged(party); }, 30)) return;
    const auto page = new_page(party, first);
    if (!page) return void(std::printf("no page could be made\n"));
    const std::size_t memory = server.resident_octets();
    for (unsigned i = 0; i < objects;) {
        const auto made = first.editor().draw(*page, stroke(i), io::NodeRunner::now());
        if (made.is_done()) ++i;
        first.act();
        party.run_until([&] { return made.is_done(); }, 0.001);
    }
    party.run_until([&] { return first.board().is_settled(); }, 60);
    const double each = (static_cast<double>(server.resident_octets()) - static_cast<double>(memory)) / objects;
    std::vector<double> times;
    std::size_t octets = 0;
    for (int run = 0; run < 5; ++run) {
        Guest& late = party.add(server.port(), "late " + std::to_string(run));
        std::optional<Clock::time_point> began;
        const bool complete = party.run_until(
            [&] {
                if (!began && late.received() > 0) began = Clock::now();
                return late.board().has_converged();
            },
            60);
        if (!complete || late.board().board().objects_of(*page).size() != objects)
            return void(std::printf("a late joiner did not get the page\n"));
        times.push_back(milliseconds(Clock::now() - *began));
        octets = late.received();
    }
    std::printf("%u objects on a page: %.0f octets of memory each in the server\n", objects, each);
    std::printf(
        "  a late joiner has them %.0f ms after its first octet (median of 5), %.2f MB in all, %.0f octets an object\n",
        percentile(times, 0.5), static_cast<double>(octets) / 1e6, static_cast<double>(octets) / objects);
    std::fflush(stdout);
}

int run() {
    const std::string program = program_under_test();
    if (program.empty()) return 2;
    {
        ServerProcess server(program);
        drawing_together(server, server.port(), 50, 1500, 10);
    }
    late_joiner(program, 10'000);
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }

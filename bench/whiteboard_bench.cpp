// A conference that draws: how long a stroke takes to every other board, what it costs, and how fast a late joiner has
// a full page.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "bench/guests.hpp"
#include "bench/relay_client.hpp"

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;
using whiteboard::Change;
using whiteboard::ItemId;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

/// A stroke of a hand: a dozen points.
whiteboard::Drawing stroke(unsigned number) {
    whiteboard::Drawing drawing;
    drawing.style.thickness = 3;
    drawing.anchor = {static_cast<std::int32_t>(number * 37 % 900), static_cast<std::int32_t>(number * 53 % 700)};
    for (int i = 0; i < 12; ++i) drawing.deltas.push_back({7 - i, static_cast<std::int32_t>(number % 5) + i % 3});
    return drawing;
}

bool all_converged(Party& party) {
    for (auto& guest : party.guests())
        if (!guest->board().has_converged()) return false;
    return true;
}

std::optional<ItemId> new_page(Party& party, Guest& guest) {
    std::optional<ItemId> page;
    party.run_until(
        [&] {
            auto made = guest.editor().add_page({1024, 768}, whiteboard::kWhite, io::NodeRunner::now());
            guest.act();
            if (made.is_done()) page = made.items.front();
            return page.has_value();
        },
        10);
    if (page) party.run_until([&] { return guest.board().is_settled(); }, 15);
    return page;
}

void drawing_together(const std::string& program, std::size_t nodes, unsigned rate, double seconds) {
    ServerProcess server(program);
    Party party;
    for (std::size_t i = 0; i < nodes; ++i) party.add(server.port(), "node " + std::to_string(i));
    if (!party.run_until([&] { return all_converged(party); }, 60))
        return void(std::printf("not everybody got the board\n"));
    const auto page = new_page(party, *party.guests().front());
    if (!page) return void(std::printf("no page could be made\n"));
    party.run_for(1);

    std::unordered_map<std::uint32_t, Clock::time_point> drawn;
    std::vector<double> latencies;
    for (auto& guest : party.guests()) {
        guest->on_news = [&, own = guest.get()](const node::Event& event) {
            const auto* news = std::get_if<node::WhiteboardEvent>(&event);
            const auto* changed = news ? std::get_if<whiteboard::BoardChanged>(news) : nullptr;
            if (changed == nullptr) return;
            for (const auto& change : changed->changes) {
                const auto found = drawn.find(change.object.value);
                if (change.kind != Change::Kind::object_added || found == drawn.end()) continue;
                const auto* object = own->board().board().find(change.object);
                if (object != nullptr && object->author == own->board().user()) continue;
                latencies.push_back(milliseconds(Clock::now() - found->second));
            }
        };
    }
    const double cpu = server.cpu_seconds();
    const auto begin = Clock::now();
    const auto step = std::chrono::duration<double>(1.0 / (rate * static_cast<double>(nodes)));
    unsigned strokes = 0;
    while (Clock::now() - begin < std::chrono::duration<double>(seconds)) {
        auto& guest = *party.guests()[strokes % nodes];
        const auto now = Clock::now();
        const auto made = guest.editor().draw(*page, stroke(strokes), now);
        if (made.is_done()) drawn[made.items.front().value] = now;
        guest.act();
        ++strokes;
        const auto next = begin + std::chrono::duration_cast<Clock::duration>(step * strokes);
        party.run_until([&] { return Clock::now() >= next; }, 1);
    }
    const double elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
    party.run_until([&] { return latencies.size() >= drawn.size() * (nodes - 1); }, 10);
    const double used = server.cpu_seconds() - cpu;
    const double expected = static_cast<double>(drawn.size()) * static_cast<double>(nodes - 1);
    std::printf("%zu nodes, %u strokes a second each, %.0f s: %u strokes, %.1f %% of the deliveries arrived\n", nodes,
                rate, elapsed, strokes, 100 * static_cast<double>(latencies.size()) / expected);
    const double count = static_cast<double>(latencies.size());
    std::printf(
        "  stroke to the other boards: p50 %.2f ms, p99 %.2f ms; server CPU %.1f %% of a core, %.2f us a delivery\n",
        percentile(latencies, 0.5), percentile(latencies, 0.99), 100 * used / elapsed, used * 1e6 / count);
    std::fflush(stdout);
}

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
    drawing_together(program, 50, 30, 10);
    late_joiner(program, 10'000);
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }

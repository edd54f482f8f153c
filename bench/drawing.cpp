#include "bench/drawing.hpp"

#include <chrono>
#include <cstdio>
#include <unordered_map>
#include <vector>

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;
using whiteboard::Change;
using whiteboard::ItemId;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

}  // namespace

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

void drawing_together(const ServerProcess& server, std::uint16_t port, std::size_t nodes, unsigned rate,
                      double seconds) {
    Party party;
    for (std::size_t i = 0; i < nodes; ++i) party.add(port, "node " + std::to_string(i));
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
    const auto step = std::chrono::duration<double>(1.0 / rate);
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
    std::printf("%zu nodes, %u strokes a second, %.0f s: %u strokes, %.1f %% of the deliveries arrived\n", nodes, rate,
                elapsed, strokes, 100 * static_cast<double>(latencies.size()) / expected);
    const double count = static_cast<double>(latencies.size());
    std::printf(
        "  stroke to the other boards: p50 %.2f ms, p99 %.2f ms; server CPU %.1f %% of a core, %.2f us a delivery\n",
        percentile(latencies, 0.5), percentile(latencies, 0.99), 100 * used / elapsed, used * 1e6 / count);
    std::fflush(stdout);
}

}  // namespace convene::bench

// A stroke to the octets of the whiteboard and back, in this program; `convene`'s pages do it in WebAssembly, which
// scripts/stroke_bench.mjs compares with this.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "bench/stroke_codec.hpp"

namespace convene::bench {
namespace {

constexpr std::size_t kStrokes = 20'000;
constexpr int kRounds = 5;

/// Nanoseconds a stroke, of the quickest round.
double measure(std::size_t (*work)(std::size_t)) {
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto begun = std::chrono::steady_clock::now();
        if (work(kStrokes) == 0) return 0;
        const auto taken = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begun);
        best = round == 0 ? taken.count() : std::min(best, taken.count());
    }
    return best / kStrokes;
}

}  // namespace
}  // namespace convene::bench

int main() {
    using namespace convene::bench;
    std::printf("native, a stroke of %zu points: encode %.0f ns, decode %.0f ns\n", kStrokePoints,
                measure(encode_strokes), measure(decode_strokes));
}

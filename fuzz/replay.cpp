// Runs a fuzz target, without the fuzzer, over the files of directories: what the fuzzer once found interesting, and
// each of them cut short and with bits turned over.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Octets = std::vector<std::uint8_t>;

/// Of each kind, for one file.
constexpr std::size_t kVariants = 32;

std::size_t runs = 0;

void run(const Octets& octets) {
    // A copy of exactly this size, so that reading behind it has a chance to be noticed.
    const Octets input(octets.begin(), octets.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
    ++runs;
}

void run_variants(Octets octets) {
    run(octets);
    const std::size_t step = std::max<std::size_t>(1, octets.size() / kVariants);
    for (std::size_t at = 0; at < octets.size(); at += step) {
        run(Octets(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(at)));
        const auto bit = static_cast<std::uint8_t>(1U << (at % 8));
        octets[at] ^= bit;
        run(octets);
        octets[at] ^= bit;
    }
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            run_variants(Octets{std::istreambuf_iterator<char>(file), {}});
        }
    }
    std::printf("%zu inputs\n", runs);
    return runs > 0 ? 0 : 1;
}

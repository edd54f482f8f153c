// The same work for Convene, for message brokers and for a relay of bare octets; see --help.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "bench/peers/bare_relay.hpp"
#include "bench/peers/options.hpp"
#include "bench/peers/report.hpp"
#include "bench/peers/survey.hpp"

namespace convene::bench::peers {
namespace {

/// This program is also the bare relay, in a process of its own: `--bare-relay PORT...`.
[[noreturn]] void be_bare_relay(int count, char** words) {
    std::vector<std::uint16_t> ports;
    for (int i = 2; i < count; ++i) ports.push_back(static_cast<std::uint16_t>(std::atoi(words[i])));
    run_bare_relay(ports);
}

int run(int count, char** words) {
    if (count > 2 && std::string_view(words[1]) == "--bare-relay") be_bare_relay(count, words);
    auto options = read_options(count, words);
    if (!options) return 2;
    auto results = survey(*options, "/proc/self/exe");
    if (results.rows.empty()) return 1;
    std::fputs(table_of(results).c_str(), stdout);
    if (!options->json.empty() && !(std::ofstream(options->json) << json_of(results))) {
        std::fprintf(stderr, "peers_bench: %s cannot be written\n", options->json.c_str());
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace convene::bench::peers

int main(int count, char** words) { return convene::bench::peers::run(count, words); }

// The same work for Convene, for message brokers and for a relay of bare octets; see --help.
#include <sys/resource.h>

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

constexpr int kPriority = -15;  ///< of this process and of the servers it starts

/// This program is also the bare relays, in processes of their own: `--bare-relay PORT...`, `--uring-relay PORT...`.
void be_relay(int count, char** words) {
    std::vector<std::uint16_t> ports;
    for (int i = 2; i < count; ++i) ports.push_back(static_cast<std::uint16_t>(std::atoi(words[i])));
    if (ports.empty()) return;
    if (std::string_view(words[1]) == "--bare-relay") run_bare_relay(ports);
#ifdef CONVENE_BENCH_URING
    if (std::string_view(words[1]) == "--uring-relay") run_uring_relay(ports);
#endif
}

/// Nothing when `file` has no name.
bool write_file(const std::string& file, const std::string& text) {
    if (file.empty() || std::ofstream(file) << text << std::flush) return true;
    std::fprintf(stderr, "peers_bench: %s cannot be written\n", file.c_str());
    return false;
}

int run(int count, char** words) {
    be_relay(count, words);
    auto options = read_options(count, words);
    if (!options) return 2;
    ::setpriority(PRIO_PROCESS, 0, kPriority);  // not everybody may
    auto results = survey(*options, "/proc/self/exe");
    if (results.servers.empty()) return 1;
    auto text = text_of(results);
    std::fputs(text.c_str(), stdout);
    bool written = options->document.empty() || put_into_document(options->document, text);
    written = write_file(options->json, json_of(results)) && written;
    written = write_file(options->svg, svg_of(results)) && written;
    return written ? 0 : 1;
}

}  // namespace
}  // namespace convene::bench::peers

int main(int count, char** words) { return convene::bench::peers::run(count, words); }

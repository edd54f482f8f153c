#include "bench/peers/options.hpp"

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace convene::bench::peers {
namespace {

constexpr std::size_t kMostReceivers = 4000;  // of one work
constexpr std::size_t kMostPayload = 32'768;  // a batch is one message then
constexpr std::size_t kMostIdle = 9000;       // descriptors are not unlimited
constexpr double kQuickSeconds = 0.2;

constexpr const char* kHelp = R"(peers_bench: Convene and message brokers at the same work

Usage: peers_bench [OPTIONS]

Starts Convene, NATS, Mosquitto, Redis and a relay of bare octets, each as a process of its own on
loopback, gives all of them the same messages from one generator, and reports what each delivers for
a second of its CPU time, how late messages are, and what it keeps. Where it may, it takes a higher
priority for all of them, so that other programs disturb less. A broker that is not installed is
said to be missing, and left out.

Options:
  --quick             One work only, 64 octets to 8 receivers, in less than 30 seconds
  --comparisons       Only Convene beside itself: uniform data, two workers, a receiver that reads nothing
  --work R,O[,C]      Only R receivers and payloads of O octets, in C conferences, and no latencies
  --only NAME         Only this server; may be repeated: convene, bare, nats, mosquitto, redis,
                      and io_uring, the bare relay by other means
  --convene PROGRAM   The program under test [build/release/convene, or $CONVENE_PROGRAM]
  --under WORDS       Run it by another program, such as "valgrind --tool=callgrind"
  --json FILE         Write all figures as JSON
  --svg FILE          Draw a chart
  --document FILE     Put the tables between the lines <!-- peers: begin --> and <!-- peers: end -->
  --repetitions N     Times each is measured, in turn with the others (1 to 99) [3]
  --seconds S         How long each time (0.05 to 60) [0.4, or 0.2 when quick]
  --idle N            Only the memory, with N idle connections (1 to 9000)
  --help              Show this help
)";

}  // namespace

std::optional<Options> read_options(int count, char** words) {
    Options options;
    if (const char* program = std::getenv("CONVENE_PROGRAM")) options.convene = program;
    const auto wrong = [](std::string_view word, const char* what) {
        std::fprintf(stderr, "peers_bench: %.*s: %s; try --help\n", static_cast<int>(word.size()), word.data(), what);
        return std::nullopt;
    };
    for (int i = 1; i < count; ++i) {
        std::string_view word = words[i];
        if (word == "--help" || word == "-h") {
            std::fputs(kHelp, stdout);
            std::exit(0);
        }
        if (word == "--quick") {
            options.quick = true;
            options.seconds = kQuickSeconds;
            continue;
        }
        if (word == "--comparisons") {
            options.comparisons = true;
            continue;
        }
        if (i + 1 == count) return wrong(word, "not an option, or its value is missing");
        std::string value = words[++i];
        if (word == "--work") {
            Work work;
            if (std::sscanf(value.c_str(), "%zu,%zu,%zu", &work.receivers, &work.payload, &work.conferences) < 2 ||
                work.receivers < 1 || work.receivers > kMostReceivers || work.payload < 16 ||
                work.payload > kMostPayload || work.conferences < 1 || work.conferences > kMostConferences)
                return wrong(value, "receivers and octets, as 32,1024, and up to 16 conferences, as 32,1024,16");
            options.work = work;
        } else if (word == "--only") {
            options.only.push_back(value);
        } else if (word == "--convene") {
            options.convene = value;
        } else if (word == "--under") {
            std::istringstream words_of_it(value);
            for (std::string one; words_of_it >> one;) options.under.push_back(one);
        } else if (word == "--json") {
            options.json = value;
        } else if (word == "--svg") {
            options.svg = value;
        } else if (word == "--document") {
            options.document = value;
        } else if (word == "--repetitions") {
            options.repetitions = std::atoi(value.c_str());
            if (options.repetitions < 1 || options.repetitions > 99) return wrong(value, "1 to 99");
        } else if (word == "--seconds") {
            options.seconds = std::atof(value.c_str());
            if (options.seconds < 0.05 || options.seconds > 60) return wrong(value, "0.05 to 60");
        } else if (word == "--idle") {
            options.idle = static_cast<std::size_t>(std::atoi(value.c_str()));
            if (*options.idle < 1 || *options.idle > kMostIdle) return wrong(value, "1 to 9000");
        } else {
            return wrong(word, "no such option");
        }
    }
    return options;
}

}  // namespace convene::bench::peers

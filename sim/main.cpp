// Replays one simulated life and says what happened:
//   simulate SEED [--shorten] [--quiet]
#include <cstdlib>
#include <iostream>
#include <string>

#include "sim/domain_simulation.hpp"

namespace {

int usage() {
    std::cerr << "usage: simulate SEED [--shorten] [--quiet]\n"
                 "  --shorten  of a failing life, the shortest part that still fails\n"
                 "  --quiet    only the result, not everything that happens\n";
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    convene::sim::Options options;
    options.trace = true;
    bool shorten = false;
    if (argc < 2) return usage();
    char* end = nullptr;
    options.seed = std::strtoull(argv[1], &end, 10);
    if (*end != '\0' || end == argv[1]) return usage();
    for (int i = 2; i < argc; ++i) {
        std::string argument = argv[i];
        if (argument == "--shorten") {
            shorten = true;
        } else if (argument == "--quiet") {
            options.trace = false;
        } else {
            return usage();
        }
    }
    bool trace = options.trace;
    if (shorten && !convene::sim::simulate_domains(options).violations.empty()) {
        options = convene::sim::shorten(options);
        options.trace = trace;
    }
    auto outcome = convene::sim::simulate_domains(options);
    std::cout << outcome.trace;
    for (const auto& violation : outcome.violations) std::cout << "BROKEN: " << violation << "\n";
    std::cout << "seed " << options.seed << ": " << outcome.providers << " providers, " << outcome.most_users
              << " users, " << outcome.actions << " actions, " << outcome.pdus << " PDUs, " << outcome.messages
              << " uniform messages received, " << outcome.violations.size() << " broken rules\n";
    return outcome.violations.empty() ? 0 : 1;
}

#include "bench/peers/survey.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/peers/comparisons.hpp"
#include "bench/peers/memory.hpp"
#include "bench/peers/round.hpp"

namespace convene::bench::peers {
namespace {

constexpr std::size_t kMany = kMostConferences;
constexpr std::size_t kIdle = 1000;  // connections

std::string machine_name() {
    std::ifstream info("/proc/cpuinfo");
    std::string line, model = "unknown processor";
    while (std::getline(info, line)) {
        if (line.rfind("model name", 0) == 0) model = line.substr(line.find(':') + 2);
    }
    utsname system{};
    ::uname(&system);
    return model + ", " + std::to_string(core_count()) + " cores, " + system.sysname + " " + system.release;
}

bool chosen(const Options& options, const Driver& driver) {
    if (options.only.empty()) return !driver.is_only_by_name();
    return std::any_of(options.only.begin(), options.only.end(),
                       [&](const std::string& name) { return driver.name().substr(0, name.size()) == name; });
}

std::vector<Round> rounds_of(const Options& options, bool one_core) {
    if (options.idle) return {};
    if (options.work) return one_core ? std::vector<Round>{{*options.work, true, false}} : std::vector<Round>{};
    if (options.quick) return one_core ? std::vector<Round>{{{8, 64, 1}, true, true}} : std::vector<Round>{};
    std::vector<Round> rounds;
    if (one_core) {
        for (std::size_t receivers : {1U, 8U, 32U, 256U}) {
            for (std::size_t payload : {64U, 1024U, 16384U})
                rounds.push_back({{receivers, payload, 1}, true, receivers == 8 || receivers == 32});
        }
    }
    for (std::size_t conferences : {std::size_t{1}, kMany}) {
        if (one_core && conferences == 1) continue;  // is there already
        for (std::size_t payload : {64U, 1024U, 16384U}) rounds.push_back({{8, payload, conferences}, one_core, false});
    }
    return rounds;
}

/// All rounds with servers on one core, or on all.
void measure(const Options& options, const std::vector<Driver*>& drivers, bool one_core, Results& results) {
    auto rounds = rounds_of(options, one_core);
    if (rounds.empty()) return;
    keep_to_last_core(one_core);
    Servers servers;
    for (auto* driver : drivers) {
        Launch launch;
        launch.conferences = kMany;
        launch.workers = one_core ? 1 : core_count();
        launch.one_core = one_core;
        servers.push_back(std::make_unique<Server>(*driver, launch));
    }
    for (const auto& round : rounds) {
        std::fprintf(stderr, "peers: %zu receivers, %zu octets, %zu conference%s, %s\n", round.work.receivers,
                     round.work.payload, round.work.conferences, round.work.conferences == 1 ? "" : "s",
                     one_core ? "one core" : "all cores");
        auto rows = measure_round(options, round, servers);
        results.rows.insert(results.rows.end(), rows.begin(), rows.end());
    }
    for (std::size_t i = 0; one_core && i < servers.size(); ++i)
        results.memory[i].peak = static_cast<double>(servers[i]->process().peak_octets());
}

void measure_memory(const Options& options, const std::vector<Driver*>& drivers, Results& results) {
    results.connections = options.idle.value_or(kIdle);
    for (std::size_t i = 0; i < drivers.size(); ++i) {
        std::fprintf(stderr, "peers: %zu idle connections, %s\n", results.connections, results.servers[i].c_str());
        auto memory = peers::measure_memory(*drivers[i], results.connections);
        results.memory[i].empty = memory.empty;
        results.memory[i].per_connection = memory.per_connection;
    }
}

}  // namespace

Results survey(const Options& options, const std::string& self) {
    Results results;
    results.machine = machine_name();
    results.repetitions = options.repetitions;
    results.seconds = options.seconds;
    ::getloadavg(&results.load_before, 1);
    auto all = all_drivers(options.convene, options.under, self);
    std::vector<Driver*> drivers;
    for (auto& driver : all) {
        if (!chosen(options, *driver)) continue;
        auto missing = driver->missing();
        if (!missing.empty()) {
            std::fprintf(stderr, "peers: %s\n", missing.c_str());
            results.missing.push_back(missing);
            continue;
        }
        drivers.push_back(driver.get());
        results.servers.emplace_back(driver->name());
        results.memory.push_back({results.servers.back(), 0, 0, 0});
    }
    const bool whole = !options.quick && !options.work && !options.idle;
    const bool itself = std::find(results.servers.begin(), results.servers.end(), kConvene) != results.servers.end();
    if (itself && (whole || options.comparisons)) results.comparisons = compare(options);
    if (options.comparisons) return results;
    for (bool one_core : {true, false}) measure(options, drivers, one_core, results);
    if (whole || options.idle) measure_memory(options, drivers, results);
    return results;
}

}  // namespace convene::bench::peers

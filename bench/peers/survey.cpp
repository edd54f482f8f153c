#include "bench/peers/survey.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/peers/server.hpp"
#include "bench/peers/throughput.hpp"

namespace convene::bench::peers {
namespace {

using Servers = std::vector<std::unique_ptr<Server>>;

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
    return options.only.empty() || std::any_of(options.only.begin(), options.only.end(), [&](const std::string& name) {
               return driver.name().substr(0, name.size()) == name;
           });
}

std::vector<Work> works_of(const Options& options) {
    if (options.quick) return {{8, 64, 1}};
    std::vector<Work> works;
    for (std::size_t receivers : {8U, 32U}) {
        for (std::size_t payload : {64U, 1024U, 16384U}) works.push_back({receivers, payload, 1});
    }
    return works;
}

Row make_row(const Server& server, const Work& work, const std::vector<Throughput>& measured) {
    std::vector<double> per_second, per_cpu_second, load;
    Row row;
    row.server = server.driver().name();
    row.work = work;
    for (const auto& one : measured) {
        per_second.push_back(one.per_second);
        per_cpu_second.push_back(one.per_cpu_second);
        load.push_back(one.server_load);
        row.complete = row.complete && one.complete;
    }
    row.per_second = median_of(per_second);
    row.per_cpu_second = median_of(per_cpu_second);
    row.server_load = median_of(load);
    return row;
}

void measure(const Options& options, const Work& work, Servers& servers, Results& results) {
    std::fprintf(stderr, "peers: %zu receivers, %zu octets, %zu conferences\n", work.receivers, work.payload,
                 work.conferences);
    std::vector<std::unique_ptr<Crowd>> crowds;
    for (auto& server : servers) crowds.push_back(std::make_unique<Crowd>(server->driver(), work));
    std::vector<std::vector<Throughput>> measured(servers.size());
    for (int repetition = 0; repetition < options.repetitions; ++repetition) {
        for (std::size_t i = 0; i < servers.size(); ++i)
            measured[i].push_back(measure_throughput(*crowds[i], work, servers[i]->process(), options.seconds));
    }
    for (std::size_t i = 0; i < servers.size(); ++i) results.rows.push_back(make_row(*servers[i], work, measured[i]));
}

}  // namespace

Results survey(const Options& options, const std::string& self) {
    Results results;
    results.machine = machine_name();
    results.repetitions = options.repetitions;
    results.seconds = options.seconds;
    ::getloadavg(&results.load_before, 1);
    auto drivers = all_drivers(options.convene, self);
    std::vector<Driver*> present;
    for (auto& driver : drivers) {
        if (!chosen(options, *driver)) continue;
        auto missing = driver->missing();
        if (!missing.empty()) {
            std::fprintf(stderr, "peers: %s\n", missing.c_str());
            results.missing.push_back(missing);
            continue;
        }
        present.push_back(driver.get());
        results.servers.emplace_back(driver->name());
    }
    keep_to_last_core(true);
    Servers servers;
    for (auto* driver : present) servers.push_back(std::make_unique<Server>(*driver, Launch{}));
    for (const auto& work : works_of(options)) measure(options, work, servers, results);
    return results;
}

}  // namespace convene::bench::peers

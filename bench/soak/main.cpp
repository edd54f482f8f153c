// soak [--minutes 30] [--nodes 500] [--conferences 20] [--report FILE]: a long mixed load on a server of its own, that
// remembers. Exit code 0 only when nothing was lost, nothing grew and nothing slowed down.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/check.hpp"
#include "bench/folder.hpp"
#include "bench/server_process.hpp"
#include "bench/soak/report.hpp"
#include "bench/soak/room.hpp"

namespace convene::bench {
namespace {

using Clock = SoakRoom::Clock;
using Seconds = std::chrono::duration<double>;

struct Options {
    double minutes = 30;
    std::size_t nodes = 500;
    std::size_t conferences = 20;
    std::string report;
};

// Once in so many seconds, in each conference.
constexpr double kStrokes = 0.5, kLines = 2, kFiles = 20, kChanges = 10, kTidy = 1;
constexpr double kSample = 10;         // seconds
constexpr double kTimeToGather = 120;  // for everybody to come
constexpr double kTimeToAgree = 60;
constexpr double kBetweenRooms = 0.2;

std::string name_of(std::size_t room) { return "room " + std::to_string(room + 1); }

std::filesystem::path write_settings(const Folder& folder, const Options& options) {
    auto path = folder.path() / "convene.toml";
    std::ofstream out(path);
    out << "[server]\ndata = \"" << (folder.path() / "data").string() << "\"\n";
    for (std::size_t i = 0; i < options.conferences; ++i) out << "[[conference]]\nname = \"" << name_of(i) << "\"\n";
    return path;
}

class Soak {
public:
    Soak(const Options& options, ServerProcess& server) : options_(options), server_(server), lane_(io_) {}

    int run() {
        if (!gather()) {
            std::fprintf(stderr, "soak: not everybody came in time\n");
            return 1;
        }
        std::printf("%zu nodes are in %zu conferences\n", options_.nodes, options_.conferences);
        counts_.latencies.clear();
        load();
        const bool agrees = run_until(
            [&] {
                for (auto& room : rooms_) room->tidy();
                return std::all_of(rooms_.begin(), rooms_.end(), [](const auto& room) { return room->agrees(); });
            },
            kTimeToAgree);
        const auto verdict = judge(samples_, counts_, agrees);
        const std::string what =
            std::to_string(options_.nodes) + " nodes in " + std::to_string(options_.conferences) +
            " conferences that are remembered, " + std::to_string(static_cast<int>(options_.minutes)) +
            " minutes; in each conference two strokes and half a line a second, a file of 64 KiB to "
            "all every 20 s, and every 10 s somebody leaves or is cut off and somebody comes.";
        const auto text = report(samples_, counts_, verdict, what);
        std::printf("%s", text.c_str());
        if (!options_.report.empty()) std::ofstream(options_.report) << text;
        return verdict.is_good ? 0 : 1;
    }

private:
    bool gather() {
        for (std::size_t i = 0; i < options_.conferences; ++i) {
            const std::size_t share = options_.nodes / options_.conferences;
            rooms_.push_back(std::make_unique<SoakRoom>(lane_, server_.port(), name_of(i), share, counts_));
            run_until([] { return false; }, kBetweenRooms);
        }
        return run_until(
            [&] {
                return std::all_of(rooms_.begin(), rooms_.end(), [](const auto& room) { return room->is_settled(); });
            },
            kTimeToGather);
    }

    void load() {
        const auto begin = Clock::now();
        const auto end = begin + Seconds(options_.minutes * 60);
        auto sample_at = begin + Seconds(kSample);
        auto sampled = begin;
        double cpu = server_.cpu_seconds();
        // Rooms take turns, so that not everything happens at once.
        std::vector<std::vector<Clock::time_point>> due(rooms_.size());
        for (std::size_t i = 0; i < rooms_.size(); ++i)
            for (const double period : {kStrokes, kLines, kFiles, kChanges, kTidy})
                due[i].push_back(
                    begin + std::chrono::duration_cast<Clock::duration>(
                                Seconds(period * static_cast<double>(i + 1) / static_cast<double>(rooms_.size()))));
        while (Clock::now() < end) {
            run_until([] { return false; }, 0.005);
            const auto now = Clock::now();
            for (std::size_t i = 0; i < rooms_.size(); ++i) {
                act(due[i][0], now, kStrokes, [&] { rooms_[i]->draw(); });
                act(due[i][1], now, kLines, [&] { rooms_[i]->talk(); });
                act(due[i][2], now, kFiles, [&] { rooms_[i]->send_file(); });
                act(due[i][3], now, kChanges, [&] { rooms_[i]->change_somebody(); });
                act(due[i][4], now, kTidy, [&] { rooms_[i]->tidy(); });
            }
            if (now < sample_at) continue;
            SoakSample sample;
            sample.minute = Seconds(now - begin).count() / 60;
            sample.server_octets = server_.resident_octets();
            const double used = server_.cpu_seconds();
            sample.server_cpu = (used - cpu) / Seconds(now - sampled).count();
            sample.p50_ms = percentile(counts_.latencies, 0.5);
            sample.p99_ms = percentile(counts_.latencies, 0.99);
            counts_.latencies.clear();
            cpu = used;
            sampled = now;
            sample_at += std::chrono::duration_cast<Clock::duration>(Seconds(kSample));
            samples_.push_back(sample);
            std::printf("%6.1f min  %7.1f MiB  CPU %3.0f %%  p50 %6.2f ms  p99 %7.2f ms  %s\n", sample.minute,
                        static_cast<double>(sample.server_octets) / (1 << 20), 100 * sample.server_cpu, sample.p50_ms,
                        sample.p99_ms, counts_.trouble.empty() ? "" : counts_.trouble.begin()->first.c_str());
            std::fflush(stdout);
        }
    }

    template <class What>
    static void act(Clock::time_point& due, Clock::time_point now, double period, What what) {
        if (now < due) return;
        due += std::chrono::duration_cast<Clock::duration>(Seconds(period));
        what();
    }

    bool run_until(const std::function<bool()>& done, double seconds) {
        const auto end = Clock::now() + Seconds(seconds);
        while (!done()) {
            if (Clock::now() >= end) return false;
            io_.restart();
            io_.run_for(std::chrono::milliseconds(5));
        }
        return true;
    }

    Options options_;
    ServerProcess& server_;
    boost::asio::io_context io_{1};
    io::Lane lane_;
    SoakCounts counts_;
    std::vector<std::unique_ptr<SoakRoom>> rooms_;
    std::vector<SoakSample> samples_;
};

int run(const Options& options) {
    const std::string program = program_under_test();
    if (program.empty()) return 2;
    Folder folder;
    ServerProcess server(program, {"--config", write_settings(folder, options).string()});
    return Soak(options, server).run();
}

}  // namespace
}  // namespace convene::bench

int main(int argc, char** argv) {
    convene::bench::Options options;
    CLI::App app("A long mixed load on a server of its own.");
    app.add_option("--minutes", options.minutes, "How long")->check(CLI::Range(0.2, 10'000.0))->capture_default_str();
    app.add_option("--nodes", options.nodes, "In all conferences together")
        ->check(CLI::Range(2, 5000))
        ->capture_default_str();
    app.add_option("--conferences", options.conferences)->check(CLI::Range(1, 500))->capture_default_str();
    app.add_option("--report", options.report, "Where to write the report, as Markdown");
    CLI11_PARSE(app, argc, argv);
    return convene::bench::run(options);
}

// What durability costs: a steady load of 1,000 entries of 200 octets a second, and as many as will go, each with the
// disk flushed for every group (full), flushed now and then (normal), and never (none), in the same run.
#include <sys/resource.h>
#include <sys/time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/check.hpp"
#include "bench/folder.hpp"
#include "store/store.hpp"

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;
using store::Durability;

constexpr int kRounds = 3;  // the median counts
constexpr std::size_t kPayload = 200;
constexpr std::size_t kPerSecond = 1'000;
constexpr std::size_t kSteadyEntries = 4 * kPerSecond;
constexpr std::size_t kMostEntries = 200'000;
constexpr int kConferences = 4;

struct Kind {
    const char* name;
    Durability durability;
    std::chrono::microseconds gather;
};
constexpr Kind kKinds[] = {{"full", Durability::full, {}},
                           {"full+2ms", Durability::full, std::chrono::milliseconds(2)},
                           {"normal", Durability::normal, {}},
                           {"none", Durability::none, {}}};
constexpr int kKindCount = 4;
constexpr int kNone = 3;  // what the others are compared with

struct Figures {
    double p50_ms = 0, p99_ms = 0;
    double cpu_ms_per_second = 0;  ///< of the whole process
    double per_second = 0;
    double per_group = 0;
    double octets_each = 0;  ///< on disk
};

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// A new store in the folder CONVENE_BENCH_FOLDER, or in the one for temporary files: where it lies is what is
/// measured.
class Fixture {
public:
    explicit Fixture(const Kind& kind) {
        store::StoreLimits limits;
        limits.durability = kind.durability;
        limits.gather = kind.gather;
        auto opened = store::Store::open((folder_.path() / "s").string(), limits);
        CONVENE_CHECK(opened.has_value(), "the store does not open");
        store_ = std::move(*opened);
        for (int i = 0; i < kConferences; ++i)
            conferences_.push_back(*store_->create_conference({std::to_string(i), {}, 0}).wait());
    }
    store::Store& operator*() { return *store_; }
    store::ConferenceId conference(std::size_t i) const { return conferences_[i % kConferences]; }
    std::size_t octets_after_closing() {
        store_.reset();
        return std::filesystem::file_size(folder_.path() / "s/convene.db");
    }

private:
    static std::filesystem::path base() {
        const char* where = std::getenv("CONVENE_BENCH_FOLDER");
        return where != nullptr ? std::filesystem::path(where) : std::filesystem::temp_directory_path();
    }

    Folder folder_{base()};  // goes after the store
    std::unique_ptr<store::Store> store_;
    std::vector<store::ConferenceId> conferences_;
};

store::Entry entry() {
    return {store::EntryKind{1}, "somebody", Bytes(kPayload, std::byte{0x5A}), store::UnixMs{1'700'000'000'000}};
}

Figures measure_steady(const Kind& kind) {
    Fixture fixture(kind);
    auto& store = *fixture;
    // One conference, so that its indexes are places in these.
    std::vector<Clock::time_point> sent(kSteadyEntries + 1), durable(kSteadyEntries + 1);
    std::size_t told = 0;  // on the writer's thread alone, until the flush at the end
    store::LogWatcher watcher;
    watcher.post = store::on_this_thread();
    watcher.durable = [&](store::EntryIndex through) {
        auto now = Clock::now();
        while (told < through.value) durable[++told] = now;
    };
    store.watch(fixture.conference(0), watcher);
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    for (std::size_t i = 1; i <= kSteadyEntries; ++i) {
        std::this_thread::sleep_until(start + std::chrono::microseconds(i * 1'000'000 / kPerSecond));
        sent[i] = Clock::now();
        CONVENE_CHECK(store.append(fixture.conference(0), entry()).has_value(), "refused");
    }
    CONVENE_CHECK(store.flush().wait().has_value(), "not durable");
    Figures figures;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    figures.cpu_ms_per_second = 1e3 * (cpu_seconds() - cpu) / seconds;
    figures.per_second = kSteadyEntries / seconds;
    figures.per_group = static_cast<double>(kSteadyEntries) / static_cast<double>(store.stats().groups);
    std::vector<double> waits;
    for (std::size_t i = 1; i <= kSteadyEntries; ++i)
        waits.push_back(std::chrono::duration<double, std::milli>(durable[i] - sent[i]).count());
    std::sort(waits.begin(), waits.end());
    figures.p50_ms = waits[waits.size() / 2];
    figures.p99_ms = waits[waits.size() * 99 / 100];
    store.unwatch(fixture.conference(0));
    figures.octets_each = static_cast<double>(fixture.octets_after_closing()) / kSteadyEntries;
    return figures;
}

Figures measure_most(const Kind& kind) {
    Fixture fixture(kind);
    auto& store = *fixture;
    const double cpu = cpu_seconds();
    const auto start = Clock::now();
    for (std::size_t i = 0; i < kMostEntries; ++i) {
        auto one = entry();
        while (!store.append(fixture.conference(i), std::move(one)))
            std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    CONVENE_CHECK(store.flush().wait().has_value(), "not durable");
    Figures figures;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    figures.per_second = kMostEntries / seconds;
    figures.cpu_ms_per_second = 1e3 * (cpu_seconds() - cpu) / seconds;
    figures.per_group = static_cast<double>(kMostEntries) / static_cast<double>(store.stats().groups);
    figures.octets_each = static_cast<double>(fixture.octets_after_closing()) / kMostEntries;
    return figures;
}

Figures median(std::vector<Figures> rounds) {
    auto middle = [&](double Figures::*member) {
        std::sort(rounds.begin(), rounds.end(),
                  [&](const Figures& a, const Figures& b) { return a.*member < b.*member; });
        return rounds[rounds.size() / 2].*member;
    };
    Figures result;
    for (auto member : {&Figures::p50_ms, &Figures::p99_ms, &Figures::cpu_ms_per_second, &Figures::per_second,
                        &Figures::per_group, &Figures::octets_each})
        result.*member = middle(member);
    return result;
}

void run() {
    std::vector<Figures> steady[kKindCount], most[kKindCount];
    for (int round = 0; round < kRounds; ++round)
        for (int kind = 0; kind < kKindCount; ++kind) {
            steady[kind].push_back(measure_steady(kKinds[kind]));
            most[kind].push_back(measure_most(kKinds[kind]));
        }
    std::printf("%zu entries a second, %zu octets each\n", kPerSecond, kPayload);
    std::printf("%-8s %10s %10s %12s %12s %14s %14s\n", "flushes", "p50 ms", "p99 ms", "a second", "CPU ms/s",
                "entries/group", "octets each");
    for (int kind = 0; kind < kKindCount; ++kind) {
        auto figures = median(steady[kind]);
        std::printf("%-8s %10.2f %10.2f %12.0f %12.1f %14.1f %14.0f\n", kKinds[kind].name, figures.p50_ms,
                    figures.p99_ms, figures.per_second, figures.cpu_ms_per_second, figures.per_group,
                    figures.octets_each);
    }
    std::printf("\nas many as will go, %d conferences\n", kConferences);
    std::printf("%-8s %12s %12s %12s %14s %14s\n", "flushes", "a second", "of none", "CPU ms/s", "entries/group",
                "octets each");
    const double without = median(most[kNone]).per_second;
    for (int kind = 0; kind < kKindCount; ++kind) {
        auto figures = median(most[kind]);
        std::printf("%-8s %12.0f %11.0f%% %12.0f %14.1f %14.0f\n", kKinds[kind].name, figures.per_second,
                    100 * figures.per_second / without, figures.cpu_ms_per_second, figures.per_group,
                    figures.octets_each);
    }
}

}  // namespace
}  // namespace convene::bench

int main() { convene::bench::run(); }

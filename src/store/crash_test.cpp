// A process that is killed at any moment: everything it was told is durable is there, in order, and nothing is half
// there.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "store/testing.hpp"

namespace convene::store {
namespace {

constexpr int kRounds = 20;
constexpr int kConferences = 3;
constexpr int kMostReports = 30;     // that a process lives to make, or
constexpr int kKilledOpening = 5;    // every fifth is killed while it opens the store
constexpr int kPatienceMs = 60'000;  // a process that says nothing for so long hangs
constexpr std::size_t kReadAtATime = 1'024;

/// What the doomed process says of what is durable; written to a pipe at once, so never half.
struct Report {
    enum class What : std::uint32_t { started, entry, file } what;
    std::uint32_t round;
    std::int64_t conference;
    std::uint64_t number;  // the index, or which content the file has
};

/// The text that belongs to a place in the log: whoever reads it back can tell that it is whole and in its place.
std::string text_of(std::uint64_t index) {
    return std::string(20 + index * 7 % 400, static_cast<char>('a' + index % 26)) + std::to_string(index);
}
std::string content_of_file(std::uint64_t number) {
    return "content " + std::to_string(number) + std::string(number % 5 * 9'000, 'c');
}

void append_without_end(Store& store, ConferenceId conference, std::uint64_t next) {
    while (true) {
        auto entry = make_entry(text_of(next));
        if (store.append(conference, std::move(entry)))
            ++next;
        else
            std::this_thread::yield();
        if (next % 64 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
        if (next % 1'000 == 0) store.put_snapshot(conference, {EntryIndex{next / 2}, {}, Bytes(10'000)});
    }
}

[[noreturn]] void live(const std::string& folder, int pipe, std::uint32_t round) {
    StoreLimits limits;
    limits.queue_entries = 2'000;
    auto opened = Store::open(folder, limits);
    if (!opened) _exit(3);
    auto& store = **opened;
    auto report = [&](Report one) {
        if (::write(pipe, &one, sizeof one) != sizeof one) _exit(4);
    };
    std::vector<std::thread> threads;
    const auto records = *store.conferences();
    for (const auto& record : records) {
        auto id = record.id;
        LogWatcher watcher;
        watcher.post = on_this_thread();
        watcher.durable = [=](EntryIndex through) { report({Report::What::entry, round, id.value, through.value}); };
        store.watch(id, watcher);
        threads.emplace_back([&store, id, next = record.last.value + 1] { append_without_end(store, id, next); });
    }
    report({Report::What::started, round, 0, 0});
    const auto conference = records.front().id;
    for (std::uint64_t number = round * 100'000;; ++number) {
        auto writer = store.write_blob(conference);
        if (!writer || !writer->write(as_bytes(content_of_file(number)))) _exit(5);
        auto blob = writer->finish().wait();
        if (!blob || !store.add_file(conference, {std::to_string(number), "", {}}, *blob).wait()) _exit(6);
        report({Report::What::file, round, conference.value, number});
    }
}

struct Told {
    std::map<std::int64_t, std::uint64_t> through;  // by conference
    std::set<std::uint64_t> files;
    std::size_t reports = 0;
};

void expect_all_there(Store& store, const Told& told) {
    auto report = store.check(CheckDepth::full).wait();
    ASSERT_TRUE(report);
    for (const auto& problem : report->problems) ADD_FAILURE() << problem;
    const auto records = *store.conferences();
    for (const auto& record : records) {
        auto reader = store.read(record.id);
        ASSERT_TRUE(reader);
        std::uint64_t last = 0;
        for (const auto& stored : all_of(*reader)) {
            ASSERT_EQ(stored.index.value, ++last);  // dense
            ASSERT_EQ(as_text(stored.entry.payload), text_of(last));
        }
        EXPECT_EQ(record.last.value, last);
        auto through = told.through.find(record.id.value);
        EXPECT_GE(last, through == told.through.end() ? 0 : through->second) << "an entry that was durable is lost";
        std::set<std::uint64_t> there;
        const auto files = *store.files(record.id);
        for (const auto& file : files) {
            auto number = std::stoull(file.name);
            there.insert(number);
            EXPECT_EQ(file.digest, sha256(as_bytes(content_of_file(number))));
        }
        if (record.files == 0) continue;
        for (auto number : told.files) EXPECT_TRUE(there.count(number)) << "a file that was durable is lost";
    }
}

/// Starts a process on the store and kills it; adds what it was told until then.
void live_and_die(const std::string& path, std::uint32_t round, std::mt19937& random, Told& told) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::close(ends[0]);
        live(path, ends[1], round);
    }
    ::close(ends[1]);
    auto reports_left = round % kKilledOpening == 0 ? 0 : 1 + static_cast<int>(random() % kMostReports);
    bool killed = false;
    Report got[kReadAtATime];
    std::size_t have = 0;
    while (true) {
        if (reports_left <= 0 && !killed) {
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 5'000));
            killed = ::kill(child, SIGKILL) == 0;
        }
        pollfd wanted{ends[0], POLLIN, 0};
        if (::poll(&wanted, 1, kPatienceMs) == 0) {
            ADD_FAILURE() << "the process hangs";
            ::kill(child, SIGKILL);
            break;
        }
        auto count = ::read(ends[0], reinterpret_cast<char*>(got) + have, sizeof got - have);
        if (count <= 0) break;
        have += static_cast<std::size_t>(count);
        const std::size_t whole = have / sizeof(Report);
        for (std::size_t i = 0; i < whole; ++i, --reports_left) {
            if (got[i].what == Report::What::entry) told.through[got[i].conference] = got[i].number;
            if (got[i].what == Report::What::file) told.files.insert(got[i].number);
        }
        told.reports += whole;
        have -= whole * sizeof(Report);
        std::memmove(got, got + whole, have);
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
}

TEST(Crash, WhatWasReportedIsThereWhenTheProcessWasKilled) {
    TestFolder folder;
    const auto path = folder / "s";
    {
        auto store = open_store(path);
        for (int i = 0; i < kConferences; ++i) make_conference(*store, std::to_string(i));
    }
    std::mt19937 random(1503);
    Told told;
    for (std::uint32_t round = 1; round <= kRounds; ++round) {
        live_and_die(path, round, random, told);
        if (HasFatalFailure()) return;
        auto store = open_store(path);
        expect_all_there(*store, told);
        if (HasFatalFailure()) return;
    }
    EXPECT_GT(told.reports, std::size_t{kRounds} * 5);
    EXPECT_EQ(told.through.size(), std::size_t{kConferences});
    EXPECT_FALSE(told.files.empty());
}

}  // namespace
}  // namespace convene::store

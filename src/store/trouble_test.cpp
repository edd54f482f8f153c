// A disk that is full, and a database that breaks, while the store is open.
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/testing.hpp"

namespace convene::store {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(10);  // 500 times

/// No file of this process grows beyond so many octets for a while, as on a full disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t octets) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before_;
        small.rlim_cur = octets;
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

struct Owner {
    std::atomic<std::uint64_t> durable{0};
    std::atomic<int> troubles{0};
    std::atomic<StoreErrc> trouble{};
    std::string last;  // not read before the store is done with it

    LogWatcher watcher() {
        LogWatcher watcher;
        watcher.post = at_once();
        watcher.durable = [this](EntryIndex through) { durable = through.value; };
        watcher.trouble = [this](const StoreError& error) {
            EXPECT_FALSE(error.message.empty());
            last = error.message;
            trouble = error.code;
            ++troubles;
        };
        return watcher;
    }
};

TEST(Trouble, WhatAFullDiskRefusesBecomesDurableWhenThereIsSpace) {
    constexpr std::uint64_t kEntries = 300;
    StoreLimits limits;
    limits.retry = std::chrono::milliseconds(20);
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    auto conference = make_conference(*store);
    Owner owner;
    store->watch(conference, owner.watcher());
    {
        SmallDisk small(512 * 1024);
        for (std::uint64_t i = 0; i < kEntries; ++i) {
            must_append(*store, conference, make_entry(std::string(10'000, 'x')));
            if (i % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        for (int i = 0; i < 500 && owner.troubles == 0; ++i) std::this_thread::sleep_for(kPatience);
        EXPECT_EQ(owner.troubles.load(), 1);
        EXPECT_EQ(owner.trouble.load(), StoreErrc::disk_full) << owner.last;
        EXPECT_LT(owner.durable.load(), kEntries);
        // What was reported can be read, and nothing else.
        EXPECT_EQ(read_log(*store, conference).size(), owner.durable.load());
    }
    for (int i = 0; i < 500 && owner.durable < kEntries; ++i) std::this_thread::sleep_for(kPatience);
    EXPECT_EQ(owner.durable.load(), kEntries);
    store->unwatch(conference);
    store.reset();
    store = open_store(folder / "s");
    EXPECT_EQ(read_log(*store, conference).size(), kEntries);
}

TEST(Trouble, ADatabaseThatBreaksEndsTheWritingAndSaysWhy) {
    TestFolder folder;
    ConferenceId conference;
    {
        auto store = open_store(folder / "s");
        conference = make_conference(*store);
        for (int i = 0; i < 500; ++i) must_append(*store, conference, make_entry(std::string(700, 'x')));
    }
    StoreLimits limits;
    limits.check_below = 0;  // or it would have read all pages already
    auto store = open_store(folder / "s", limits);
    ASSERT_TRUE(store->collect_garbage().wait());
    Owner owner;
    store->watch(conference, owner.watcher());
    const std::string database = folder / "s/convene.db";
    const auto size = std::filesystem::file_size(database);
    {
        std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        for (std::uint64_t i = 4096; i < size; ++i) file.put(static_cast<char>(i * 31));
    }
    auto failed = store->delete_conference(conference).wait();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, StoreErrc::damaged) << failed.error().message;
    EXPECT_EQ(owner.trouble.load(), StoreErrc::damaged);
    for (int i = 0; i < 500 && !store->stats().stopped; ++i) std::this_thread::sleep_for(kPatience);
    EXPECT_EQ(store->stats().stopped, StoreErrc::damaged);
    EXPECT_EQ(store->append(conference, make_entry("x")).error(), StoreErrc::damaged);
    EXPECT_EQ(store->flush().wait().error().code, StoreErrc::damaged);
    EXPECT_FALSE(store->collect_garbage().wait() && store->flush().wait());
    EXPECT_FALSE(store->back_up(folder / "b").wait());
    EXPECT_FALSE(std::filesystem::exists(folder / "b"));
    store->unwatch(conference);
}

}  // namespace
}  // namespace convene::store

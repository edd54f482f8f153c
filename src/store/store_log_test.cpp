// Logs: numbers, order, groups, bounds, snapshots, trimming.
#include <atomic>
#include <thread>

#include "store/testing.hpp"

namespace convene::store {
namespace {

TEST(StoreLog, KeepsWhatWasAppendedInItsOrder) {
    TestFolder folder;
    ConferenceId conference;
    {
        auto store = open_store(folder / "s");
        conference = make_conference(*store);
        EXPECT_EQ(must_append(*store, conference, make_entry("one", 7, 11)), EntryIndex{1});
        EXPECT_EQ(must_append(*store, conference, make_entry("", 8, 12)), EntryIndex{2});
        ASSERT_TRUE(store->flush().wait());
        EXPECT_EQ(read_log(*store, conference).size(), 2U);
        EXPECT_EQ(must_append(*store, conference, make_entry("three")), EntryIndex{3});
    }
    auto store = open_store(folder / "s");
    auto log = read_log(*store, conference);
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[0].index, EntryIndex{1});
    EXPECT_EQ(log[0].entry.kind, EntryKind{7});
    EXPECT_EQ(log[0].entry.author, "anna");
    EXPECT_EQ(as_text(log[0].entry.payload), "one");
    EXPECT_EQ(log[0].entry.time, UnixMs{11});
    EXPECT_TRUE(log[1].entry.payload.empty());
    EXPECT_EQ(as_text(log[2].entry.payload), "three");
    EXPECT_EQ(must_append(*store, conference, make_entry("four")), EntryIndex{4});
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(read_log(*store, conference, 3).size(), 2U);
    auto record = store->conference(conference);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->entries, 4U);
    EXPECT_EQ(record->last, EntryIndex{4});
    EXPECT_EQ(record->octets, 12U + 4 * 4);
    EXPECT_EQ(record->active, UnixMs{2'000});
}

TEST(StoreLog, NumbersAreDenseWhoeverAppends) {
    constexpr int kThreads = 4, kEach = 500;
    TestFolder folder;
    auto store = open_store(folder / "s");
    const ConferenceId conferences[] = {make_conference(*store, "a"), make_conference(*store, "b")};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i)
                must_append(*store, conferences[t % 2], make_entry(std::to_string(t) + ":" + std::to_string(i)));
        });
    for (auto& thread : threads) thread.join();
    ASSERT_TRUE(store->flush().wait());
    for (auto conference : conferences) {
        auto log = read_log(*store, conference);
        ASSERT_EQ(log.size(), std::size_t{kThreads / 2 * kEach});
        std::vector<int> next(kThreads);  // every thread's entries stay in that thread's order
        for (std::size_t i = 0; i < log.size(); ++i) {
            ASSERT_EQ(log[i].index.value, i + 1);
            auto text = std::string(as_text(log[i].entry.payload));
            auto thread = static_cast<std::size_t>(text[0] - '0');
            ASSERT_EQ(text.substr(2), std::to_string(next[thread]++));
        }
    }
}

TEST(StoreLog, TellsTheOwnerOnlyWhatCanBeReadAlready) {
    constexpr std::uint64_t kEntries = 300;
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    std::atomic<std::uint64_t> told{0};
    std::atomic<int> unreadable{0};
    LogWatcher watcher;
    watcher.post = at_once();
    watcher.durable = [&](EntryIndex through) {
        EXPECT_GT(through.value, told.load());
        told = through.value;
        auto seen = store->conference(conference);
        if (!seen || seen->last < through) ++unreadable;
    };
    store->watch(conference, watcher);
    for (std::uint64_t i = 0; i < kEntries; ++i) must_append(*store, conference, make_entry("x"));
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(told.load(), kEntries);
    EXPECT_EQ(unreadable.load(), 0);
    store->unwatch(conference);
    must_append(*store, conference, make_entry("nobody is told"));
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(told.load(), kEntries);
}

TEST(StoreLog, ASlowOwnerIsToldOnce) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    std::vector<std::function<void()>> posted;
    std::vector<std::uint64_t> told;
    LogWatcher watcher;
    watcher.post = [&](std::function<void()> run) { posted.push_back(std::move(run)); };
    watcher.durable = [&](EntryIndex through) { told.push_back(through.value); };
    store->watch(conference, watcher);
    for (int i = 0; i < 3; ++i) {
        must_append(*store, conference, make_entry("x"));
        ASSERT_TRUE(store->flush().wait());
    }
    ASSERT_EQ(posted.size(), 1U);
    posted[0]();
    EXPECT_EQ(told, std::vector<std::uint64_t>{3});
    must_append(*store, conference, make_entry("x"));
    ASSERT_TRUE(store->flush().wait());
    ASSERT_EQ(posted.size(), 2U);
    store->unwatch(conference);
    posted[1]();  // comes too late
    EXPECT_EQ(told.size(), 1U);
}

TEST(StoreLog, GroupsGrowUnderLoad) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    for (int i = 0; i < 20; ++i) {
        must_append(*store, conference, make_entry("alone"));
        ASSERT_TRUE(store->flush().wait());
    }
    auto idle = store->stats();
    EXPECT_EQ(idle.groups, 20U);
    EXPECT_EQ(idle.largest_group, 1U);
    for (int i = 0; i < 20'000; ++i) must_append(*store, conference, make_entry("with others"));
    ASSERT_TRUE(store->flush().wait());
    auto busy = store->stats();
    EXPECT_EQ(busy.durable, 20'020U);
    EXPECT_GT(busy.largest_group, 100U);
    EXPECT_LT(busy.groups - idle.groups, 2'000U);
}

TEST(StoreLog, RefusesAtTheBoundAndSaysWhenThereIsRoom) {
    StoreLimits limits;
    limits.queue_entries = 10;
    limits.gather = std::chrono::milliseconds(200);  // so that what is appended stays in the queue for a while
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    auto conference = make_conference(*store);
    std::atomic<int> room{0};
    LogWatcher watcher;
    watcher.post = at_once();
    watcher.room = [&] { ++room; };
    store->watch(conference, watcher);
    for (int i = 0; i < 10; ++i) must_append(*store, conference, make_entry("x"));
    auto entry = make_entry("too much");
    auto refused = store->append(conference, std::move(entry));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), StoreErrc::queue_full);
    EXPECT_EQ(as_text(entry.payload), "too much");  // still the caller's
    EXPECT_EQ(store->stats().refused_full, 1U);
    EXPECT_EQ(store->stats().waiting_entries, 10U);
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(room.load(), 1);
    EXPECT_EQ(must_append(*store, conference, std::move(entry)), EntryIndex{11});  // no number was lost
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(read_log(*store, conference).size(), 11U);
    store->unwatch(conference);
}

TEST(StoreLog, BoundsOctetsEntriesAndLogs) {
    StoreLimits limits;
    limits.queue_octets = 1'000;
    limits.entry_octets = 2'000;
    limits.log_octets = 5'000;
    limits.gather = std::chrono::milliseconds(100);
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    auto conference = make_conference(*store);
    auto octets = [](std::size_t count) { return make_entry(std::string(count, 'x')); };
    EXPECT_EQ(store->append(conference, octets(2'001)).error(), StoreErrc::too_large);
    must_append(*store, conference, octets(1'500));  // alone it may be longer than the queue
    EXPECT_EQ(store->append(conference, octets(1)).error(), StoreErrc::queue_full);
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(store->flush().wait());
        must_append(*store, conference, octets(1'500));
    }
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(store->append(conference, octets(1'500)).error(), StoreErrc::quota);
    EXPECT_EQ(store->stats().refused_quota, 1U);
    EXPECT_EQ(store->append(ConferenceId{99}, octets(1)).error(), StoreErrc::not_found);
    // What a snapshot covers can go, and then there is room.
    ASSERT_TRUE(store->put_snapshot(conference, Snapshot{EntryIndex{2}, UnixMs{1}, {}}).wait());
    ASSERT_TRUE(store->trim(conference).wait());
    must_append(*store, conference, octets(1'500));
    auto long_author = make_entry("x");
    long_author.author.assign(kMaxAuthorOctets + 1, 'a');
    EXPECT_EQ(store->append(conference, std::move(long_author)).error(), StoreErrc::too_large);
}

TEST(StoreLog, ReplaysTheNewestSnapshotAndWhatFollows) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    for (int i = 1; i <= 10; ++i) must_append(*store, conference, make_entry(std::to_string(i)));
    auto without = store->replay(conference);
    ASSERT_TRUE(without);
    EXPECT_FALSE(without->snapshot());
    // The snapshot stands behind the entries it is made of, though nobody has waited for those.
    for (std::uint64_t through : {4U, 7U})
        ASSERT_TRUE(
            store->put_snapshot(conference, Snapshot{EntryIndex{through}, UnixMs{5}, to_bytes("state")}).wait());
    auto replay = store->replay(conference);
    ASSERT_TRUE(replay);
    ASSERT_TRUE(replay->snapshot());
    EXPECT_EQ(replay->snapshot()->through, EntryIndex{7});
    EXPECT_EQ(as_text(replay->snapshot()->payload), "state");
    auto after = all_of(*replay);
    ASSERT_EQ(after.size(), 3U);
    EXPECT_EQ(after[0].index, EntryIndex{8});
    EXPECT_EQ(store->put_snapshot(conference, Snapshot{EntryIndex{6}, {}, {}}).wait().error().code,
              StoreErrc::bad_argument);
    EXPECT_EQ(store->put_snapshot(conference, Snapshot{EntryIndex{11}, {}, {}}).wait().error().code,
              StoreErrc::bad_argument);
    EXPECT_EQ(store->put_snapshot(ConferenceId{9}, Snapshot{EntryIndex{0}, {}, {}}).wait().error().code,
              StoreErrc::not_found);
}

TEST(StoreLog, AReaderSeesOneMomentInPieces) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    for (int i = 1; i <= 100; ++i) must_append(*store, conference, make_entry(std::string(1'000, 'x')));
    ASSERT_TRUE(store->flush().wait());
    auto reader = store->replay(conference);
    ASSERT_TRUE(reader);
    auto first = reader->next(10'000);
    ASSERT_TRUE(first);
    EXPECT_LE(first->size(), 10U);
    EXPECT_GE(first->size(), 5U);
    // Trimmed, and written to, under the reader's hands.
    ASSERT_TRUE(store->put_snapshot(conference, Snapshot{EntryIndex{100}, {}, {}}).wait());
    ASSERT_TRUE(store->trim(conference).wait());
    must_append(*store, conference, make_entry("later"));
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(first->size() + all_of(*reader).size(), 100U);
    EXPECT_TRUE(reader->next()->empty());
    EXPECT_EQ(read_log(*store, conference).size(), 1U);
}

TEST(StoreLog, TrimKeepsKindsAndNumbers) {
    constexpr std::uint16_t kStroke = 1, kChat = 2;
    constexpr int kEntries = 3 * 2'000;
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    for (int i = 1; i <= kEntries; ++i) must_append(*store, conference, make_entry("x", i % 10 == 0 ? kChat : kStroke));
    const EntryIndex through{kEntries - 5};
    ASSERT_TRUE(store->trim(conference).wait());  // without a snapshot nothing goes
    EXPECT_EQ(store->conference(conference)->entries, std::uint64_t{kEntries});
    ASSERT_TRUE(store->put_snapshot(conference, Snapshot{through, {}, to_bytes("all")}).wait());
    auto removed = store->trim(conference, {EntryKind{kChat}}).wait();
    ASSERT_TRUE(removed) << removed.error().message;
    auto log = read_log(*store, conference);
    EXPECT_EQ(log.size() + removed->entries, std::uint64_t{kEntries});
    EXPECT_EQ(log.size(), std::size_t{kEntries / 10 + 4});  // one of the last five is chat, too
    for (const auto& entry : log) EXPECT_TRUE(entry.entry.kind == EntryKind{kChat} || entry.index > through);
    EXPECT_EQ(log[0].index, EntryIndex{10});
    EXPECT_EQ(store->conference(conference)->octets, log.size() * 5);
    ASSERT_TRUE(store->trim(conference).wait());
    EXPECT_EQ(read_log(*store, conference).size(), 5U);
    EXPECT_EQ(must_append(*store, conference, make_entry("x")), EntryIndex{kEntries + 1});
    EXPECT_EQ(store->trim(ConferenceId{77}).wait().error().code, StoreErrc::not_found);
}

TEST(StoreLog, AFullDiskHoldsTheLogAndLosesNothing) {
    StoreLimits limits;
    limits.database_octets = 600 * 1024;
    limits.retry = std::chrono::milliseconds(10);
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    auto victim = make_conference(*store, "victim");
    for (int i = 0; i < 20; ++i) must_append(*store, victim, make_entry(std::string(20'000, 'v')));
    ASSERT_TRUE(store->flush().wait());
    auto conference = make_conference(*store);
    std::atomic<std::uint64_t> durable{0};
    std::atomic<int> trouble{0};
    LogWatcher watcher;
    watcher.post = at_once();
    watcher.durable = [&](EntryIndex through) { durable = through.value; };
    watcher.trouble = [&](const StoreError& error) {
        EXPECT_EQ(error.code, StoreErrc::disk_full) << error.message;
        ++trouble;
    };
    store->watch(conference, watcher);
    for (int i = 0; i < 20; ++i) {
        must_append(*store, conference, make_entry(std::string(20'000, 'c')));
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
    for (int i = 0; i < 500 && trouble == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(trouble.load(), 1);  // once, however often it was tried
    EXPECT_LT(durable.load(), 20U);
    EXPECT_GT(store->stats().waiting_entries, 0U);
    // Deleting something gets through though entries wait, and makes room for them.
    auto removed = store->delete_conference(victim).wait();
    ASSERT_TRUE(removed) << removed.error().message;
    for (int i = 0; i < 500 && durable < 20; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(durable.load(), 20U);
    EXPECT_EQ(read_log(*store, conference).size(), 20U);
    EXPECT_GT(store->stats().disk_full, 0U);
    EXPECT_FALSE(store->stats().stopped);
    store->unwatch(conference);
}

}  // namespace
}  // namespace convene::store

#include "server/memory_log.hpp"

#include <gtest/gtest.h>

#include <mutex>

#include "server/memory_entries.hpp"
#include "store/testing.hpp"

namespace convene::server {
namespace {

/// Runs what the store posts when it is told to, as a thread of a conference would.
class Owner final : public MemoryLogEvents {
public:
    store::Executor executor() {
        return [this](std::function<void()> what) {
            const std::lock_guard lock(mutex_);
            posted_.push_back(std::move(what));
        };
    }
    bool run_until(const std::function<bool()>& done) {
        for (int i = 0; i < 5'000 && !done(); ++i) {
            std::vector<std::function<void()>> now;
            {
                const std::lock_guard lock(mutex_);
                now.swap(posted_);
            }
            for (const auto& what : now) what();
            if (now.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return done();
    }

    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint32_t> safe;  ///< by kind and user
    int calls = 0, behind = 0, rooms = 0, stopped = 0;

private:
    void on_safe(const std::vector<DueReceipt>& receipts) override {
        ++calls;
        for (const auto& each : receipts) {
            auto& count = safe[{each.kind.value, each.to.value}];
            EXPECT_GE(each.count, count) << "receipts never go back";
            count = each.count;
        }
    }
    void on_behind(store::StoreErrc) override { ++behind; }
    void on_room() override { ++rooms; }
    void on_stopped(const std::string&) override { ++stopped; }
    void on_disk_full(const std::string&) override {}

    std::mutex mutex_;
    std::vector<std::function<void()>> posted_;
};

constexpr std::uint16_t kAda = 1003, kGrace = 1004;

store::Entry entry(store::EntryKind kind, std::size_t octets = 10) {
    return store::Entry{kind, "Ada", Bytes(octets), store::UnixMs{1}};
}
DueReceipt due(store::EntryKind kind, std::uint16_t user, std::uint32_t count) {
    return {kind, mcs::UserId{user}, count};
}

struct Stage {
    explicit Stage(store::StoreLimits limits = {}) {
        limits.durability = store::Durability::normal;
        store = store::open_store(folder / "store", limits);
        id = store::make_conference(*store);
        log = std::make_unique<MemoryLog>(*store, id, owner.executor(), owner);
    }
    std::uint32_t safe(store::EntryKind kind, std::uint16_t user) { return owner.safe[{kind.value, user}]; }

    store::TestFolder folder;
    Owner owner;
    std::unique_ptr<store::Store> store;
    store::ConferenceId id;
    std::unique_ptr<MemoryLog> log;
};

TEST(MemoryLog, ReceiptsFollowTheDiskAndAreGatheredForEachSender) {
    Stage stage;
    for (std::uint32_t i = 1; i <= 1000; ++i) {
        stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kAda, i));
        stage.log->append(entry(kChatEntry), due(kChatEntry, kGrace, i));
    }
    stage.log->settle();
    EXPECT_TRUE(stage.owner.safe.empty()) << "the owner has not heard of the disk";
    ASSERT_TRUE(stage.owner.run_until(
        [&] { return stage.safe(kWhiteboardEntry, kAda) == 1000 && stage.safe(kChatEntry, kGrace) == 1000; }));
    EXPECT_LT(stage.owner.calls, 1000);
}

TEST(MemoryLog, WhatNeedsNoStoringIsConfirmedWithWhatIsBeforeIt) {
    Stage stage;
    stage.log->pass(due(kWhiteboardEntry, kAda, 3));
    stage.log->settle();
    EXPECT_EQ(stage.safe(kWhiteboardEntry, kAda), 3U) << "nothing is before it";
    stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kAda, 4));
    stage.log->pass(due(kWhiteboardEntry, kAda, 5));
    stage.log->settle();
    EXPECT_EQ(stage.safe(kWhiteboardEntry, kAda), 3U);
    EXPECT_TRUE(stage.owner.run_until([&] { return stage.safe(kWhiteboardEntry, kAda) == 5; }));
}

TEST(MemoryLog, WhatTheStoreDoesNotTakeAtOnceWaitsInOrder) {
    store::StoreLimits limits;
    limits.queue_entries = 4;
    Stage stage(limits);
    for (std::uint32_t i = 1; i <= 500; ++i)
        stage.log->append(entry(kWhiteboardEntry, i), due(kWhiteboardEntry, kAda, i));
    ASSERT_TRUE(stage.owner.run_until([&] { return stage.safe(kWhiteboardEntry, kAda) == 500; }));
    EXPECT_EQ(stage.owner.behind, 0);
    const auto all = store::read_log(*stage.store, stage.id);
    ASSERT_EQ(all.size(), 500U);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].entry.payload.size(), i + 1);
}

TEST(MemoryLog, NothingBehindAGapIsConfirmedUntilASnapshotCoversIt) {
    store::StoreLimits limits;
    limits.entry_octets = 100;
    Stage stage(limits);
    stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kAda, 1));
    stage.log->append(entry(kWhiteboardEntry, 101), due(kWhiteboardEntry, kAda, 2));  // too large for the store
    EXPECT_EQ(stage.owner.behind, 1);
    EXPECT_TRUE(stage.log->is_behind());
    stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kAda, 3));
    stage.log->append(entry(kChatEntry), due(kChatEntry, kGrace, 1));
    ASSERT_TRUE(stage.owner.run_until([&] { return stage.store->stats().durable == 1; }));
    stage.owner.run_until([&] { return false; });
    EXPECT_LE(stage.safe(kWhiteboardEntry, kAda), 1U);

    stage.log->resume(kWhiteboardEntry);
    stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kAda, 4));
    stage.log->append(entry(kChatEntry), due(kChatEntry, kAda, 9));
    ASSERT_TRUE(stage.owner.run_until([&] { return stage.safe(kChatEntry, kAda) == 9; }));
    EXPECT_LE(stage.safe(kWhiteboardEntry, kAda), 1U) << "the snapshot is not written";
    stage.log->pass(due(kWhiteboardEntry, kAda, 4));
    stage.log->covered(true);
    EXPECT_EQ(stage.safe(kWhiteboardEntry, kAda), 4U);
    // A line of chat that was lost stays lost, and whoever said it is told of none that follows.
    stage.log->append(entry(kChatEntry), due(kChatEntry, kGrace, 2));
    stage.log->append(entry(kWhiteboardEntry), due(kWhiteboardEntry, kGrace, 1));
    ASSERT_TRUE(stage.owner.run_until([&] { return stage.safe(kWhiteboardEntry, kGrace) == 1; }));
    EXPECT_EQ(stage.safe(kChatEntry, kGrace), 0U);
}

TEST(MemoryLog, WhenASnapshotFailsTheGapStays) {
    store::StoreLimits limits;
    limits.entry_octets = 100;
    Stage stage(limits);
    stage.log->append(entry(kWhiteboardEntry, 101), due(kWhiteboardEntry, kAda, 1));
    stage.log->resume(kWhiteboardEntry);
    stage.log->covered(false);
    EXPECT_TRUE(stage.log->is_behind());
    EXPECT_EQ(stage.safe(kWhiteboardEntry, kAda), 0U);
}

TEST(MemoryLog, AConferenceThatIsGoneStopsIt) {
    Stage stage;
    ASSERT_TRUE(stage.store->delete_conference(stage.id).wait());
    stage.log->append(entry(kChatEntry), due(kChatEntry, kAda, 1));
    ASSERT_TRUE(stage.owner.run_until([&] { return stage.owner.stopped > 0 || stage.log->is_stopped(); }));
    EXPECT_TRUE(stage.owner.safe.empty());
}

}  // namespace
}  // namespace convene::server

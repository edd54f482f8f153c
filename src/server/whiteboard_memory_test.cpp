// The whiteboard's log and snapshots, with the store's answers run on the thread of the test.
#include "server/whiteboard_memory.hpp"

#include <gtest/gtest.h>

#include <mutex>

#include "node/testing.hpp"
#include "server/board_replay.hpp"
#include "store/testing.hpp"
#include "whiteboard/editor.hpp"

namespace convene::server {
namespace {

using node::testing::config_for;
using node::testing::Network;

/// A conference in memory whose top keeps the whiteboard in a real store.
class Kept final : private MemoryLogEvents {
public:
    explicit Kept(const std::string& folder, SnapshotRule rule = {}) : store_(store::open_store(folder)) {
        const auto found = store_->find_conference("weekly");
        id_ = found ? *found : store::make_conference(*store_);
        log_ = std::make_unique<MemoryLog>(*store_, id_, executor(), static_cast<MemoryLogEvents&>(*this));
        auto config = with_board("server", 1, true);
        memory_ = std::make_unique<WhiteboardMemory>(*store_, id_, *log_, config.whiteboard, executor(), rule);
        const auto first = memory_->restore({});
        EXPECT_TRUE(first);
        first_handle = *first;
        config.registry.first_handle = *first;
        server_ = &network_.add(std::move(config));
        gcc::ConferenceProfile profile;
        profile.name.numeric = "1503";
        profile.termination = gcc::TerminationMethod::manual;
        server_->node->host(profile, network_.now());
        run();
    }

    static node::NodeConfig with_board(const std::string& name, std::uint64_t seed, bool keeps) {
        auto config = config_for(name, seed);
        whiteboard::EntityConfig board;
        board.is_keeper = keeps;
        board.seed = seed;
        config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(board));
        config.keeps_whiteboard = keeps;
        return config;
    }
    Network::Member& join(const std::string& name, std::uint64_t seed = 100) {
        auto& member = network_.add(with_board(name, seed, false));
        member.node->join("server", {}, network_.now());
        pass(std::chrono::seconds{3});
        return member;
    }
    static whiteboard::Entity& board_of(Network::Member& member) { return member.node->whiteboard()->entity(); }
    whiteboard::Editor::Outcome edit(Network::Member& member,
                                     const std::function<whiteboard::Editor::Outcome(whiteboard::Editor&)>& what) {
        whiteboard::Editor editor(board_of(member));
        auto outcome = what(editor);
        EXPECT_TRUE(outcome.is_done());
        member.node->settle(network_.now());
        run();
        return outcome;
    }
    void draw(Network::Member& member, whiteboard::ItemId page, int count) {
        for (int i = 0; i < count; ++i) {
            whiteboard::Drawing drawing;
            drawing.anchor = {i, i};
            drawing.deltas = {{10, 5}};
            edit(member, [&](auto& editor) { return editor.draw(page, drawing, network_.now()); });
        }
    }
    void run() {
        for (int i = 0; i < 100; ++i) {
            network_.run();
            for (; seen_ < server_->events.size(); ++seen_)
                if (const auto* traffic = std::get_if<node::WhiteboardTraffic>(&server_->events[seen_]))
                    memory_->on_traffic(*traffic, "Ada");
            std::vector<std::function<void()>> now;
            {
                const std::lock_guard lock(mutex_);
                now.swap(posted_);
            }
            for (const auto& what : now) what();
            if (now.empty()) break;
        }
    }
    void pass(Duration time) {
        network_.pass(time);
        run();
    }
    bool run_until(const std::function<bool()>& done) {
        for (int i = 0; i < 2'000 && !done(); ++i) {
            run();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return done();
    }
    Sha256Digest digest() { return board_of(*server_).confirmed().digest(); }
    Sha256Digest remembered() {
        EXPECT_TRUE(store_->flush().wait());
        std::uint64_t unreadable = 0;
        const auto board = replay_board(*store_, id_, {}, &unreadable);
        EXPECT_TRUE(board);
        EXPECT_EQ(unreadable, 0U);
        return board->digest();
    }
    std::uint64_t entries() { return store_->conference(id_)->entries; }

    std::uint32_t first_handle = 0;
    Network network_;
    std::unique_ptr<store::Store> store_;
    store::ConferenceId id_;
    std::map<mcs::UserId, std::uint32_t> safe;
    std::unique_ptr<MemoryLog> log_;
    std::unique_ptr<WhiteboardMemory> memory_;

private:
    store::Executor executor() {
        return [this](std::function<void()> what) {
            const std::lock_guard lock(mutex_);
            posted_.push_back(std::move(what));
        };
    }
    void on_safe(const std::vector<DueReceipt>& receipts) override {
        for (const auto& each : receipts) safe[each.to] = each.count;
    }
    void on_behind(store::StoreErrc) override {}
    void on_room() override {}
    void on_stopped(const std::string& why) override { ADD_FAILURE() << why; }
    void on_disk_full(const std::string& why) override { ADD_FAILURE() << why; }

    Network::Member* server_ = nullptr;
    std::size_t seen_ = 0;
    std::mutex mutex_;
    std::vector<std::function<void()>> posted_;
};

TEST(WhiteboardMemory, WhatIsReadBackIsWhatEverybodyHas) {
    store::TestFolder folder;
    Sha256Digest digest{};
    std::uint32_t first = 0;
    {
        Kept kept(folder / "store");
        first = kept.first_handle;
        auto& ada = kept.join("Ada");
        const auto page = kept.edit(ada,
                                    [&](auto& editor) {
                                        return editor.add_page({800, 600}, whiteboard::kWhite, kept.network_.now());
                                    })
                              .items.front();
        kept.draw(ada, page, 10);
        const auto objects = kept.board_of(ada).board().objects_of(page);
        kept.edit(ada, [&](auto& editor) { return editor.move({objects[3]}, {50, 50}, kept.network_.now()); });
        kept.edit(ada, [&](auto& editor) { return editor.erase({objects[4]}, kept.network_.now()); });
        kept.edit(ada, [&](auto& editor) {
            return editor.stack({objects[5]}, whiteboard::Stacking::front, kept.network_.now());
        });
        kept.pass(std::chrono::seconds{1});
        digest = kept.digest();
        EXPECT_EQ(kept.remembered(), digest);
        ASSERT_TRUE(kept.run_until([&] { return kept.safe.contains(*kept.board_of(ada).user()); }));
    }
    Kept again(folder / "store");
    EXPECT_EQ(again.digest(), digest);
    EXPECT_GE(again.first_handle, first + kHandlesAside);
    auto& grace = again.join("Grace");
    EXPECT_EQ(again.board_of(grace).board().digest(), digest);
}

TEST(WhiteboardMemory, APointerIsShownAndNotRemembered) {
    store::TestFolder folder;
    Kept kept(folder / "store");
    auto& ada = kept.join("Ada");
    const auto page = kept.edit(ada,
                                [&](auto& editor) {
                                    return editor.add_page({800, 600}, whiteboard::kWhite, kept.network_.now());
                                })
                          .items.front();
    kept.pass(std::chrono::seconds{1});
    ASSERT_TRUE(kept.store_->flush().wait());
    const auto before = kept.entries();
    for (int i = 0; i < 10; ++i) {
        EXPECT_FALSE(kept.board_of(ada).point_at(page, {i * 10, 20}, kept.network_.now()));
        ada.node->settle(kept.network_.now());
        kept.pass(std::chrono::milliseconds{200});
    }
    kept.board_of(ada).stop_pointing(kept.network_.now());
    ada.node->settle(kept.network_.now());
    kept.pass(std::chrono::seconds{1});
    ASSERT_TRUE(kept.store_->flush().wait());
    EXPECT_EQ(kept.entries(), before);
}

TEST(WhiteboardMemory, WhoHasLeftIsForgotten) {
    store::TestFolder folder;
    Kept kept(folder.path());
    const auto hear_from = [&](std::uint16_t first, std::size_t count) {
        for (std::uint16_t user = first; user < first + count; ++user) {
            node::WhiteboardTraffic traffic;
            traffic.from = mcs::UserId{user};
            traffic.number = 1;
            kept.memory_->on_traffic(traffic, "Ada");
        }
    };
    const auto even_stay = [](mcs::UserId user) { return user.value % 2 == 0; };
    hear_from(2000, kSendersBeforeTidy - 1);
    kept.memory_->tidy(even_stay);
    EXPECT_EQ(kept.memory_->senders(), kSendersBeforeTidy - 1) << "not worth the trouble yet";
    hear_from(2000, kSendersBeforeTidy);
    kept.memory_->tidy(even_stay);
    EXPECT_EQ(kept.memory_->senders(), kSendersBeforeTidy / 2);
    // A conference that really is large is not gone through at each stroke.
    hear_from(4000, kSendersBeforeTidy);
    kept.memory_->tidy(even_stay);
    EXPECT_EQ(kept.memory_->senders(), kSendersBeforeTidy * 3 / 2);
}

TEST(WhiteboardMemory, SnapshotsReplaceTheLogBehindThem) {
    store::TestFolder folder;
    Sha256Digest digest{};
    {
        Kept kept(folder / "store", SnapshotRule{50, 1 << 20});
        auto& ada = kept.join("Ada");
        const auto page = kept.edit(ada,
                                    [&](auto& editor) {
                                        return editor.add_page({800, 600}, whiteboard::kWhite, kept.network_.now());
                                    })
                              .items.front();
        kept.draw(ada, page, 60);
        ASSERT_TRUE(kept.run_until([&] { return kept.memory_->snapshots() >= 1; }));
        kept.draw(ada, page, 30);
        kept.pass(std::chrono::seconds{1});
        ASSERT_TRUE(kept.store_->flush().wait());
        ASSERT_TRUE(kept.run_until([&] { return kept.entries() < 60; }));
        digest = kept.digest();
        EXPECT_EQ(kept.remembered(), digest);
    }
    Kept again(folder / "store");
    EXPECT_EQ(again.digest(), digest);
}

TEST(WhiteboardMemory, ASnapshotMakesALogWholeThatHasLostSomething) {
    store::TestFolder folder;
    Sha256Digest digest{};
    {
        Kept kept(folder / "store");
        auto& ada = kept.join("Ada");
        const auto page = kept.edit(ada,
                                    [&](auto& editor) {
                                        return editor.add_page({800, 600}, whiteboard::kWhite, kept.network_.now());
                                    })
                              .items.front();
        // Larger than an entry may be: as if the store had no room.
        kept.log_->append(store::Entry{kWhiteboardEntry, "Ada", Bytes(5 << 20), unix_now()}, std::nullopt);
        ASSERT_TRUE(kept.log_->is_behind());
        kept.draw(ada, page, 10);
        kept.pass(std::chrono::seconds{1});
        EXPECT_NE(kept.remembered(), kept.digest());
        kept.memory_->take_snapshot(true);
        ASSERT_TRUE(kept.run_until([&] { return kept.memory_->snapshots() == 1; }));
        kept.draw(ada, page, 5);
        kept.pass(std::chrono::seconds{1});
        digest = kept.digest();
        EXPECT_EQ(kept.remembered(), digest);
        ASSERT_TRUE(kept.run_until(
            [&] { return ada.node->whiteboard()->unsaved() > 0 && kept.safe[*kept.board_of(ada).user()] >= 16; }));
    }
    Kept again(folder / "store");
    EXPECT_EQ(again.digest(), digest);
}

}  // namespace
}  // namespace convene::server

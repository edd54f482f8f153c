// What a server remembers, through whole nodes that visit it.
#include "server/memory.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "server/file_shelf.hpp"
#include "server/memory_entries.hpp"
#include "server/memory_testing.hpp"

namespace convene::server {
namespace {

using namespace std::chrono_literals;
using testing::Visitor;

using MemoryTests = testing::MemoryTest;

Bytes some_octets(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 31 >> 4);
    return out;
}

TEST_F(MemoryTests, WhatWasDrawnSaidAndSentIsThereAfterARestart) {
    start();
    Visitor& ada = come("Ada");
    const auto page = add_page(ada);
    draw(ada, page, 20);
    say(ada, "good morning");
    const Bytes content = some_octets(100'000);
    ASSERT_TRUE(run_until([&] { return files_of(ada).is_ready(); }));
    run_for(500ms);  // until the roster has told who takes files
    files_of(ada).send("plan.txt", content);
    ASSERT_TRUE(run_with_files([&] { return files_of(ada).sent.size() == 1; }));
    EXPECT_EQ(files_of(ada).sent.front().confirmed.size(), 1U);
    ASSERT_TRUE(wait_saved(ada));
    const auto digest = board_of(ada).board().digest();
    restart();
    Visitor& grace = come("Grace");
    EXPECT_TRUE(logged("memory-restored conf=lobby lines=1 pages=1 objects=20 files=1")) << log_text();
    EXPECT_EQ(board_of(grace).board().digest(), digest);
    EXPECT_TRUE(run_until([&] { return !told(grace).empty(); }));
    EXPECT_EQ(told(grace), std::vector<std::string>{"Ada: good morning"});
    ASSERT_TRUE(run_until([&] { return files_of(grace).is_ready(); }));
    run_for(500ms);
    files_of(grace).ask();
    ASSERT_TRUE(run_with_files([&] { return !files_of(grace).listed.empty(); }));
    ASSERT_EQ(files_of(grace).listed.front().entries.size(), 1U);
    EXPECT_EQ(files_of(grace).listed.front().entries.front().name.text, "plan.txt");
    EXPECT_EQ(files_of(grace).listed.front().entries.front().size, content.size());
    files_of(grace).request("plan.txt");
    ASSERT_TRUE(run_with_files([&] { return !files_of(grace).received.empty(); }));
    EXPECT_EQ(files_of(grace).received["plan.txt"], content);

    // What is drawn now has handles of its own, and comes on top.
    draw(grace, page, 5);
    ASSERT_TRUE(wait_saved(grace));
    const auto later = board_of(grace).board().digest();
    EXPECT_EQ(board_of(grace).board().objects_of(page).size(), 25U);
    stop();
    const auto board = read_board(settings_.data, "lobby");
    ASSERT_TRUE(board) << board.error();
    EXPECT_EQ(board->digest(), later);
    EXPECT_FALSE(read_board(settings_.data, "elsewhere"));
    EXPECT_FALSE(read_board(settings_.data + "/nowhere", "lobby"));
}

TEST_F(MemoryTests, NobodyIsToldThatSomethingIsSafeWhereNothingIsKept) {
    settings_.data.clear();
    start();
    Visitor& ada = come("Ada");
    const auto page = add_page(ada);
    draw(ada, page);
    say(ada, "hello");
    run_for(1500ms);
    EXPECT_GT(ada.node().whiteboard()->unsaved(), 0U);
    EXPECT_EQ(ada.node().chat()->unsaved(), 1U);
    // But the server serves those who come late.
    ada.with([](node::Node& node, Instant now) { node.leave(now); });
    run_for(500ms);
    Visitor& grace = come("Grace");
    EXPECT_EQ(board_of(grace).board().objects_of(page).size(), 1U);
    EXPECT_TRUE(told(grace).empty());
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "lobby"}})["ok"], false);
}

TEST_F(MemoryTests, PrivateLinesAreNotRemembered) {
    start();
    Visitor& ada = come("Ada");
    Visitor& grace = come("Grace");
    ASSERT_TRUE(run_until([&] { return ada.roster() == 3 && grace.roster() == 3; }));
    run_for(500ms);
    ada.with([&](node::Node& node, Instant now) {
        EXPECT_TRUE(node.say_privately(*grace.conference().self(), "between us", now));
        node.say("for all", now);
    });
    ASSERT_TRUE(run_until([&] { return grace.said().size() == 2; }));
    ASSERT_TRUE(wait_saved(ada));
    Visitor& late = come("Late");
    EXPECT_TRUE(run_until([&] { return !told(late).empty(); }));
    EXPECT_EQ(told(late), std::vector<std::string>{"Ada: for all"});
    stop();
    auto store = store::open_store(memory_folder(settings_.data));
    for (const auto& entry : store::read_log(*store, *store->find_conference("lobby")))
        EXPECT_NE(as_text(entry.entry.payload), "between us");
}

TEST_F(MemoryTests, ANewcomerIsToldTheLastLinesAndNoneTwice) {
    settings_.memory_history_lines = 3;
    start();
    Visitor& ada = come("Ada");
    for (int i = 0; i < 10; ++i) say(ada, "line " + std::to_string(i));
    ASSERT_TRUE(wait_saved(ada));
    Visitor& late = visit("Late");
    late.join(address());
    ASSERT_TRUE(run_until([&] { return late.has<gcc::Joined>(); }));
    for (int i = 10; i < 13; ++i) {
        say(ada, "line " + std::to_string(i));
        run_for(40ms);
    }
    ASSERT_TRUE(run_until([&] { return late.has<node::ChatHistory>(); }));
    run_for(300ms);
    auto all = told(late);
    for (const auto& line : late.said()) all.push_back(line);
    auto once = all;
    std::sort(once.begin(), once.end());
    EXPECT_EQ(std::adjacent_find(once.begin(), once.end()), once.end());
    EXPECT_EQ(all.back(), "Ada: line 12");
    EXPECT_GE(all.size(), 3U);
    // Who does not ask is not told.
    Visitor& other = visit("Other", [](node::NodeConfig& config) { config.wants_history = false; });
    other.join(address());
    ASSERT_TRUE(run_until([&] { return other.has<node::ChatReady>(); }));
    run_for(600ms);
    EXPECT_FALSE(other.has<node::ChatHistory>());
}

TEST_F(MemoryTests, WhatIsSwitchedOffIsNotKept) {
    settings_.memory_files = false;
    settings_.conferences.resize(1);
    settings_.conferences[0].name = "Secret";
    settings_.conferences[0].remember_chat = settings_.conferences[0].remember_whiteboard = false;
    EXPECT_EQ(remembered(settings_, "lobby"), (Remembered{true, true, false}));
    EXPECT_EQ(remembered(settings_, "Secret"), Remembered{});
    start();
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "Secret"}})["ok"], false);
    const auto lobby = ask({{"command", "memory"}, {"conference", "lobby"}});
    EXPECT_EQ(lobby["chat"], true);
    EXPECT_EQ(lobby["shelf"], false);
    Visitor& ada = come("Ada");
    run_for(500ms);
    EXPECT_TRUE(ada.node().files()->entity().members().empty()) << "the server takes no part in files";
    stop();
    auto store = store::open_store(memory_folder(settings_.data));
    EXPECT_EQ(store->conferences()->size(), 1U);
}

TEST_F(MemoryTests, TheShelfHasAQuota) {
    settings_.memory_shelf_size = ByteSize{100'000};
    settings_.memory_file_size = ByteSize{80'000};
    start();
    Visitor& ada = come("Ada");
    ASSERT_TRUE(run_until([&] { return files_of(ada).is_ready(); }));
    run_for(500ms);
    files_of(ada).send("too large.bin", some_octets(90'000));
    ASSERT_TRUE(run_with_files([&] { return files_of(ada).rejected.size() == 1; }));
    EXPECT_EQ(files_of(ada).rejected.back().reason, files::RejectReason::transfer_limit);
    files_of(ada).send("fits.bin", some_octets(70'000));
    ASSERT_TRUE(run_with_files([&] { return files_of(ada).sent.size() == 1; }));
    files_of(ada).send("no room.bin", some_octets(40'000));
    ASSERT_TRUE(run_with_files([&] { return files_of(ada).rejected.size() == 2; }));
    EXPECT_EQ(files_of(ada).rejected.back().reason, files::RejectReason::insufficient_resources);
    EXPECT_TRUE(logged("file-refused"));
    // The same file again takes no room, another one of that name gets a name of its own.
    files_of(ada).send("fits.bin", some_octets(20'000));
    ASSERT_TRUE(run_with_files([&] { return files_of(ada).sent.size() == 2; }));
    const auto kept = ask({{"command", "memory"}, {"conference", "lobby"}});
    EXPECT_EQ(kept["files"], 2);
    EXPECT_EQ(kept["file_octets"], 90'000);
    files_of(ada).ask();
    ASSERT_TRUE(run_with_files([&] { return !files_of(ada).listed.empty(); }));
    std::set<std::string> names;
    for (const auto& line : files_of(ada).listed.back().entries) names.insert(line.name.text);
    EXPECT_EQ(names, (std::set<std::string>{"fits.bin", "fits (2).bin"}));
}

TEST_F(MemoryTests, AFileForOneIsNotTaken) {
    start();
    Visitor& ada = come("Ada");
    Visitor& grace = come("Grace");
    ASSERT_TRUE(run_until([&] {
        return files_of(ada).is_ready() && files_of(grace).is_ready() &&
               ada.node().files()->entity().members().size() == 2;
    }));
    const auto to = ada.node().files()->attachments_of(*grace.conference().self());
    ASSERT_EQ(to.size(), 1U);
    files_of(ada).send("secret.txt", to_bytes("for your eyes only"), {to, std::nullopt});
    ASSERT_TRUE(run_with_files([&] { return !files_of(grace).received.empty(); }));
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "lobby"}})["files"], 0);
    EXPECT_FALSE(logged("secret.txt"));
}

TEST_F(MemoryTests, AFileForAllIsTakenThroughAPrivateSessionToo) {
    start();
    Visitor& ada = come("Ada");
    Visitor& grace = come("Grace");
    ASSERT_TRUE(run_until([&] {
        return files_of(ada).is_ready() && files_of(grace).is_ready() &&
               ada.node().files()->entity().members().size() == 2;
    }));
    // As NetMeeting does, and nodes of ours where there is one.
    files_of(ada).send("for all.txt", to_bytes("everybody"), {{}, files::Via::sub_session});
    ASSERT_TRUE(run_with_files([&] { return !files_of(ada).sent.empty(); }));
    EXPECT_EQ(files_of(ada).sent[0].confirmed.size(), 2U);
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "lobby"}})["files"], 1);

    // For the server alone, where there are others: that is not for all.
    const mcs::UserId self = *grace.node().files()->entity().user();
    for (const auto& [user, member] : ada.node().files()->entity().members())
        if (user != self) files_of(ada).send("for one.txt", to_bytes("nobody else"), {{user}, std::nullopt});
    ASSERT_TRUE(run_with_files([&] { return !files_of(ada).rejected.empty(); }));
    EXPECT_EQ(files_of(ada).rejected[0].reason, files::RejectReason::file_not_required);
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "lobby"}})["files"], 1);
}

TEST_F(MemoryTests, AdministratorsSeeCopyAndDeleteWhatIsKept) {
    settings_.conferences.resize(1);
    settings_.conferences[0].name = "Board";
    start();
    Visitor& ada = come("Ada");
    draw(ada, add_page(ada), 3);
    say(ada, "to be forgotten");
    ASSERT_TRUE(wait_saved(ada));
    const auto kept = ask({{"command", "memory"}, {"conference", "lobby"}});
    EXPECT_EQ(kept["running"], true);
    EXPECT_GE(kept["entries"], 5);
    const std::string exported = folder_ / "exported", backup = folder_ / "backup";
    EXPECT_EQ(ask({{"command", "export"}, {"conference", "lobby"}, {"folder", "here"}})["ok"], false);
    EXPECT_EQ(ask({{"command", "export"}, {"conference", "lobby"}, {"folder", exported}})["ok"], true);
    EXPECT_TRUE(std::filesystem::exists(exported + "/log.jsonl"));
    EXPECT_EQ(ask({{"command", "backup"}, {"folder", backup}})["ok"], true);
    EXPECT_EQ(ask({{"command", "backup"}, {"folder", backup}})["ok"], false);
    EXPECT_TRUE(ask({{"command", "status"}})["memory"].contains("entries_written"));
    {
        auto copy = store::open_store(backup);
        EXPECT_FALSE(store::read_log(*copy, *copy->find_conference("lobby")).empty());
    }
    EXPECT_EQ(ask({{"command", "forget"}, {"conference", "lobby"}})["ok"], true);
    ASSERT_TRUE(run_until([&] { return ada.has<gcc::Ended>(); }));
    ASSERT_TRUE(run_until([&] { return server_->conferences() == 2; }));
    Visitor& grace = come("Grace");
    EXPECT_TRUE(board_of(grace).board().pages().empty());
    run_for(500ms);
    EXPECT_TRUE(told(grace).empty());
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "lobby"}})["entries"], 0);

    settings_.conferences.clear();
    restart();
    bool is_listed = false;
    const auto list = ask({{"command", "conferences"}});
    for (const auto& line : list["conferences"])
        is_listed = is_listed || (line["conference"] == "Board" && line["running"] == false);
    EXPECT_TRUE(is_listed) << list;
    EXPECT_EQ(ask({{"command", "memory"}, {"conference", "Board"}})["running"], false);
    EXPECT_EQ(ask({{"command", "forget"}, {"conference", "Board"}})["ok"], true);
    EXPECT_EQ(ask({{"command", "forget"}, {"conference", "Board"}})["ok"], false);
}

TEST_F(MemoryTests, AStoreThatCannotBeOpenedStopsTheStart) {
    std::filesystem::create_directories(settings_.data);
    auto other = store::open_store(memory_folder(settings_.data));
    server_ = std::make_unique<Server>(context_, log_, settings_);
    const auto started = server_->start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().find("cannot open the memory in"), std::string::npos);
    const auto board = read_board(settings_.data, "lobby");
    ASSERT_FALSE(board);
    EXPECT_FALSE(board.error().empty());
}

TEST_F(MemoryTests, WhatIsTooOldIsRemovedAtTheStart) {
    std::filesystem::create_directories(settings_.data);
    {
        auto store = store::open_store(memory_folder(settings_.data));
        const auto lobby = store::make_conference(*store, "lobby");
        auto old = store::make_entry("long ago", kChatEntry.value, 1'000);
        auto young = store::make_entry("just now", kChatEntry.value, unix_now().value);
        store::must_append(*store, lobby, std::move(old));
        store::must_append(*store, lobby, std::move(young));
        ASSERT_TRUE(store->flush().wait());
    }
    settings_.memory_retention = std::chrono::hours(24);
    start();
    EXPECT_TRUE(run_until([&] { return logged("memory-cleaned"); }));
    Visitor& ada = come("Ada");
    EXPECT_TRUE(run_until([&] { return !told(ada).empty(); })) << log_text();
    EXPECT_EQ(told(ada), std::vector<std::string>{"anna: just now"});
}

TEST_F(MemoryTests, AConferenceOnDemandIsNotRemembered) {
    start();
    gcc::ConferenceProfile profile;
    profile.name.numeric = "77";
    profile.name.text = u"Garden";
    Visitor& ada = visit("Ada");
    ada.with([&](node::Node& node, Instant now) { node.create(address(), profile, now); });
    ASSERT_TRUE(run_until([&] { return ada.has<node::ChatReady>(); }));
    say(ada, "psst");
    run_for(500ms);
    EXPECT_EQ(ada.node().chat()->unsaved(), 1U);
    stop();
    auto store = store::open_store(memory_folder(settings_.data));
    EXPECT_FALSE(store->find_conference("Garden"));
}

TEST(FileShelf, AFileWhoseNameIsTakenGetsANumber) {
    EXPECT_EQ(free_name("a.txt", {}), "a.txt");
    EXPECT_EQ(free_name("a.txt", {"a.txt"}), "a (2).txt");
    EXPECT_EQ(free_name("a.txt", {"a.txt", "a (2).txt"}), "a (3).txt");
    EXPECT_EQ(free_name("README", {"README"}), "README (2)");
    EXPECT_EQ(free_name(".profile", {".profile"}), ".profile (2)");
}

TEST(MemoryEntries, AreReadAsTheyWereWritten) {
    const WhiteboardEntry entry{1003, to_bytes("octets")};
    EXPECT_EQ(decode_whiteboard_entry(encode(entry)), entry);
    WhiteboardSnapshot snapshot;
    for (int i = 0; i < 70'000; ++i) snapshot.pdus.push_back(to_bytes(std::to_string(i)));
    EXPECT_EQ(decode_whiteboard_snapshot(encode(snapshot)), snapshot);
    EXPECT_FALSE(decode_whiteboard_entry({}));
    EXPECT_FALSE(decode_whiteboard_snapshot({}));
}

}  // namespace
}  // namespace convene::server

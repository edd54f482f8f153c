// Back-ups while everybody writes, exports, retention, checks.
#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/hex.hpp"
#include "store/sqlite.hpp"
#include "store/testing.hpp"

namespace convene::store {
namespace {

FileId put_on_shelf(Store& store, ConferenceId conference, std::string name, std::string_view content,
                    std::int64_t time = 5'000) {
    auto writer = store.write_blob(conference);
    EXPECT_TRUE(writer && writer->write(as_bytes(content)));
    auto blob = writer->finish().wait();
    EXPECT_TRUE(blob) << blob.error().message;
    auto id = store.add_file(conference, {std::move(name), "anna", UnixMs{time}}, *blob).wait();
    EXPECT_TRUE(id) << id.error().message;
    return id ? *id : FileId{};
}

void expect_sound(Store& store) {
    auto report = store.check(CheckDepth::full).wait();
    ASSERT_TRUE(report) << report.error().message;
    for (const auto& problem : report->problems) ADD_FAILURE() << problem;
}

TEST(StoreKeeping, ABackupMadeWhileEverybodyWritesOpensClean) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    std::atomic<std::uint64_t> durable{0};
    LogWatcher watcher;
    watcher.post = at_once();
    watcher.durable = [&](EntryIndex through) { durable = through.value; };
    store->watch(conference, watcher);
    std::atomic<bool> stop{false};
    std::atomic<int> files{0};
    std::thread strokes([&] {
        while (!stop) {
            auto entry = make_entry(std::string(200, 's'));
            if (!store->append(conference, std::move(entry))) std::this_thread::yield();
            if (store->stats().waiting_entries > 100) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    // Files come and go, so that contents are to be removed while the back-up wants them.
    std::thread shelf([&] {
        for (int i = 0; !stop; ++i) {
            auto id = put_on_shelf(*store, conference, "f", "content " + std::to_string(i));
            ++files;
            if (i % 2 == 0) store->remove_file(conference, id);
        }
    });
    for (int i = 0; i < 500 && (durable < 2'000 || files < 10); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    for (int round = 0; round < 4; ++round) {
        const auto target = folder / ("b" + std::to_string(round)).c_str();
        const auto before = durable.load();
        auto report = store->back_up(target).wait();
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_GT(report->blobs_linked, 0U);
        auto copy = open_store(target);
        expect_sound(*copy);
        auto log = read_log(*copy, conference);
        EXPECT_GE(log.size(), before);  // what was durable when it began
        for (std::size_t i = 0; i < log.size(); ++i) ASSERT_EQ(log[i].index.value, i + 1);
    }
    stop = true;
    strokes.join();
    shelf.join();
    EXPECT_EQ(store->back_up(folder / "b0").wait().error().code, StoreErrc::exists);
    EXPECT_EQ(store->back_up(folder / "missing/b").wait().error().code, StoreErrc::not_found);
    EXPECT_FALSE(std::filesystem::exists(folder / "missing/b.partial"));
    expect_sound(*store);
    store->unwatch(conference);
}

TEST(StoreKeeping, ABackupLivesOnAlone) {
    TestFolder folder;
    ConferenceId conference;
    {
        auto store = open_store(folder / "s");
        conference = make_conference(*store);
        put_on_shelf(*store, conference, "f", "content");
        ASSERT_TRUE(store->back_up(folder / "b").wait());
        ASSERT_TRUE(store->delete_conference(conference).wait());
        ASSERT_TRUE(store->collect_garbage().wait());
    }
    std::filesystem::remove_all(folder / "s");
    auto store = open_store(folder / "b");
    expect_sound(*store);
    auto files = store->files(conference);
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 1U);
    EXPECT_TRUE(store->read_blob((*files)[0].digest)->verify());
}

TEST(StoreKeeping, AnExportIsPlainFiles) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store, "caf\xC3\xA9");
    must_append(*store, conference, make_entry(std::string("\0\xFF", 2), 7, 42));
    must_append(*store, conference, Entry{EntryKind{8}, "not UTF-8: \xFF", {}, UnixMs{43}});
    ASSERT_TRUE(store->put_setting(conference, {"k", "v"}).wait());
    ASSERT_TRUE(store->put_snapshot(conference, {EntryIndex{1}, UnixMs{9}, to_bytes("state")}).wait());
    auto id = put_on_shelf(*store, conference, "../evil", "content");
    auto report = store->export_conference(conference, folder / "e").wait();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->entries, 2U);
    EXPECT_EQ(report->files, 1U);
    auto text = [&](const std::string& name) {
        std::ifstream file(folder / ("e/" + name).c_str());
        return std::string((std::istreambuf_iterator<char>(file)), {});
    };
    auto about = nlohmann::json::parse(text("conference.json"));
    EXPECT_EQ(about["name"], "caf\xC3\xA9");
    EXPECT_EQ(about["settings"]["k"], "v");
    EXPECT_EQ(about["snapshot"]["through"], 1);
    auto log = text("log.jsonl");
    auto first = nlohmann::json::parse(log.substr(0, log.find('\n')));
    EXPECT_EQ(first,
              (nlohmann::json{{"index", 1}, {"kind", 7}, {"timeMs", 42}, {"author", "anna"}, {"payload", "00ff"}}));
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2);
    EXPECT_EQ(text("snapshot"), "state");
    auto file = nlohmann::json::parse(text("files.jsonl"));
    EXPECT_EQ(file["name"], "../evil");
    EXPECT_EQ(file["path"], "files/" + std::to_string(id.value));
    EXPECT_EQ(file["sha256"], to_hex(sha256(as_bytes("content"))));
    EXPECT_EQ(text(file["path"].get<std::string>()), "content");
    EXPECT_EQ(store->export_conference(conference, folder / "e").wait().error().code, StoreErrc::exists);
    EXPECT_EQ(store->export_conference(ConferenceId{9}, folder / "x").wait().error().code, StoreErrc::not_found);
    EXPECT_FALSE(std::filesystem::exists(folder / "x"));
    EXPECT_FALSE(std::filesystem::exists(folder / "x.partial"));
}

TEST(StoreKeeping, RetentionRemovesWhatIsOldAndNeeded) {
    constexpr std::uint16_t kStroke = 1, kChat = 2;
    constexpr std::int64_t kNow = 1'000'000;
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto idle = make_conference(*store, "idle");
    auto busy = make_conference(*store, "busy");
    must_append(*store, idle, make_entry("x", kStroke, 100'000));
    must_append(*store, busy, make_entry("covered", kStroke, 100'000));
    must_append(*store, busy, make_entry("not covered", kStroke, 100'000));
    must_append(*store, busy, make_entry("old chat", kChat, 100'000));
    must_append(*store, busy, make_entry("new chat", kChat, 999'000));
    put_on_shelf(*store, busy, "old", "old", 100'000);
    put_on_shelf(*store, busy, "new", "new", 999'000);
    ASSERT_TRUE(store->put_snapshot(busy, {EntryIndex{1}, {}, {}}).wait());

    auto nothing = store->apply_retention({}, UnixMs{kNow}).wait();
    ASSERT_TRUE(nothing);
    EXPECT_EQ(nothing->entries + nothing->files + nothing->conferences, 0U);

    Retention policy;
    policy.conferences_ms = policy.entries_ms = policy.files_ms = 500'000;
    policy.kinds = {EntryKind{kChat}};
    auto removed = store->apply_retention(policy, UnixMs{kNow}).wait();
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_EQ(removed->conferences, 1U);
    EXPECT_EQ(removed->files, 1U);
    EXPECT_EQ(removed->blobs, 1U);
    EXPECT_EQ(removed->entries, 1U + 2U);
    EXPECT_EQ(store->conference(idle).error().code, StoreErrc::not_found);
    std::vector<std::string> left;
    for (const auto& entry : read_log(*store, busy)) left.emplace_back(as_text(entry.entry.payload));
    EXPECT_EQ(left, (std::vector<std::string>{"not covered", "new chat"}));
    EXPECT_EQ(store->files(busy)->size(), 1U);
    expect_sound(*store);
}

TEST(StoreKeeping, AnInterruptedDeletionGoesOnAtTheNextStart) {
    TestFolder folder;
    ConferenceId doomed;
    {
        auto store = open_store(folder / "s");
        doomed = make_conference(*store);
        for (int i = 0; i < 5'000; ++i) must_append(*store, doomed, make_entry("x"));
        put_on_shelf(*store, doomed, "f", "content");
        ASSERT_TRUE(store->flush().wait());
    }
    {
        auto database = Connection::open(folder / "s/convene.db", Connection::Mode::write);
        ASSERT_TRUE(database->execute("UPDATE conferences SET deleted = 1"));
    }
    auto store = open_store(folder / "s");
    EXPECT_TRUE(store->conferences()->empty());
    auto database = Connection::open(folder / "s/convene.db", Connection::Mode::read);
    auto left = [&] { return *database->integer("SELECT count(*) FROM conferences"); };
    for (int i = 0; i < 500 && left() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(*database->integer("SELECT count(*) FROM entries"), 0);
    EXPECT_EQ(*database->integer("SELECT count(*) FROM files"), 0);
    EXPECT_EQ(store->append(doomed, make_entry("x")).error(), StoreErrc::not_found);
}

TEST(StoreKeeping, CheckFindsCountsThatDoNotAgree) {
    TestFolder folder;
    {
        auto store = open_store(folder / "s");
        auto conference = make_conference(*store);
        for (int i = 0; i < 5; ++i) must_append(*store, conference, make_entry("x"));
        ASSERT_TRUE(store->flush().wait());
        expect_sound(*store);
    }
    {
        auto database = Connection::open(folder / "s/convene.db", Connection::Mode::write);
        ASSERT_TRUE(database->execute("DELETE FROM entries WHERE number = 3"));
    }
    auto store = open_store(folder / "s");
    auto report = store->check(CheckDepth::quick).wait();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems.size(), 1U);
}

TEST(StoreKeeping, SpaceGoesBackToTheDisk) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    for (int i = 0; i < 200; ++i) must_append(*store, conference, make_entry(std::string(50'000, 'x')));
    ASSERT_TRUE(store->flush().wait());
    ASSERT_TRUE(store->delete_conference(conference).wait());
    ASSERT_TRUE(store->collect_garbage().wait());
    store.reset();
    EXPECT_LT(std::filesystem::file_size(folder / "s/convene.db"), 500'000U);
}

}  // namespace
}  // namespace convene::store

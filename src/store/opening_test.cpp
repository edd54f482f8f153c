// Opening: what is made, and everything that keeps a store from being opened, said clearly.
#include "store/opening.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/schema.hpp"
#include "store/testing.hpp"

namespace convene::store {
namespace {

/// Gives up root's right to write everywhere for a while, where the test has it.
class WithoutRoot {
public:
    WithoutRoot() {
        if (was_root_) check(::seteuid(65'534));
    }
    ~WithoutRoot() {
        if (was_root_) check(::seteuid(0));
    }

private:
    static void check(int answer) { EXPECT_EQ(answer, 0); }
    bool was_root_ = ::geteuid() == 0;
};

StoreError error_of_opening(const std::string& folder) {
    auto opened = Store::open(folder);
    if (!opened) return opened.error();
    ADD_FAILURE() << "it opened";
    return {};
}

TEST(OpenStore, OneAtATime) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto error = error_of_opening(folder / "s");
    EXPECT_EQ(error.code, StoreErrc::in_use);
    EXPECT_NE(error.message.find("in use"), std::string::npos);
    store.reset();
    open_store(folder / "s");
}

TEST(OpenStore, NeedsAFolderItMayWriteTo) {
    TestFolder folder;
    EXPECT_EQ(error_of_opening(folder / "missing/s").code, StoreErrc::not_found);
    std::ofstream(folder / "file") << "x";
    EXPECT_EQ(error_of_opening(folder / "file").code, StoreErrc::io);
    open_store(folder / "s");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    for (const char* name : {"s", "s/convene.db", "s/lock", "s/blobs", "s/tmp"})
        std::filesystem::permissions(folder / name, std::filesystem::perms(0755));
    WithoutRoot other;
    ::chmod((folder / "s/lock").c_str(), 0666);
    auto error = error_of_opening(folder / "s");
    EXPECT_EQ(error.code, StoreErrc::read_only) << error.message;
    EXPECT_NE(error.message.find("make"), std::string::npos) << error.message;
}

TEST(OpenStore, AReadOnlyDatabaseIsSaidToBeOne) {
    TestFolder folder;
    open_store(folder / "s");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    for (const char* name : {"s", "s/blobs", "s/tmp"})
        std::filesystem::permissions(folder / name, std::filesystem::perms(0777));
    std::filesystem::permissions(folder / "s/lock", std::filesystem::perms(0666));
    std::filesystem::permissions(folder / "s/convene.db", std::filesystem::perms(0444));
    WithoutRoot other;
    auto error = error_of_opening(folder / "s");
    EXPECT_EQ(error.code, StoreErrc::read_only) << error.message;
    EXPECT_NE(error.message.find("convene.db"), std::string::npos) << error.message;
}

TEST(OpenStore, DamageIsFound) {
    TestFolder folder;
    {
        auto store = open_store(folder / "s");
        auto conference = make_conference(*store);
        for (int i = 0; i < 200; ++i) must_append(*store, conference, make_entry(std::string(500, 'x')));
    }
    const std::string database = folder / "s/convene.db";
    const auto size = std::filesystem::file_size(database);
    {
        std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(size / 2));
        for (int i = 0; i < 4096; ++i) file.put(static_cast<char>(i * 7));
    }
    EXPECT_EQ(error_of_opening(folder / "s").code, StoreErrc::damaged);
    std::filesystem::resize_file(database, size / 2);
    EXPECT_EQ(error_of_opening(folder / "s").code, StoreErrc::damaged);
    std::ofstream(database, std::ios::trunc) << std::string(10'000, 'z');
    auto error = error_of_opening(folder / "s");
    EXPECT_EQ(error.code, StoreErrc::damaged);
    EXPECT_NE(error.message.find("back-up"), std::string::npos) << error.message;
}

TEST(OpenStore, ANewerOneIsRefusedAndLeftAlone) {
    TestFolder folder;
    open_store(folder / "s");
    const std::string path = folder / "s/convene.db";
    {
        auto database = Connection::open(path, Connection::Mode::write);
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->execute("PRAGMA user_version=77"));
    }
    auto error = error_of_opening(folder / "s");
    EXPECT_EQ(error.code, StoreErrc::newer_schema);
    EXPECT_NE(error.message.find("77"), std::string::npos);
    auto database = Connection::open(path, Connection::Mode::write);
    EXPECT_EQ(*database->integer("PRAGMA user_version"), 77);
}

TEST(OpenStore, ADatabaseOfSomebodyElseIsLeftAlone) {
    TestFolder folder;
    std::filesystem::create_directory(folder / "s");
    {
        auto database = Connection::open(folder / "s/convene.db", Connection::Mode::create);
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->execute("CREATE TABLE theirs (x)"));
    }
    EXPECT_EQ(error_of_opening(folder / "s").code, StoreErrc::damaged);
}

TEST(Schema, OlderOnesAreBroughtUpStepByStep) {
    TestFolder folder;
    const char* first[] = {"CREATE TABLE a (x)"};
    const char* second[] = {"CREATE TABLE a (x)", "INSERT INTO a VALUES (5); ALTER TABLE a RENAME COLUMN x TO y"};
    const char* broken[] = {first[0], second[1], "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)"};
    const std::string path = folder / "db";
    auto database = Connection::open(path, Connection::Mode::create);
    ASSERT_TRUE(database);
    ASSERT_TRUE(migrate(*database, first));
    EXPECT_EQ(*database->integer("PRAGMA user_version"), 1);
    ASSERT_TRUE(migrate(*database, second));
    ASSERT_TRUE(migrate(*database, second));  // nothing is left to do
    EXPECT_EQ(*database->integer("SELECT sum(y) FROM a"), 5);
    EXPECT_FALSE(migrate(*database, broken));
    EXPECT_EQ(*database->integer("PRAGMA user_version"), 2);
    EXPECT_EQ(*database->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    EXPECT_EQ(migrate(*database, first).error().code, StoreErrc::newer_schema);
}

}  // namespace
}  // namespace convene::store

#include "cli/part_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace convene::cli {
namespace {

namespace fs = std::filesystem;

class PartFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("convene-part-" + std::to_string(getpid()));
        fs::create_directories(directory_ / "in");
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string in() const { return directory_ / "in"; }
    static std::string content(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(directory_ / "in")) out.push_back(entry.path().filename());
        std::sort(out.begin(), out.end());
        return out;
    }

    fs::path directory_;
};

using Names = std::vector<std::string>;

TEST_F(PartFileTest, IsHiddenUntilItIsWhole) {
    auto part = PartFile::create(in(), "plan.pdf");
    ASSERT_TRUE(part) << part.error();
    ASSERT_TRUE(part->write(0, as_bytes("hello")));
    EXPECT_EQ(names(), Names{".plan.pdf.part"});
    const auto path = part->keep(5, 1'000'000'000);
    ASSERT_TRUE(path) << path.error();
    EXPECT_EQ(*path, in() + "/plan.pdf");
    EXPECT_EQ(names(), Names{"plan.pdf"});
    EXPECT_EQ(content(*path), "hello");
    struct stat status {};
    ASSERT_EQ(stat(path->c_str(), &status), 0);
    EXPECT_EQ(status.st_mtim.tv_sec, 1'000'000'000);
}

TEST_F(PartFileTest, GoesAwayWithItsOwner) {
    {
        auto part = PartFile::create(in(), "plan.pdf");
        ASSERT_TRUE(part);
        PartFile moved = std::move(*part);
        ASSERT_TRUE(moved.write(0, as_bytes("hello")));
        EXPECT_EQ(names().size(), 1U);
    }
    EXPECT_TRUE(names().empty());
}

TEST_F(PartFileTest, WhatWasBehindTheEndIsCutOff) {
    auto part = PartFile::create(in(), "a");
    ASSERT_TRUE(part);
    ASSERT_TRUE(part->write(0, as_bytes("a longer text")));
    ASSERT_TRUE(part->write(0, as_bytes("short")));
    const auto path = part->keep(5, std::nullopt);
    ASSERT_TRUE(path);
    EXPECT_EQ(content(*path), "short");
}

TEST_F(PartFileTest, ReplacesNothing) {
    for (const char* expected : {"plan.tar.gz", "plan.tar (2).gz", "plan.tar (3).gz"}) {
        auto part = PartFile::create(in(), "plan.tar.gz");
        ASSERT_TRUE(part);
        ASSERT_TRUE(part->write(0, as_bytes(expected)));
        const auto path = part->keep(std::string_view(expected).size(), std::nullopt);
        ASSERT_TRUE(path);
        EXPECT_EQ(fs::path(*path).filename(), expected);
    }
    for (const char* name : {"plan.tar.gz", "plan.tar (2).gz", "plan.tar (3).gz"})
        EXPECT_EQ(content(in() + "/" + name), name);
}

TEST_F(PartFileTest, TwoOfOneNameAtOneTime) {
    auto first = PartFile::create(in(), "a"), second = PartFile::create(in(), "a");
    ASSERT_TRUE(first && second);
    ASSERT_TRUE(first->write(0, as_bytes("first")));
    ASSERT_TRUE(second->write(0, as_bytes("second")));
    EXPECT_EQ(content(*second->keep(6, std::nullopt)), "second");
    EXPECT_EQ(content(*first->keep(5, std::nullopt)), "first");
    EXPECT_EQ(names(), (Names{"a", "a (2)"}));
}

TEST_F(PartFileTest, WhatAKilledProgramLeftIsTakenOver) {
    std::ofstream(in() + "/.a.part") << "left behind by somebody";
    auto part = PartFile::create(in(), "a");
    ASSERT_TRUE(part);
    ASSERT_TRUE(part->write(0, as_bytes("new")));
    EXPECT_EQ(content(*part->keep(3, std::nullopt)), "new");
    EXPECT_EQ(names(), Names{"a"});
}

TEST_F(PartFileTest, LinksAreNotFollowed) {
    const fs::path outside = directory_ / "outside";
    std::ofstream(outside) << "precious";
    fs::create_symlink(outside, in() + "/.a.part");
    fs::create_hard_link(outside, in() + "/.b.part");
    ASSERT_EQ(mkfifo((in() + "/.c.part").c_str(), 0600), 0);
    fs::create_directory(in() + "/.d.part");
    fs::create_symlink(outside, in() + "/e");
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        auto part = PartFile::create(in(), name);
        ASSERT_TRUE(part) << name << part.error();
        ASSERT_TRUE(part->write(0, as_bytes("evil")));
        const auto path = part->keep(4, std::nullopt);
        ASSERT_TRUE(path);
        EXPECT_EQ(content(*path), "evil");
    }
    EXPECT_EQ(content(outside), "precious");
    EXPECT_TRUE(fs::exists(in() + "/e (2)"));
}

TEST_F(PartFileTest, NothingLeavesTheDirectory) {
    for (const std::string& name :
         {std::string(), std::string("."), std::string(".."), std::string("../a"), std::string("/a"),
          std::string("a/b"), std::string("a\0b", 3), std::string(256, 'a')})
        EXPECT_FALSE(PartFile::create(in(), name)) << name;
    EXPECT_FALSE(PartFile::create(in() + "/nothing", "a"));
    EXPECT_TRUE(names().empty());
    auto longest = PartFile::create(in(), std::string(255, 'a'));
    ASSERT_TRUE(longest) << longest.error();
    EXPECT_TRUE(longest->keep(0, std::nullopt));
    EXPECT_EQ(names(), Names{std::string(255, 'a')});
}

TEST(NumberedName, StaysWithinWhatFileSystemsTake) {
    EXPECT_EQ(numbered_name("a", 2), "a (2)");
    EXPECT_EQ(numbered_name("a.txt", 12), "a (12).txt");
    EXPECT_EQ(numbered_name(".profile", 2), ".profile (2)");
    const std::string long_name = numbered_name(std::string(250, 'x') + ".txt", 2);
    EXPECT_EQ(long_name.size(), 255U);
    EXPECT_TRUE(long_name.ends_with(" (2).txt"));
    std::string umlauts;
    for (int i = 0; i < 127; ++i) umlauts += "\u00e4";
    const std::string cut = numbered_name(umlauts, 2);
    EXPECT_LE(cut.size(), 255U);
    EXPECT_TRUE(cut.ends_with("\u00e4 (2)"));
}

}  // namespace
}  // namespace convene::cli

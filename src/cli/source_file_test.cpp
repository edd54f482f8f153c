#include "cli/source_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace convene::cli {
namespace {

namespace fs = std::filesystem;

class SourceFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("convene-source-" + std::to_string(getpid()));
        fs::create_directories(directory_);
        path_ = directory_ / "file";
        std::ofstream(path_) << "0123456789";
    }
    void TearDown() override { fs::remove_all(directory_); }

    fs::path directory_;
    std::string path_;
};

TEST_F(SourceFileTest, ReadsAnyPart) {
    const auto file = SourceFile::open(path_);
    ASSERT_TRUE(file) << file.error();
    EXPECT_EQ(file->size(), 10U);
    EXPECT_EQ(as_text(*file->read(0, 10)), "0123456789");
    EXPECT_EQ(as_text(*file->read(8, 2)), "89");
    EXPECT_FALSE(file->read(8, 3));
}

TEST_F(SourceFileTest, OutlivesItsName) {
    const auto file = SourceFile::open(path_);
    ASSERT_TRUE(file);
    fs::remove(path_);
    EXPECT_EQ(as_text(*file->read(3, 4)), "3456");
}

TEST_F(SourceFileTest, NoticesThatItIsNotTheSameAnyMore) {
    auto file = SourceFile::open(path_);
    ASSERT_TRUE(file);
    std::ofstream(path_, std::ios::app) << "more";
    EXPECT_FALSE(file->read(0, 10));
    file = SourceFile::open(path_);
    fs::resize_file(path_, 5);
    EXPECT_FALSE(file->read(0, 10));
    file = SourceFile::open(path_);
    fs::last_write_time(path_, fs::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_FALSE(file->read(0, 5));
}

TEST_F(SourceFileTest, OnlyFiles) {
    EXPECT_EQ(SourceFile::open(directory_).error(), "is a directory; pack it into one file");
    EXPECT_EQ(SourceFile::open("/dev/null").error(), "is not a file");
    EXPECT_EQ(SourceFile::open(directory_ / "nothing").error(), "No such file or directory");
    const std::string pipe = directory_ / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(SourceFile::open(pipe).error(), "is not a file");  // and does not wait for a writer
}

TEST_F(SourceFileTest, ReadsFarBehindFourGibibytes) {
    constexpr std::uint64_t kFar = std::uint64_t{5} << 30;
    fs::resize_file(path_, kFar);
    std::fstream(path_, std::ios::in | std::ios::out).seekp(static_cast<std::streamoff>(kFar - 3)) << "end";
    const auto file = SourceFile::open(path_);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), kFar);
    EXPECT_EQ(as_text(*file->read(kFar - 3, 3)), "end");
}

}  // namespace
}  // namespace convene::cli

#include "cli/progress_line.hpp"

#include <gtest/gtest.h>

#include "cli/file_words.hpp"

namespace convene::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant kStart{};

TEST(ProgressLine, BarRateAndRemainingTime) {
    ProgressLine line;
    EXPECT_TRUE(line.is_empty());
    EXPECT_EQ(line.text(80, kStart), "");
    line.update(1, "plan.pdf", 0, 4'000'000, kStart);
    EXPECT_EQ(line.text(120, kStart), "plan.pdf  [--------------------]   0%  0 octets of 4.0 MB");
    line.update(1, "plan.pdf", 1'000'000, 4'000'000, kStart + seconds(2));
    EXPECT_EQ(line.text(120, kStart + seconds(2)),
              "plan.pdf  [#####---------------]  25%  1.0 MB of 4.0 MB  500 kB/s  0:06 left");
    line.update(1, "plan.pdf", 4'000'000, 4'000'000, kStart + seconds(8));
    EXPECT_EQ(line.text(120, kStart + seconds(8)), "plan.pdf  [####################] 100%  4.0 MB of 4.0 MB  500 kB/s");
}

TEST(ProgressLine, WhatWasThereBeforeIsNotItsRate) {
    ProgressLine line;
    line.update(1, "a", 90'000'000, 100'000'000, kStart);
    line.update(1, "a", 91'000'000, 100'000'000, kStart + seconds(1));
    EXPECT_NE(line.text(120, kStart + seconds(1)).find("1.0 MB/s  0:09 left"), std::string::npos);
    // Back to the beginning, because it was another file after all.
    line.update(1, "a", 0, 100'000'000, kStart + seconds(2));
    EXPECT_EQ(line.text(120, kStart + seconds(2)).find("/s"), std::string::npos);
}

TEST(ProgressLine, SeveralFilesAndUnknownSizes) {
    ProgressLine line;
    line.update(1, "first", 1, 10, kStart);
    line.update(2, "second", 5, std::nullopt, kStart);
    EXPECT_EQ(line.text(120, kStart), "second  5 octets  (1 more)");
    line.end(2);
    EXPECT_EQ(line.text(120, kStart), "first  [##------------------]  10%  1 octet of 10 octets");
    line.end(1);
    EXPECT_TRUE(line.is_empty());
    line.update(3, "empty", 0, 0, kStart);
    EXPECT_EQ(line.text(120, kStart), "empty  0 octets");
}

TEST(ProgressLine, IsNeverWiderThanTheTerminal) {
    ProgressLine line;
    line.update(1, "\u00e4\u00e4\u00e4\x1B[2J\u00e4" + std::string(100, 'n'), 1, 10, kStart);
    for (std::size_t columns = 0; columns < 150; ++columns) {
        const std::string text = line.text(columns, kStart);
        std::size_t characters = 0;
        for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1U : 0U;
        EXPECT_LE(characters, columns);
        EXPECT_EQ(text.find('\x1B'), std::string::npos);
    }
}

TEST(FileWords, SizesAndTimes) {
    EXPECT_EQ(size_text(0), "0 octets");
    EXPECT_EQ(size_text(1), "1 octet");
    EXPECT_EQ(size_text(999), "999 octets");
    EXPECT_EQ(size_text(1000), "1.0 kB");
    EXPECT_EQ(size_text(123'456), "123 kB");
    EXPECT_EQ(size_text(999'999), "999 kB");
    EXPECT_EQ(size_text(1'000'000), "1.0 MB");
    EXPECT_EQ(size_text(5'368'709'120), "5.3 GB");
    EXPECT_EQ(size_text(UINT64_MAX), "18446 PB");
    EXPECT_EQ(duration_text(seconds(7)), "0:07");
    EXPECT_EQ(duration_text(seconds(3599)), "59:59");
    EXPECT_EQ(duration_text(seconds(7380)), "2:03:00");
}

TEST(FileWords, ProgressIsTenTimesASecondAtMost) {
    ProgressPace pace;
    int told = 0;
    for (int i = 0; i < 1000; ++i) told += pace.is_due(kStart + milliseconds(i)) ? 1 : 0;
    EXPECT_EQ(told, 10);
}

}  // namespace
}  // namespace convene::cli

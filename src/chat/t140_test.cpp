#include "chat/t140.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::chat {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    T140Reader reader;
    return reader.on_octets(as_bytes(text)).lines;
}

TEST(T140, EveryKindOfNewLineEndsALine) {
    EXPECT_EQ(lines_of("a\r\nb\rc\nd\u2028e\u2029"), (std::vector<std::string>{"a", "b", "c", "d", "e"}));
    EXPECT_EQ(lines_of("\r\n\r\n").size(), 2U);
}

TEST(T140, TextMayBeCutAnywhere) {
    std::string text = "\xEF\xBB\xBFGrüße, 世界 😀\u2028";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        T140Reader reader;
        auto lines = reader.on_octets(as_bytes(std::string_view(text).substr(0, cut))).lines;
        for (auto& line : reader.on_octets(as_bytes(std::string_view(text).substr(cut))).lines) lines.push_back(line);
        EXPECT_EQ(lines, (std::vector<std::string>{"Grüße, 世界 😀"})) << cut;
    }
}

TEST(T140, BackspaceErasesOnlyTheSendersLine) {
    EXPECT_EQ(lines_of("ab\b\bcé\bd\n"), (std::vector<std::string>{"cd"}));
    EXPECT_EQ(lines_of("\b\b\bx\n"), (std::vector<std::string>{"x"}));
}

TEST(T140, ControlSequencesAreNotShown) {
    EXPECT_EQ(lines_of("a\xC2\x9B"
                       "1;31mb\x1B[0mc\xC2\x98hidden\xC2\x9C"
                       "d\n"),
              (std::vector<std::string>{"abcd"}));
    // One that never ends is given up.
    std::string endless = "\xC2\x98" + std::string(kMaxControlStringCharacters + 1, 'x') + "y\n";
    EXPECT_EQ(lines_of(endless), (std::vector<std::string>{"y"}));
}

TEST(T140, BellAndInterruptAreReported) {
    T140Reader reader;
    auto events =
        reader.on_octets(as_bytes("\a\x1B"
                                  "a"));
    EXPECT_EQ(events.bells, 1U);
    EXPECT_EQ(events.interrupts, 1U);
    EXPECT_EQ(reader.current_line(), "");
}

TEST(T140, SixteenBitSendersAreUnderstood) {
    T140Reader reader;
    auto events = reader.on_octets(hex("feff0048006920280041"));
    EXPECT_EQ(events.lines, (std::vector<std::string>{"Hi"}));
    EXPECT_EQ(reader.take_line(), "A");
}

TEST(T140, BrokenUtf8IsMarked) {
    EXPECT_EQ(lines_of("a\xFF\xC3(\xED\xA0\x80z\n"), (std::vector<std::string>{"a\uFFFD\uFFFD(\uFFFDz"}));
}

TEST(T140, ALineHasALimit) {
    auto lines = lines_of(std::string(kMaxLineBytes * 2 + 10, 'x') + "\n");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].size(), kMaxLineBytes);
}

TEST(T140, OwnTextIsWrittenWithLineSeparators) {
    EXPECT_EQ(to_hex(to_t140("Hello", false)), "48656c6c6fe280a8");
    EXPECT_EQ(to_hex(to_t140("Hi", true)), "efbbbf4869e280a8");
    EXPECT_EQ(as_text(to_t140("a\nb\n", false)), "a\u2028b\u2028");
    EXPECT_EQ(as_text(to_t140("a\x1B[31mb", false)), "ab\u2028");
}

}  // namespace
}  // namespace convene::chat

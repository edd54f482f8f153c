#include "cli/line_editor.hpp"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

TEST(LineEditor, TypesAndEnters) {
    LineEditor editor;
    EXPECT_TRUE(editor.on_keys("Hallo, Wörl").lines.empty());
    const auto events = editor.on_keys("d\nnext");
    ASSERT_EQ(events.lines.size(), 1u);
    EXPECT_EQ(events.lines[0], "Hallo, Wörld");
    EXPECT_EQ(editor.line(), "next");
}

TEST(LineEditor, CharactersMayComeOctetByOctet) {
    LineEditor editor;
    for (char c : std::string("ü€😀")) editor.on_keys(std::string(1, c));
    EXPECT_EQ(editor.line(), "ü€😀");
    EXPECT_EQ(editor.cursor(), 3u);
    editor.on_keys("\x7F");
    EXPECT_EQ(editor.line(), "ü€");
}

TEST(LineEditor, MovesAndErases) {
    LineEditor editor;
    editor.on_keys("abc\x1B[D\x1B[DX");
    EXPECT_EQ(editor.line(), "aXbc");
    editor.on_keys("\x1B[3~");
    EXPECT_EQ(editor.line(), "aXc");
    editor.on_keys("\x01Y\x05Z");
    EXPECT_EQ(editor.line(), "YaXcZ");
    editor.on_keys("\x1B[H\x0B");
    EXPECT_EQ(editor.line(), "");
    editor.on_keys("one two\x17");
    EXPECT_EQ(editor.line(), "one ");
    editor.on_keys("two\x15");
    EXPECT_EQ(editor.line(), "");
    editor.on_keys("ab\x14");
    EXPECT_EQ(editor.line(), "ba");
}

TEST(LineEditor, RemembersWhatWasEntered) {
    LineEditor editor;
    editor.on_keys("first\nsecond\nthi");
    editor.on_keys("\x1B[A");
    EXPECT_EQ(editor.line(), "second");
    editor.on_keys("\x1BOA\x1B[A");
    EXPECT_EQ(editor.line(), "first");
    editor.on_keys("\x1B[B\x1B[B");
    EXPECT_EQ(editor.line(), "thi");
}

TEST(LineEditor, EndsOnAnEmptyLineOnly) {
    LineEditor editor;
    EXPECT_TRUE(editor.on_keys("\x04").end);
    EXPECT_FALSE(editor.on_keys("a\x04").end);
    EXPECT_TRUE(editor.on_keys("\x0C").clear);
}

TEST(LineEditor, CompletesAsFarAsAllAgree) {
    LineEditor editor([](std::string_view before) {
        EXPECT_EQ(before.substr(0, 3), "/co");
        return std::vector<std::string>{"/conductor ", "/connect "};
    });
    const auto events = editor.on_keys("/co\t");
    EXPECT_EQ(editor.line(), "/con");
    EXPECT_EQ(events.candidates.size(), 2u);
    LineEditor one([](std::string_view) { return std::vector<std::string>{"/quit"}; });
    EXPECT_TRUE(one.on_keys("/q\t").candidates.empty());
    EXPECT_EQ(one.line(), "/quit");
}

TEST(LineEditor, DrawsTheCursorWhereItIs) {
    LineEditor editor;
    editor.on_keys("ab漢\x1B[D");
    EXPECT_EQ(editor.draw("> ", 80), "\r\x1B[K> ab漢\r\x1B[4C");
    editor.on_keys("\x05");
    EXPECT_EQ(editor.draw("> ", 80), "\r\x1B[K> ab漢\r\x1B[6C");
}

TEST(LineEditor, LongLinesScroll) {
    LineEditor editor;
    editor.on_keys(std::string(100, 'a') + "end");
    const std::string drawn = editor.draw("> ", 40);
    EXPECT_NE(drawn.find("end"), std::string::npos);
    EXPECT_LT(drawn.size(), 70u);
}

TEST(LineEditor, UnknownSequencesAreNoText) {
    LineEditor editor;
    editor.on_keys("\x1B[200~a\x1B[1;5Cb\x1B[12345678901234567890~");
    EXPECT_EQ(editor.line().substr(0, 2), "ab");
    editor.on_keys("\xFF\xC0\x80");
    EXPECT_EQ(editor.line().find('\xFF'), std::string::npos);
}

}  // namespace
}  // namespace convene::cli

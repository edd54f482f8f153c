#include "files/file_name.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "files/limits.hpp"

namespace convene::files {
namespace {

FileName harmless(std::string_view octets) { return harmless_name(as_bytes(octets)); }

TEST(FileName, OrdinaryNamesStay) {
    for (std::string_view name :
         {"report.txt", "Notes 2.doc", "a", "r\xc3\xa9sum\xc3\xa9.pdf", "\xe6\x97\xa5\xe6\x9c\xac.txt", "a.tar.gz",
          "\xf0\x9f\x98\x80.png", "COM.txt", "console", "x-1_(2)+[3]"}) {
        EXPECT_EQ(harmless(name), (FileName{std::string(name), false})) << name;
    }
}

TEST(FileName, WhatCouldDoHarmIsTakenOut) {
    struct Case {
        std::string_view given, expected;
    };
    const Case cases[] = {
        {"../../etc/passwd", "passwd"},
        {"/etc/passwd", "passwd"},
        {"..\\..\\boot.ini", "boot.ini"},
        {"C:\\Windows\\win.ini", "win.ini"},
        {"C:win.ini", "win.ini"},
        {"file.txt:stream", "stream"},
        {"..", "unnamed"},
        {".", "unnamed"},
        {"", "unnamed"},
        {"   ", "unnamed"},
        {"....", "unnamed"},
        {"dir/", "unnamed"},
        {"a\nb\x1b[31m\x7f.txt", "ab[31m.txt"},
        {"\xe2\x80\xaeo\xe2\x80\xacgpj.exe", "ogpj.exe"},
        {"in\xe2\x80\x8bvisible\xef\xbb\xbf", "invisible"},
        {"CON", "_CON"},
        {"nul.txt", "_nul.txt"},
        {"lpt1 .txt", "_lpt1 .txt"},
        {"com9.tar.gz", "_com9.tar.gz"},
        {"com\xc2\xb9", "_com\xc2\xb9"},
        {"trailing. . .", "trailing"},
        {"what?*<now>|\".txt",
         "what__"
         "_now___.txt"},
        {".bashrc", "_.bashrc"},
        {"-rf", "_-rf"},
        {"~root", "_~root"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(harmless(each.given), (FileName{std::string(each.expected), true})) << each.given;
    }
}

TEST(FileName, ZerosAtTheEndAreNoChange) {
    EXPECT_EQ(harmless(std::string_view("a.txt\0\0", 7)), (FileName{"a.txt", false}));
    EXPECT_EQ(harmless(std::string_view("a\0b.txt", 7)), (FileName{"ab.txt", true}));
}

TEST(FileName, OctetsThatAreNoUtf8AreLatin) {
    EXPECT_EQ(harmless("caf\xe9.txt"), (FileName{"caf\xc3\xa9.txt", false}));
    // Overlong and surrogate forms are no UTF-8, so their octets stand for characters one by one.
    EXPECT_EQ(harmless("\xc0\xaf").text, "\xc3\x80\xc2\xaf");
}

TEST(FileName, LongNamesKeepTheirExtension) {
    const std::string name = std::string(300, 'a') + ".txt";
    const FileName harmless_one = harmless(name);
    EXPECT_EQ(harmless_one.text, std::string(251, 'a') + ".txt");
    EXPECT_TRUE(harmless_one.altered);
    std::string wide;
    for (int i = 0; i < 200; ++i) wide += "\xc3\xa9";
    const std::string cut = harmless(wide).text;
    EXPECT_EQ(cut.size(), 254U);
    EXPECT_TRUE(is_utf8(cut));
    EXPECT_EQ(harmless("a." + std::string(400, 'b')).text.size(), kMaxNameOctets);
}

TEST(FileName, AnyOctetsGiveAUsableName) {
    std::mt19937 random(7);
    constexpr std::string_view kOften =
        "./\\:. \0\x80\xe2\x80\xae"
        "con";
    for (int i = 0; i < 20000; ++i) {
        Bytes octets(random() % 40);
        for (auto& octet : octets)
            octet = random() % 2 ? static_cast<std::byte>(random())
                                 : static_cast<std::byte>(kOften[random() % kOften.size()]);
        const FileName name = harmless_name(octets);
        ASSERT_FALSE(name.text.empty());
        ASSERT_LE(name.text.size(), kMaxNameOctets);
        ASSERT_TRUE(is_utf8(name.text)) << to_hex(octets);
        ASSERT_EQ(name.text.find_first_of(std::string_view("/\\:\0", 4)), std::string::npos) << to_hex(octets);
        ASSERT_NE(name.text.back(), '.');
        ASSERT_NE(name.text.back(), ' ');
        // What is harmless stays as it is.
        ASSERT_EQ(harmless(name.text), (FileName{name.text, false})) << to_hex(octets);
    }
}

TEST(FileName, HeadersNameFilesInTwoWays) {
    FileHeader header;
    EXPECT_EQ(name_of(header), (FileName{"unnamed", true}));
    header.pathname = {GraphicString{to_bytes("docs")}, GraphicString{to_bytes("a.txt")}};
    EXPECT_EQ(name_of(header), (FileName{"a.txt", true}));
    header.filename = filename_of("b.txt");
    EXPECT_EQ(name_of(header), (FileName{"b.txt", false}));
    header.filename->clear();
    EXPECT_EQ(name_of(header).text, "a.txt");
}

TEST(FileName, WrittenAsLatinWhereThatIsClear) {
    EXPECT_EQ(to_hex(name_octets("caf\xc3\xa9")), "636166e9");
    EXPECT_EQ(as_text(name_octets("\xe6\x97\xa5")), "\xe6\x97\xa5");
    // U+00C3 U+00A9 in Latin would be read as U+00E9.
    EXPECT_EQ(as_text(name_octets("\xc3\x83\xc2\xa9")), "\xc3\x83\xc2\xa9");
    for (std::string_view name : {"caf\xc3\xa9", "\xe6\x97\xa5", "\xc3\x83\xc2\xa9", "plain"})
        EXPECT_EQ(harmless_name(name_octets(name)), (FileName{std::string(name), false}));
}

}  // namespace
}  // namespace convene::files

// The JSON of the session, both ways.
#include <gtest/gtest.h>

#include <string>

#include "session/json_reader.hpp"
#include "session/json_writer.hpp"

namespace convene::session {
namespace {

TEST(SessionJson, IsReadAsItIsMeant) {
    const auto json = read_json(R"( {"do":"draw","page":12,"points":[{"x":-1.5,"y":2e2}],"yes":true,"no":null} )");
    ASSERT_TRUE(json);
    EXPECT_EQ(json->text("do"), "draw");
    EXPECT_EQ(json->number("page"), 12);
    ASSERT_EQ(json->items("points").size(), 1U);
    EXPECT_EQ(json->items("points")[0].number("x"), -1.5);
    EXPECT_EQ(json->items("points")[0].number("y"), 200);
    EXPECT_TRUE(json->truth("yes"));
    EXPECT_TRUE(json->has("no"));
    EXPECT_EQ(json->number("missing", 7), 7);
    EXPECT_EQ(json->text("page"), "");
}

TEST(SessionJson, TextsKeepWhatIsInThem) {
    const auto json = read_json(R"(["\"\\\/\b\f\n\r\t", "é\u00e9", "\ud83d\ude00", "\ud83d!", "\udE00"])");
    ASSERT_TRUE(json);
    EXPECT_EQ(json->items()[0].text(), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(json->items()[1].text(), "\xC3\xA9\xC3\xA9");
    EXPECT_EQ(json->items()[2].text(), "\xF0\x9F\x98\x80");
    EXPECT_EQ(json->items()[3].text(), "\xEF\xBF\xBD!");
    EXPECT_EQ(json->items()[4].text(), "\xEF\xBF\xBD");
}

TEST(SessionJson, WhatIsNoneIsRefused) {
    for (const char* text :
         {"", "{", "[1,]", "{\"a\"}", "\"", "\"\\x\"", "tru", "1 2", "-", "\"\xFF\"", "{1:2}", "\"\n\""})
        EXPECT_FALSE(read_json(text)) << text;
    EXPECT_TRUE(read_json(std::string(10, '[') + std::string(10, ']')));
    EXPECT_FALSE(read_json(std::string(kMaxJsonDepth + 2, '[') + std::string(kMaxJsonDepth + 2, ']')));
}

TEST(SessionJson, WholeNumbersStayWithinTheirBounds) {
    EXPECT_EQ(whole(1.5, 0, 10), 2);
    EXPECT_EQ(whole(-1.5, -10, 10), -2);
    EXPECT_EQ(whole(1e30, 0, 10), 10);
    EXPECT_EQ(whole(-1e30, -5, 10), -5);
    EXPECT_EQ(whole(0.0 / 0.0, 3, 10), 3);
}

TEST(SessionJson, IsWrittenAsItIsRead) {
    JsonWriter out = event("test");
    out.member("text", "a\"b\\c\n").member("yes", true).member("number", -5);
    out.name("degrees").ratio(5405, 60);
    out.name("list").begin_array().value(1).value("x").begin_object().end_object().end_array();
    const std::string text = out.end_object().take();
    EXPECT_EQ(text, R"({"event":"test","text":"a\"b\\c\u000a","yes":true,"number":-5,"degrees":90.0833,)"
                    R"("list":[1,"x",{}]})");
    EXPECT_EQ(read_json(text)->text("text"), "a\"b\\c\n");
}

}  // namespace
}  // namespace convene::session

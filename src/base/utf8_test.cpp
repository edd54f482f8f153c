#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace convene {
namespace {

TEST(Utf8, EveryScalarValueComesBack) {
    for (char32_t point = 0; point <= 0x10FFFF; ++point) {
        if (point >= 0xD800 && point < 0xE000) continue;
        std::string text;
        append_utf8(text, point);
        std::size_t at = 0;
        ASSERT_EQ(take_code_point(text, at), point);
        ASSERT_EQ(at, text.size());
    }
}

TEST(Utf8, WhatIsNoneIsPassedOverOctetByOctet) {
    for (std::string text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                             "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xC3z"}) {
        std::size_t at = 0;
        EXPECT_FALSE(take_code_point(text, at));
        EXPECT_EQ(at, 1U);
        EXPECT_FALSE(is_utf8(text));
    }
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("a\xEF\xBF\xBDz")) << "the replacement character itself is UTF-8";
}

}  // namespace
}  // namespace convene

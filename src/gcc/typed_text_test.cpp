#include "gcc/typed_text.hpp"

#include <gtest/gtest.h>

#include "base/digits.hpp"

namespace convene::gcc {
namespace {

TEST(TypedText, DigitsAreANumber) {
    EXPECT_EQ(selector_of_text("1503"), TextSelector{std::string("1503")});
    EXPECT_EQ(selector_of_text("1503a"), (TextSelector{SimpleText{u"1503a"}}));
}

TEST(TypedText, TextTakesTheNarrowestForm) {
    EXPECT_EQ(selector_of_text("Caf\u00e9"), (TextSelector{SimpleText{u"Caf\u00e9"}}));
    EXPECT_EQ(selector_of_text("\u4f1a\u8bae"), (TextSelector{UnicodeText{u"\u4f1a\u8bae"}}));
    EXPECT_EQ(selector_of_text(""), (TextSelector{SimpleText{u""}}));
}

TEST(TypedText, PasswordsGetTheFormsThatFit) {
    Password simple{"7", {}, {}};
    set_text(simple, "sesame");
    EXPECT_EQ(simple, (Password{"7", u"sesame", u"sesame"}));
    Password wide{"7", {}, {}};
    set_text(wide, "\u4f1a");
    EXPECT_EQ(wide, (Password{"7", std::nullopt, u"\u4f1a"}));
}

TEST(Digits, AreDigitsAndNothingElse) {
    EXPECT_TRUE(is_digits("0123456789"));
    for (const char* text : {"", "-1", "1 ", "1a", "\u0661"}) EXPECT_FALSE(is_digits(text)) << text;
}

}  // namespace
}  // namespace convene::gcc

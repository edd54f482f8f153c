#include "gcc/names.hpp"

#include <gtest/gtest.h>

namespace convene::gcc {
namespace {

const ConferenceName kWeekly{"42", u"Weekly", u"会議"};

TEST(ConferenceName, is_selected_by_any_of_its_forms_exactly) {
    EXPECT_TRUE(selects(std::string("42"), kWeekly));
    EXPECT_TRUE(selects(SimpleText{u"Weekly"}, kWeekly));
    EXPECT_TRUE(selects(UnicodeText{u"会議"}, kWeekly));
    EXPECT_TRUE(selects(UnicodeText{u"Weekly"}, kWeekly));
    EXPECT_FALSE(selects(std::string("4"), kWeekly));
    EXPECT_FALSE(selects(SimpleText{u"weekly"}, kWeekly));
    EXPECT_FALSE(selects(SimpleText{u"42"}, kWeekly));
    EXPECT_FALSE(selects(asn1::UnknownAlternative{}, kWeekly));
    EXPECT_FALSE(selects(SimpleText{u""}, ConferenceName{"1", {}, {}}));
}

TEST(ConferenceName, shows_the_most_telling_form) {
    EXPECT_EQ(to_string(kWeekly), "会議");
    EXPECT_EQ(to_string(ConferenceName{"42", u"Caf\u00e9", {}}), "Café");
    EXPECT_EQ(to_string(ConferenceName{"42", {}, {}}), "42");
    EXPECT_EQ(selector_of(kWeekly), ConferenceNameSelector{SimpleText{u"Weekly"}});
}

TEST(BmpText, goes_to_utf8_and_back) {
    for (const char* text : {"", "plain", "Grüße", "会議", "clef 𝄞 end"}) EXPECT_EQ(to_utf8(to_bmp(text)), text);
    EXPECT_EQ(to_bmp("𝄞"), u"\U0001D11E");
}

TEST(BmpText, replaces_what_is_no_text) {
    EXPECT_EQ(to_utf8(std::u16string{0xD800, u'x', 0xDC00}), "\uFFFDx\uFFFD");
    EXPECT_EQ(to_bmp("\xC0\x80"), u"\uFFFD\uFFFD");       // over-long
    EXPECT_EQ(to_bmp("\xE2\x82"), u"\uFFFD\uFFFD");       // cut short
    EXPECT_EQ(to_bmp("\xED\xA0\x80")[0], u'\uFFFD');      // a surrogate
    EXPECT_EQ(to_bmp("\xF5\x80\x80\x80")[0], u'\uFFFD');  // beyond Unicode
}

}  // namespace
}  // namespace convene::gcc

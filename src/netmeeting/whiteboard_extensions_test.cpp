#include "netmeeting/whiteboard_extensions.hpp"

#include <gtest/gtest.h>

#include <random>

#include "netmeeting/whiteboard_text.hpp"

namespace convene::netmeeting {
namespace {

using whiteboard::CreateText;
using whiteboard::DeleteObject;
using whiteboard::EditText;
using whiteboard::ItemId;
using whiteboard::ObjectKind;
using whiteboard::Operation;

CreateText create_text(std::string utf8) {
    CreateText out{ItemId{7}, ItemId{3}, {}};
    out.text.utf8 = std::move(utf8);
    out.text.anchor = {40, -60};
    out.text.pen = {255, 0, 0, false};
    out.text.font.face = "Arial";
    return out;
}

/// What the operation travels as, and that it comes out as it went in.
bool is_netmeetings(const Operation& operation) {
    const auto extensions = whiteboard_extensions();
    const auto octets = extensions.encode(operation);
    EXPECT_TRUE(octets.has_value());
    if (!octets) return false;
    EXPECT_EQ(extensions.decode(*octets), operation);
    return is_text_key(octets->identifier);
}

TEST(WhiteboardExtensions, WesternTextTravelsInNetMeetingsForm) {
    for (const char* text : {"", "Hello", "caf\u00e9 5 \u20ac", "one\ntwo\n\nfour\n", "\n", "  indented\ttab"})
        EXPECT_TRUE(is_netmeetings(create_text(text))) << text;
    CreateText all = create_text("x");
    all.text.fill = {1, 2, 3, false};
    all.text.is_selected = true;
    all.text.font = {"Courier New", 12, 700, true, true, true};
    EXPECT_TRUE(is_netmeetings(all));
    EXPECT_TRUE(is_netmeetings(DeleteObject{ItemId{7}, ObjectKind::text}));
}

TEST(WhiteboardExtensions, EditsSayOnlyWhatChanges) {
    EditText edit;
    edit.id = ItemId{7};
    EXPECT_TRUE(is_netmeetings(edit));
    edit.anchor = whiteboard::Point{1, 2};
    EXPECT_TRUE(is_netmeetings(edit));
    edit.stacking = whiteboard::Stacking::back;
    edit.fill = whiteboard::kTransparent;
    edit.is_selected = false;
    edit.utf8 = "changed";
    EXPECT_TRUE(is_netmeetings(edit));
    edit.pen = whiteboard::kBlack;
    edit.font = whiteboard::Font{};
    EXPECT_TRUE(is_netmeetings(edit));
}

TEST(WhiteboardExtensions, WhatItCannotSayTravelsInOurs) {
    for (const std::string& text :
         {std::string("\u4e2d\u6587"), std::string("\U0001F600"), std::string(kMaxLineOctets + 1, 'x'),
          std::string(kMaxTextLines, '\n'), std::string("right\u200f")})
        EXPECT_FALSE(is_netmeetings(create_text(text)));
    CreateText black = create_text("on black");
    black.text.fill = whiteboard::kBlack;
    EXPECT_FALSE(is_netmeetings(black));
    CreateText invisible = create_text("pen");
    invisible.text.pen = whiteboard::kTransparent;
    EXPECT_FALSE(is_netmeetings(invisible));
    CreateText face = create_text("font");
    face.text.font.face = std::string(kMaxFaceUnits + 1, 'f');
    EXPECT_FALSE(is_netmeetings(face));
}

TEST(WhiteboardExtensions, OnlyTextIsTheirBusiness) {
    const auto extensions = whiteboard_extensions();
    EXPECT_FALSE(extensions.encode(whiteboard::DeletePage{ItemId{1}, false}).has_value());
    EXPECT_FALSE(extensions.decode({{gcc::object_key({0, 0, 20, 126, 0, 1})}, {}}).has_value());
    EXPECT_FALSE(extensions.decode({text_key(), to_bytes("short")}).has_value());
}

TEST(WhiteboardExtensions, LinesOfNetMeetingGoWhereTheyStand) {
    WhiteboardText text;
    text.text = ItemId{7};
    text.workspace = ItemId{3};
    text.fill_color = whiteboard::ColorRgb{0, 0, 0};
    text.lines = std::vector<TextLine>{{2, 3, "low"}, {0, 1, "high"}, {6, 1, "er"}, {-1, -1, "top"}};
    const auto read = whiteboard_extensions().decode({text_key(), write_whiteboard_text(text)});
    ASSERT_TRUE(read && std::holds_alternative<CreateText>(*read));
    const auto& create = std::get<CreateText>(*read);
    EXPECT_EQ(create.text.utf8, "top\nhigh  er\n\n  low");
    EXPECT_EQ(create.text.fill, whiteboard::kTransparent);
    EXPECT_EQ(create.text.pen, whiteboard::kBlack);

    // A place far away is not paid for with memory.
    text.lines->assign(kMaxTextLines, {32767, 32767, ""});
    const auto far = whiteboard_extensions().decode({text_key(), write_whiteboard_text(text)});
    ASSERT_TRUE(far.has_value());
    EXPECT_LT(std::get<CreateText>(*far).text.utf8.size(), 4096U);
}

TEST(WhiteboardExtensions, WhatIsWrittenIsReadWhateverItIs) {
    std::mt19937 random(1126);
    const char* const pieces[] = {"a", "\n", " ", "\u00e9", "\u20ac", "\u0416", "\U0001F600", "\t", "\x7f", "?"};
    std::size_t netmeeting = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string utf8;
        for (unsigned length = random() % 12; length > 0; --length) utf8 += pieces[random() % std::size(pieces)];
        CreateText create = create_text(utf8);
        create.text.fill.is_transparent = random() % 2 == 0;
        create.text.font.height = static_cast<std::int32_t>(random());
        create.text.font.is_italic = random() % 2 == 0;
        netmeeting += is_netmeetings(create) ? 1U : 0U;
    }
    EXPECT_GT(netmeeting, 100U);
    EXPECT_LT(netmeeting, 1900U);
}

}  // namespace
}  // namespace convene::netmeeting

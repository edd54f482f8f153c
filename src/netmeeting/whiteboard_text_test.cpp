#include "netmeeting/whiteboard_text.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "netmeeting/windows_1252.hpp"

namespace convene::netmeeting {
namespace {

using Action = WhiteboardText::Action;

// Red "Hello" in Arial at (40,60).
constexpr const char* kCreate =
    "1e00000001000200010001007f000000ff000000ffffff000000000001000000280000003c000000f0ffffff00000000"
    "000000000000000090010000000000000000002241007200690061006c00000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000000000000000010000000d00000000000000"
    "48656c6c6f";

WhiteboardText hello() {
    WhiteboardText text;
    text.text = whiteboard::Handle{0x20001};
    text.workspace = whiteboard::Handle{0x10001};
    text.pen_color = whiteboard::ColorRgb{255, 0, 0};
    text.fill_color = whiteboard::ColorRgb{255, 255, 255};
    text.selected = false;
    text.z_order = 1;
    text.anchor = TextAnchor{40, 60};
    text.font = Font{};
    text.font->pitch_and_family = 0x22;
    text.font->face = "Arial";
    text.lines = {{0, 0, "Hello"}};
    return text;
}

TEST(WhiteboardText, PublishedForm) {
    EXPECT_EQ(to_hex(write_whiteboard_text(hello())), kCreate);
    EXPECT_EQ(read_whiteboard_text(hex(kCreate)), hello());

    WhiteboardText gone;
    gone.action = Action::remove;
    gone.text = whiteboard::Handle{0x20001};
    gone.workspace = whiteboard::Handle{1};
    EXPECT_EQ(to_hex(write_whiteboard_text(gone)), "1f0000000100020001000000");
    EXPECT_EQ(read_whiteboard_text(hex("1f0000000100020001000000")), gone);
}

TEST(WhiteboardText, BothFormsOfTheFont) {
    WhiteboardText text = hello();
    text.font->face = "Caf\u00e9 \u20ac";
    text.lines = std::vector<TextLine>{};
    EXPECT_EQ(write_whiteboard_text(text).size(), 40U + 92 + 4 + 8);
    text.form = FontForm::narrow;
    EXPECT_EQ(write_whiteboard_text(text).size(), 40U + 60 + 4 + 8);
    for (FontForm form : {FontForm::narrow, FontForm::wide}) {
        text.form = form;
        for (auto lines : std::vector<std::vector<TextLine>>{{}, {{3, 1, ""}}, {{0, 0, "one"}, {2, 1, "two"}}}) {
            text.lines = lines;
            Bytes octets = write_whiteboard_text(text);
            EXPECT_EQ(read_whiteboard_text(octets), text) << to_hex(octets);
        }
    }
}

TEST(WhiteboardText, SaysOnlyWhatItsFlagsSay) {
    WhiteboardText edit;
    edit.action = Action::edit;
    edit.anchor = TextAnchor{-5, 7};
    Bytes octets = write_whiteboard_text(edit);
    EXPECT_EQ(octets.size(), 40U + 92 + 4 + 8);
    EXPECT_EQ(read_whiteboard_text(octets), edit);
    octets.resize(40);  // and nothing behind the last of them
    EXPECT_EQ(read_whiteboard_text(octets), edit);
}

TEST(WhiteboardText, EveryLengthIsReadOrRefused) {
    const Bytes whole = hex(kCreate);
    constexpr std::size_t kNarrowWithoutLines = 40 + 60 + 4;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto text = read_whiteboard_text(ByteView(whole).first(size));
        EXPECT_EQ(text.has_value(), size == kNarrowWithoutLines) << size;
    }
    Bytes longer = whole;
    longer.resize(longer.size() + 3);  // octets after the text are overlooked
    EXPECT_EQ(read_whiteboard_text(longer), hello());
}

TEST(WhiteboardText, RefusesWhatCannotBeMeant) {
    EXPECT_FALSE(read_whiteboard_text(hex("1d0000000100020001000000")).has_value());
    EXPECT_FALSE(read_whiteboard_text(hex("210000000100020001000000")).has_value());
    Bytes octets = hex(kCreate);
    octets[132] = std::byte{2};  // two lines, where one is
    EXPECT_FALSE(read_whiteboard_text(octets).has_value());
    octets[132] = std::byte{1};
    octets[136] = std::byte{7};  // shorter than its own head
    EXPECT_FALSE(read_whiteboard_text(octets).has_value());
    octets[135] = std::byte{0x7F};  // two thousand million lines
    EXPECT_FALSE(read_whiteboard_text(octets).has_value());
}

TEST(WhiteboardText, KeysInAllTheirSpellings) {
    EXPECT_EQ(gcc::to_string(text_key().value), "h221:b5004c53546578743200");
    for (const char* octets :
         {"b5004c53546578743200", "b5004c535465787432", "b500534c546578743200", "b500534c5465787432"})
        EXPECT_TRUE(is_text_key({gcc::h221_key(hex(octets))})) << octets;
    for (const char* octets : {"b5004c53", "b5004c53546578743300", "b5004c530054657874320000", "b4004c53546578743200"})
        EXPECT_FALSE(is_text_key({gcc::h221_key(hex(octets))})) << octets;
    EXPECT_FALSE(is_text_key({gcc::object_key({0, 0, 20, 126, 0, 1})}));
}

TEST(WhiteboardText, TravelsInANonStandardPdu) {
    whiteboard::SiPdu pdu = pdu_of(hello());
    EXPECT_EQ(text_in(pdu), hello());
    std::get<whiteboard::NonStandardPdu>(pdu).transaction.identifier = {gcc::h221_key(hex("b500534c"))};
    EXPECT_FALSE(text_in(pdu).has_value());
    EXPECT_FALSE(text_in(whiteboard::WorkspaceReadyPdu{}).has_value());
}

TEST(WhiteboardText, LinesAreOfAWesternCodePage) {
    EXPECT_EQ(line_text({0, 0, "caf\xE9 \x80"}), "caf\u00e9 \u20ac");
    EXPECT_EQ(line_octets("caf\u00e9 \u20ac \u4e2d"), "caf\xE9 \x80 ?");
    std::string all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
    EXPECT_EQ(to_windows_1252(from_windows_1252(all)), all);
}

}  // namespace
}  // namespace convene::netmeeting

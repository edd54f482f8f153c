#include "whiteboard/decode_variants.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "whiteboard/codec.hpp"

namespace convene::whiteboard {
namespace {

/// What decode_si_pdu() makes of octets that are a `Pdu`; what it makes is sent as our module has it and stays the
/// same.
template <class Pdu>
Pdu decoded(const char* octets) {
    auto pdu = decode_si_pdu(hex(octets));
    if (!pdu || !std::holds_alternative<Pdu>(*pdu)) {
        ADD_FAILURE() << octets << ": " << (pdu ? "another PDU" : pdu.error().message());
        return {};
    }
    auto again = decode_si_pdu(*encode(*pdu));
    EXPECT_TRUE(again.has_value() && *again == *pdu) << octets;
    return std::get<Pdu>(*pdu);
}

TEST(DecodeVariants, EndsMeansLessThanAnOctetOfZeros) {
    EXPECT_TRUE(ends_at(hex("ff"), 8));
    EXPECT_TRUE(ends_at(hex("ffe0"), 11));
    EXPECT_FALSE(ends_at(hex("fff0"), 11));
    EXPECT_FALSE(ends_at(hex("ff00"), 8));
    EXPECT_FALSE(ends_at(hex("ff"), 9));
    EXPECT_TRUE(ends_at({}, 0));
}

TEST(DecodeVariants, EditWithoutRotation) {
    // 0001110 0, then four presence bits 0100 in place of five, then 11 for a handle of four octets.
    auto moved = decoded<DrawingEditPdu>("1c4c0102030455c35627");
    EXPECT_EQ(moved.handle, Handle{0x01020304});
    EXPECT_EQ(moved.anchor, (WorkspacePoint{110, 210}));
    EXPECT_FALSE(moved.points.has_value());
    EXPECT_TRUE(as_edit_without_rotation(hex("1c4c0102030455c35627")).has_value());

    // Presence bits 0010: a bare list of two steps.
    auto reshaped = decoded<DrawingEditPdu>("1c2c0102030400029a5c");
    EXPECT_EQ(reshaped.points, (std::vector<PointEdit>{{0, {1, 2}, make_point_list({{-3, 4}})}}));
    auto one_point = decoded<DrawingEditPdu>("1c2c0102030400019a");
    EXPECT_EQ(one_point.points, (std::vector<PointEdit>{{0, {1, 2}, {}}}));
    auto no_points = decoded<DrawingEditPdu>("1c2c010203040000");
    EXPECT_FALSE(no_points.points.has_value());
}

TEST(DecodeVariants, EditsOfOurFormAreReadAsSuch) {
    EXPECT_EQ(decoded<DrawingEditPdu>("1c401055c35627").anchor, (WorkspacePoint{110, 210}));
    // All five presence bits, with the shortest contents, come back as they were.
    DrawingEditPdu all{Handle{16},
                       DrawingAttributes{Highlight{true}},
                       WorkspacePoint{1, 2},
                       RotationSpecifier{60, {3, 4}},
                       std::vector<PointEdit>{{7, {5, 6}, make_point_list({{1, 1}})}, {9, {7, 8}, {}}},
                       NonStandardParameters{{{gcc::h221_key(hex("b500534c"))}, hex("01")}}};
    EXPECT_EQ(decoded<DrawingEditPdu>(to_hex(*encode(all)).c_str()), all);
}

TEST(DecodeVariants, NumberedZOrder) {
    auto edit = decoded<DrawingEditPdu>(
        "1c801201380005"
        "1038");
    EXPECT_EQ(edit.attributes, (DrawingAttributes{ZOrder::back, PenThickness{8}}));
    auto short_edit = decoded<DrawingEditPdu>("1c8c0102030400380000");  // without rotation, too
    EXPECT_EQ(short_edit.attributes, (DrawingAttributes{ZOrder::front}));
    auto bitmap = decoded<BitmapEditPdu>(
        "12c02600200007"
        "56e55681");
    EXPECT_EQ(bitmap.attributes, (BitmapAttributes{ZOrder::back}));
    EXPECT_EQ(bitmap.anchor, (WorkspacePoint{400, 300}));
    auto create = decoded<DrawingCreatePdu>(
        "18c0140002001000380009"
        "55565556000199");
    EXPECT_EQ(create.attributes, (DrawingAttributes{ZOrder::back}));
    EXPECT_EQ(create.anchor, (WorkspacePoint{1, 1}));
    EXPECT_EQ(points_of(create.points), (std::vector<PointDiff>{{1, 1}}));
}

TEST(DecodeVariants, WhatComesBeforeAnUnreadableZOrderIsKept) {
    auto edit = decoded<DrawingEditPdu>("1c8012011039ffffffff");
    EXPECT_EQ(edit.handle, Handle{18});
    EXPECT_EQ(edit.attributes, (DrawingAttributes{PenThickness{8}}));
    EXPECT_FALSE(decode_si_pdu(hex("1c8012003fffffffff")).has_value());  // nothing before it
    EXPECT_FALSE(decode_si_pdu(hex("1c80120110")).has_value());          // cut short, no zOrder
}

TEST(DecodeVariants, CharactersWithAndWithoutAlignment) {
    EXPECT_EQ(decoded<RemoteKeyboardEventPdu>("26000110002080").code, KeyCode{u"A"});
    EXPECT_EQ(decoded<RemoteKeyboardEventPdu>("26000110000041").code, KeyCode{u"A"});
    EXPECT_EQ(decoded<RemoteKeyboardEventPdu>("2600011020ac00").code, KeyCode{u"\u4158"});
    EXPECT_EQ(decoded<RemoteKeyboardEventPdu>("260001100020ac").code, KeyCode{u"\u20AC"});
    EXPECT_FALSE(decode_si_pdu(hex("26000110000000")).has_value());  // U+0000 either way
    EXPECT_FALSE(decode_si_pdu(hex("260001106c0000")).has_value());  // half of a pair
}

TEST(DecodeVariants, HarmlessBitsAreOverlooked) {
    EXPECT_EQ(decoded<WorkspaceRefreshStatusPdu>("4441").refresh_status, true);
    EXPECT_EQ(decoded<DrawingEditPdu>("1c8012003b").handle, Handle{18});
}

}  // namespace
}  // namespace convene::whiteboard

#include "whiteboard/codec.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::whiteboard {
namespace {

/// `octets` mean `pdu`, and `pdu` is sent as `octets`.
void expect_both_ways(const SiPdu& pdu, const char* octets) {
    auto written = encode(pdu);
    ASSERT_TRUE(written.has_value()) << written.error().message();
    EXPECT_EQ(to_hex(*written), octets);
    auto read = decode_si_pdu(hex(octets));
    ASSERT_TRUE(read.has_value()) << read.error().message();
    EXPECT_TRUE(*read == pdu) << octets;
}

constexpr Handle kWorkspace{1};

TEST(SiCodec, CreatesWorkspaces) {
    WorkspaceCreatePdu create;
    create.workspace = kWorkspace;
    create.app_roster_instance = 3;
    create.synchronized = true;
    create.size = {1024, 768};
    expect_both_ways(create, "38000100038003ff02ff");

    create.workspace = Handle{16909060};
    create.app_roster_instance = 7;
    create.protected_plane_access_list = {mcs::UserId{1007}};
    create.attributes = WorkspaceAttributes{WorkspaceColor{ColorRgb{255, 255, 255}}, Preserve{true}};
    create.planes = {PlaneParameters{true, {AnnotationUsage{}, ImageUsage{}}, {}}};
    create.views = {ViewParameters{
        Handle{2}, WorkspaceViewAttributes{ViewRegion{FullWorkspace{}}, WorkspaceViewState{FocusView{}}}}};
    expect_both_ways(create, "38f30102030400078000000603ff02ff0104ffffff300020010400400201004c");
}

TEST(SiCodec, MarksRefreshAsAnAddition) {
    WorkspaceCreatePdu create;
    create.workspace = Handle{256};
    create.app_roster_instance = 4;
    create.size = {640, 480};
    create.refresh = true;
    expect_both_ways(create, "39010100000400027f01df010180");
}

TEST(SiCodec, Draws) {
    DrawingCreatePdu stroke;
    stroke.handle = Handle{16};
    stroke.destination = AnnotationPlane{{kWorkspace, PlaneId{0}}};
    stroke.type = OpenPolyLine{};
    stroke.attributes = DrawingAttributes{PenColor{ColorRgb{255, 0, 0}}, PenThickness{3}};
    stroke.anchor = {100, 200};
    stroke.points = make_point_list({{1, 2}, {-3, 4}, {7, -8}});
    expect_both_ways(stroke, "18c010000100100101ff0000101055b9561d00039a5cf0");

    DrawingCreatePdu rectangle;
    rectangle.handle = Handle{18};
    rectangle.destination = AnnotationPlane{{kWorkspace, PlaneId{0}}};
    rectangle.type = RectangleDrawing{};
    rectangle.attributes = DrawingAttributes{PenColor{PaletteIndex{4}}, LineStyle{DashedLine{}}};
    rectangle.anchor = {10, 20};
    rectangle.points = make_point_list({{300, 200}});
    expect_both_ways(rectangle, "18c012000100300100042080555f55698001812c80c8");
}

TEST(SiCodec, CarriesBitmaps) {
    BitmapCreatePdu create;
    create.handle = Handle{32};
    create.destination = ImagePlane{{kWorkspace, PlaneId{0}}};
    create.anchor = {5, 6};
    create.size = {64, 8};
    create.format = BitmapHeaderT6{};
    create.data = BitmapData{{}, 4, hex("fff0010010")};
    expect_both_ways(create, "0c440020100100555a555b003f0007022c0004fff001001000");
}

TEST(SiCodec, ReadsMoreBitmapDataThanItSends) {
    BitmapCreateContinuePdu more{
        Handle{36}, BitmapData{{}, {}, Bytes(kMaxBitmapData + 1000, std::byte{0x5A})}, true, {}};
    auto octets = encode(more);
    ASSERT_TRUE(octets.has_value());
    auto again = decode_si_pdu(*octets);
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(*again == SiPdu{more});
}

TEST(SiCodec, PassesOnWhatALaterEditionAdded) {
    auto pdu = decode_si_pdu(hex("8003010203"));
    ASSERT_TRUE(pdu.has_value());
    const auto& unknown = std::get<asn1::UnknownAlternative>(*pdu);
    EXPECT_EQ(unknown.index, 0U);
    EXPECT_EQ(to_hex(unknown.contents), "010203");
    EXPECT_EQ(to_hex(*encode(*pdu)), "8003010203");
}

TEST(SiCodec, RefusesWhatIsNoSipdu) {
    EXPECT_FALSE(decode_si_pdu({}).has_value());
    EXPECT_FALSE(decode_si_pdu(hex("46")).has_value());            // alternative 35
    EXPECT_FALSE(decode_si_pdu(hex("1a00")).has_value());          // no handle
    EXPECT_FALSE(decode_si_pdu(hex("1a001000")).has_value());      // an octet more
    EXPECT_FALSE(decode_si_pdu(hex("1aff00000000")).has_value());  // nothing fits
}

TEST(SiCodec, RefusesToWriteWhatIsOutOfRange) {
    DrawingEditPdu far{Handle{1}, {}, WorkspacePoint{kMostCoordinate + 1, 0}, {}, {}, {}};
    EXPECT_EQ(encode(far).error().path, "drawingEditPDU.anchorPointEdit.xCoordinate");
    BitmapCreateContinuePdu empty{Handle{36}, {}, true, {}};
    EXPECT_FALSE(encode(empty).has_value());
}

}  // namespace
}  // namespace convene::whiteboard

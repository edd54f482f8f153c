#include "netmeeting/whiteboard_bitmap.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "whiteboard/codec.hpp"

namespace convene::netmeeting {
namespace {

Picture checkered(std::uint32_t width, std::uint32_t height) {
    Picture picture{width, height, {}};
    for (std::uint32_t i = 0; i < width * height * 3; ++i) picture.rgb.push_back(static_cast<std::byte>(i * 7));
    return picture;
}

TEST(WhiteboardBitmap, HeaderBothWays) {
    BitmapInfo info;
    info.width = 320;
    info.height = -240;
    info.bit_count = 8;
    info.colors_used = 16;
    const char* octets = "28000000 40010000 10ffffff 0100 0800 00000000 00000000 00000000 00000000 10000000 00000000";
    EXPECT_EQ(write_bitmap_info(info), hex(octets));
    EXPECT_EQ(read_bitmap_info(hex(octets)), info);
    Bytes other = hex(octets);
    EXPECT_FALSE(read_bitmap_info(ByteView(other).first(39)).has_value());
    other[0] = std::byte{12};  // BITMAPCOREHEADER
    EXPECT_FALSE(read_bitmap_info(other).has_value());
}

TEST(WhiteboardBitmap, PicturesBothWays) {
    for (auto [width, height] : {std::pair{1U, 1U}, {3U, 2U}, {4U, 5U}, {101U, 7U}}) {
        Picture picture = checkered(width, height);
        WrittenBitmap written = write_bitmap(picture);
        EXPECT_EQ(written.octets.size() % (4 * height), 0U);
        EXPECT_EQ(written.info.size_image, written.octets.size());
        EXPECT_EQ(read_bitmap(written.info, written.octets), picture);
        written.octets.pop_back();
        EXPECT_FALSE(read_bitmap(written.info, written.octets).has_value());
    }
}

TEST(WhiteboardBitmap, RowsFromTheBottomOrTheTop) {
    BitmapInfo info;
    info.width = 1;
    info.height = 2;
    EXPECT_EQ(to_hex(read_bitmap(info, hex("01020300 04050600"))->rgb), "060504030201");
    info.height = -2;
    EXPECT_EQ(to_hex(read_bitmap(info, hex("01020300 04050600"))->rgb), "030201060504");
}

TEST(WhiteboardBitmap, EveryDepth) {
    BitmapInfo info;
    info.width = 3;
    info.height = 1;
    auto rgb = [&](unsigned bits, const char* octets) {
        info.bit_count = static_cast<std::uint16_t>(bits);
        auto picture = read_bitmap(info, hex(octets));
        return picture ? to_hex(picture->rgb) : "none";
    };
    EXPECT_EQ(rgb(1, "00000000 ffffff00 a0000000"), "ffffff000000ffffff");
    EXPECT_EQ(rgb(16, "007ce0031f00ffff"), "ff000000ff000000ff");
    EXPECT_EQ(rgb(24, "010203 040506 070809 000000"), "030201060504090807");
    EXPECT_EQ(rgb(32, "01020300 04050600 07080900"), "030201060504090807");
    info.colors_used = 2;
    EXPECT_EQ(rgb(4, "11223300 44556600 01200000"), "332211665544000000");  // the table has no third colour
    EXPECT_EQ(rgb(8, "11223300 44556600 01000100"), "665544332211665544");
    EXPECT_EQ(rgb(8, "11223300 44556600 010001"), "none");
}

TEST(WhiteboardBitmap, RefusesHeadersThatCannotBeMeant) {
    BitmapInfo good;
    good.width = 8;
    good.height = 8;
    ASSERT_TRUE(layout_of(good).has_value());
    auto refused = [&](auto change) {
        BitmapInfo bad = good;
        change(bad);
        return !layout_of(bad).has_value();
    };
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.width = 0; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.width = -1; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.width = kMaxPictureSide + 1; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.height = 0; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.height = std::numeric_limits<std::int32_t>::min(); }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.width = i.height = kMaxPictureSide; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.planes = 2; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.bit_count = 2; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.compression = 1; }));
    EXPECT_TRUE(refused([](BitmapInfo& i) { i.bit_count = 8, i.colors_used = 257; }));
}

TEST(WhiteboardBitmap, TravelsInPieces) {
    const Picture picture = checkered(60, 40);
    const WrittenBitmap written = write_bitmap(picture);  // 7200 octets
    whiteboard::BitmapCreatePdu create;
    create.handle = whiteboard::Handle{77};
    create.destination = whiteboard::ImagePlane{{whiteboard::Handle{1}, whiteboard::PlaneId{0}}};
    create.anchor = whiteboard::WorkspacePoint{5, 6};
    auto pdus = bitmap_pdus(create, written);
    ASSERT_EQ(pdus.size(), 4U);

    Bytes joined;
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        auto octets = whiteboard::encode(pdus[i]);
        ASSERT_TRUE(octets.has_value()) << octets.error().message();
        auto pdu = whiteboard::decode_si_pdu(*octets);
        ASSERT_TRUE(pdu.has_value());
        const auto* first = std::get_if<whiteboard::BitmapCreatePdu>(&*pdu);
        const auto* next = std::get_if<whiteboard::BitmapCreateContinuePdu>(&*pdu);
        ASSERT_EQ(first != nullptr, i == 0);
        ASSERT_EQ(next != nullptr, i != 0);
        EXPECT_EQ(first ? bitmap_info_in(*first) : bitmap_info_in(*next), written.info);
        EXPECT_EQ(first ? first->handle : next->handle, create.handle);
        EXPECT_EQ(first ? first->more_to_follow : next->more_to_follow, i + 1 < pdus.size());
        const Bytes& data = first ? first->data->data : next->data.data;
        EXPECT_LE(data.size(), kMaxBitmapPiece);
        append(joined, data);
    }
    EXPECT_EQ(read_bitmap(written.info, joined), picture);
}

TEST(WhiteboardBitmap, FindsTheHeaderInTheFormat) {
    const WrittenBitmap written = write_bitmap(checkered(2, 2));
    whiteboard::BitmapCreatePdu create;
    create.format = whiteboard::NonStandardParameter{bitmap_key(), write_bitmap_info(written.info)};
    EXPECT_EQ(bitmap_info_in(create), written.info);
    create.format = whiteboard::BitmapHeaderT6{};
    EXPECT_FALSE(bitmap_info_in(create).has_value());
    EXPECT_EQ(gcc::to_string(bitmap_key().value), "h221:b500534c4269746d6170323400");
}

}  // namespace
}  // namespace convene::netmeeting

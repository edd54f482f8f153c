#include <gtest/gtest.h>

#include "netmeeting/whiteboard_bitmap.hpp"
#include "picture/decode.hpp"
#include "picture/encode.hpp"
#include "pixels/decode.hpp"

namespace convene::picture {
namespace {

Raster checkered(std::uint32_t width, std::uint32_t height, std::uint32_t one, std::uint32_t other) {
    Raster out{width, height, {}};
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) out.pixels.push_back((x / 5 + y / 3) % 2 == 0 ? one : other);
    }
    return out;
}

unsigned distance(std::uint32_t left, std::uint32_t right) {
    unsigned most = 0;
    for (unsigned shift : {0U, 8U, 16U, 24U}) {
        const int difference = static_cast<int>(left >> shift & 0xFF) - static_cast<int>(right >> shift & 0xFF);
        most = std::max(most, static_cast<unsigned>(std::abs(difference)));
    }
    return most;
}

TEST(PictureCodec, BlackAndWhiteTravelsAsGroup4WithoutLoss) {
    const Raster raster = checkered(37, 23, opaque(0, 0, 0), opaque(255, 255, 255));
    const auto picture = encode(raster);
    ASSERT_TRUE(picture) << picture.error();
    EXPECT_TRUE(std::holds_alternative<whiteboard::BitmapHeaderT6>(picture->format->header));
    const auto back = decode(*picture);
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(back->pixels, raster.pixels);
}

TEST(PictureCodec, TheOtherDecoderOfGroup4ReadsTheSame) {
    std::uint32_t lot = 1;
    for (const std::uint32_t width : {1U, 7U, 64U, 1000U, 5000U}) {
        Raster raster{width, 20, {}};
        // Runs of all lengths, rows that resemble each other, and rows that do not.
        while (raster.pixels.size() < std::size_t{width} * 20) {
            lot = lot * 1664525 + 1013904223;
            const bool is_copy = lot >> 28 < 9 && raster.pixels.size() >= width;
            const std::size_t run = 1 + (lot >> 8) % (lot >> 30 == 0 ? 3000 : 40);
            for (std::size_t i = 0; i < run && raster.pixels.size() < std::size_t{width} * 20; ++i)
                raster.pixels.push_back(is_copy        ? raster.pixels[raster.pixels.size() - width]
                                        : lot >> 7 & 1 ? opaque(0, 0, 0)
                                                       : opaque(255, 255, 255));
        }
        const auto octets = encode_group4(raster);
        ASSERT_TRUE(octets) << octets.error();
        const auto back = pixels::decode_group4({width, 20}, *octets);
        ASSERT_TRUE(back) << width << ": " << back.error();
        EXPECT_EQ(back->pixels, raster.pixels) << width;
        for (std::size_t size = 0; size < octets->size(); size += 1 + octets->size() / 50)
            (void)pixels::decode_group4({width, 20}, ByteView(*octets).first(size));
    }
    EXPECT_FALSE(pixels::decode_group4({64, 64}, bytes({0x00, 0x00})));
    EXPECT_FALSE(pixels::decode_group4({64, 64}, {}));
}

TEST(PictureCodec, ColoursTravelAsJpeg) {
    Raster raster = checkered(64, 64, opaque(200, 30, 40), opaque(200, 30, 40));
    const auto picture = encode(raster);
    ASSERT_TRUE(picture) << picture.error();
    EXPECT_TRUE(std::holds_alternative<whiteboard::BitmapHeaderT81>(picture->format->header));
    const auto back = decode(*picture);
    ASSERT_TRUE(back) << back.error();
    ASSERT_EQ(back->pixels.size(), raster.pixels.size());
    EXPECT_LT(distance(back->at(31, 31), raster.at(31, 31)), 8U);
}

TEST(PictureCodec, WhatIsTranslucentLiesOnWhite) {
    const Raster raster{8, 8, std::vector<std::uint32_t>(64, 0)};
    const auto picture = encode(raster);
    ASSERT_TRUE(picture);
    EXPECT_EQ(decode(*picture)->at(3, 3), opaque(255, 255, 255));
}

TEST(PictureCodec, ABaselineJpegIsTakenAsItIs) {
    const auto file = encode_jpeg(checkered(40, 30, opaque(1, 2, 250), opaque(9, 200, 3)), 80);
    ASSERT_TRUE(file);
    const auto picture = adopt_jpeg(*file);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->joined(), *file);
    EXPECT_EQ(picture->size, (whiteboard::Extent{40, 30}));
    EXPECT_FALSE(adopt_jpeg(to_bytes("GIF89a is something else")));
}

whiteboard::Picture uncompressed(whiteboard::Extent size, whiteboard::ColorMappingMode mode, Bytes octets) {
    whiteboard::Picture picture;
    whiteboard::PictureFormat format;
    format.header = whiteboard::BitmapHeaderUncompressed{std::move(mode)};
    picture.format = std::make_shared<const whiteboard::PictureFormat>(std::move(format));
    picture.size = size;
    picture.data = {Slice(octets)};
    picture.is_complete = true;
    return picture;
}

TEST(PictureCodec, UncompressedPixelsAreRead) {
    whiteboard::DirectMap rgb;
    rgb.color_space = whiteboard::RgbSpace{};
    const auto direct = decode(uncompressed({2, 1}, rgb, bytes({1, 2, 3, 250, 251, 252})));
    ASSERT_TRUE(direct) << direct.error();
    EXPECT_EQ(direct->pixels, (std::vector<std::uint32_t>{opaque(1, 2, 3), opaque(250, 251, 252)}));

    whiteboard::PaletteMap map;
    whiteboard::PaletteRgb colors;
    colors.palette = {{10, 20, 30}, {40, 50, 60}};
    map.color_palette = colors;
    map.bits_per_pixel = 1;
    const auto palette = decode(uncompressed({9, 2}, map, bytes({0b1000'0001, 0x80, 0, 0})));
    ASSERT_TRUE(palette) << palette.error();
    EXPECT_EQ(palette->at(0, 0), opaque(40, 50, 60));
    EXPECT_EQ(palette->at(1, 0), opaque(10, 20, 30));
    EXPECT_EQ(palette->at(8, 0), opaque(40, 50, 60));
    EXPECT_EQ(palette->at(8, 1), opaque(10, 20, 30));
}

TEST(PictureCodec, NetMeetingsBitmapsAreRead) {
    const auto written = netmeeting::write_bitmap({2, 1, bytes({1, 2, 3, 7, 8, 9})});
    whiteboard::Picture picture;
    whiteboard::PictureFormat format;
    format.header =
        whiteboard::NonStandardParameter{netmeeting::bitmap_key(), netmeeting::write_bitmap_info(written.info)};
    picture.format = std::make_shared<const whiteboard::PictureFormat>(std::move(format));
    picture.size = {2, 1};
    picture.data = {Slice(written.octets)};
    picture.is_complete = true;
    const auto raster = decode(picture);
    ASSERT_TRUE(raster) << raster.error();
    EXPECT_EQ(raster->pixels, (std::vector<std::uint32_t>{opaque(1, 2, 3), opaque(7, 8, 9)}));
}

TEST(PictureCodec, BrokenAndAbsurdPicturesAreErrors) {
    whiteboard::DirectMap rgb;
    rgb.color_space = whiteboard::RgbSpace{};
    EXPECT_FALSE(decode(uncompressed({2, 2}, rgb, bytes({1, 2, 3}))));
    EXPECT_FALSE(decode(uncompressed({65'535, 65'535}, rgb, bytes({1, 2, 3}))));
    EXPECT_FALSE(decode(uncompressed({0, 5}, rgb, {})));
    EXPECT_FALSE(decode_jpeg(to_bytes("\xFF\xD8\xFF nothing of the kind")));
    const auto fax = decode_fax(FaxCoding::group4, {64, 64}, bytes({0x12, 0x34, 0x56, 0x78}));
    if (fax) {
        EXPECT_EQ(fax->pixels.size(), 64U * 64U);
    }
}

}  // namespace
}  // namespace convene::picture

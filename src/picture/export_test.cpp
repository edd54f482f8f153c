#include <gtest/gtest.h>

#include "picture/decode.hpp"
#include "picture/encode.hpp"
#include "picture/export.hpp"
#include "picture/load.hpp"

namespace convene::picture {
namespace {

using namespace whiteboard;

std::optional<Raster> decoded(const Picture& picture) {
    auto raster = decode(picture);
    if (!raster) return std::nullopt;
    return std::move(*raster);
}

struct Drawn : testing::Test {
    Board board;
    ItemId page{1};

    void SetUp() override {
        CreatePage create;
        create.page.id = page;
        create.page.size = {200, 100};
        board.apply(create, std::nullopt);
    }
    void draw(std::uint32_t id, Drawing drawing) {
        CreateDrawing create;
        create.id = ItemId{id};
        create.page = page;
        create.drawing = std::move(drawing);
        board.apply(create, std::nullopt);
    }
    Raster png(double scale = 1) {
        const auto file = export_pages(board, {page}, FileFormat::png, scale, decoded);
        EXPECT_TRUE(file) << file.error();
        auto raster = load_png(*file);
        EXPECT_TRUE(raster) << raster.error();
        return *raster;
    }
};

Drawing box(Color pen, Color fill) {
    Drawing drawing;
    drawing.shape = Shape::rectangle;
    drawing.style.pen = pen;
    drawing.style.fill = fill;
    drawing.style.thickness = 3;
    drawing.anchor = {50, 20};
    drawing.deltas = {{100, 60}};
    return drawing;
}

TEST_F(Drawn, APageIsItsBackgroundAndWhatLiesOnIt) {
    draw(2, box({255, 0, 0, false}, {0, 0, 255, false}));
    const Raster raster = png();
    ASSERT_EQ(raster.width, 200U);
    ASSERT_EQ(raster.height, 100U);
    EXPECT_EQ(raster.at(5, 5), opaque(255, 255, 255));
    EXPECT_EQ(raster.at(100, 20), opaque(255, 0, 0));
    EXPECT_EQ(raster.at(100, 50), opaque(0, 0, 255));
    EXPECT_EQ(png(2).width, 400U);
}

TEST_F(Drawn, WhatIsOnTopHidesWhatIsBelow) {
    draw(2, box(kBlack, {255, 0, 0, false}));
    draw(3, box(kBlack, {0, 255, 0, false}));
    EXPECT_EQ(png().at(100, 50), opaque(0, 255, 0));
    EditDrawing edit;
    edit.id = ItemId{3};
    edit.stacking = Stacking::back;
    board.apply(edit, std::nullopt);
    EXPECT_EQ(png().at(100, 50), opaque(255, 0, 0));
}

TEST_F(Drawn, AMarkerLetsThingsShowThrough) {
    draw(2, box(kBlack, kTransparent));
    Drawing marker;
    marker.style = {{255, 255, 0, false}, kTransparent, 20, Nib::square, Pattern::solid, true, false};
    marker.anchor = {40, 20};
    marker.deltas = {{120, 0}};
    draw(3, marker);
    const Raster raster = png();
    EXPECT_NE(raster.at(100, 20), opaque(255, 255, 0)) << "the line below is still to be seen";
    EXPECT_NE(raster.at(45, 16), opaque(255, 255, 255));
}

TEST_F(Drawn, AnEllipseFillsItsBox) {
    Drawing ellipse = box({0, 0, 0, true}, {9, 9, 9, false});
    ellipse.shape = Shape::ellipse;
    draw(2, ellipse);
    const Raster raster = png();
    EXPECT_EQ(raster.at(100, 50), opaque(9, 9, 9));
    EXPECT_EQ(raster.at(52, 22), opaque(255, 255, 255)) << "the corner of the box is outside";
}

TEST_F(Drawn, APictureLiesWhereItIsPutAndAsLargeAsItIsSaid) {
    CreatePicture create;
    create.id = ItemId{7};
    create.page = page;
    create.picture = *encode(Raster{16, 16, std::vector<std::uint32_t>(256, opaque(0, 0, 0))});
    create.picture.anchor = {10, 10};
    create.picture.scale = Point{32, 32};
    board.apply(create, std::nullopt);
    const Raster raster = png();
    EXPECT_EQ(raster.at(12, 12), opaque(0, 0, 0));
    EXPECT_EQ(raster.at(40, 40), opaque(0, 0, 0));
    EXPECT_EQ(raster.at(44, 44), opaque(255, 255, 255));
}

TEST_F(Drawn, WhatLiesBeyondThePageIsInThePictureToo) {
    Drawing line;
    line.anchor = {-50, 10};
    line.deltas = {{20, 0}};
    draw(2, line);
    EXPECT_GT(png().width, 240U);
}

TEST_F(Drawn, VectorsAndPaper) {
    CreateText text;
    text.id = ItemId{9};
    text.page = page;
    text.text.utf8 = "Grüße";
    text.text.anchor = {20, 20};
    board.apply(text, std::nullopt);
    const auto svg = export_pages(board, {page}, FileFormat::svg, 1, decoded);
    ASSERT_TRUE(svg) << svg.error();
    EXPECT_EQ(source_format(*svg), SourceFormat::svg);
    const auto pdf = export_pages(board, {page, page}, FileFormat::pdf, 1, decoded);
    ASSERT_TRUE(pdf) << pdf.error();
    EXPECT_EQ(source_format(*pdf), SourceFormat::pdf);
    // Read by programs that know nothing of this one.
    const auto drawn = load(*svg, 200, 100);
    ASSERT_TRUE(drawn) << drawn.error();
    EXPECT_EQ(drawn->front().width, 200U);
    const auto pages = load(*pdf, 400, 400);
    ASSERT_TRUE(pages) << pages.error();
    EXPECT_EQ(pages->size(), 2U);
}

TEST_F(Drawn, RefusalsSayWhy) {
    EXPECT_FALSE(export_pages(board, {ItemId{99}}, FileFormat::png, 1, decoded));
    EXPECT_FALSE(export_pages(board, {}, FileFormat::pdf, 1, decoded));
    EXPECT_FALSE(export_pages(board, {page, page}, FileFormat::png, 1, decoded));
    EXPECT_FALSE(export_pages(board, {page}, FileFormat::png, 0, decoded));
    EXPECT_FALSE(export_pages(board, {page}, FileFormat::png, 1e6, decoded));
    EXPECT_FALSE(load(to_bytes("just words"), 10, 10));
    EXPECT_FALSE(load(to_bytes("%PDF-1.4 and nothing more"), 10, 10));
    EXPECT_FALSE(load(to_bytes("<svg this is not"), 10, 10));
    EXPECT_FALSE(load_png(to_bytes("\x89PNG\r\n\x1A\n")));
}

}  // namespace
}  // namespace convene::picture

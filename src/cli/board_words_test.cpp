#include "cli/board_words.hpp"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

using nlohmann::ordered_json;
using whiteboard::Color;

TEST(BoardWords, Colors) {
    EXPECT_EQ(to_json(Color{255, 160, 1, false}), "#ffa001");
    EXPECT_EQ(to_json(whiteboard::kTransparent), nullptr);
    EXPECT_EQ(color_of("#fFa001"), (Color{255, 160, 1, false}));
    EXPECT_EQ(color_of("red"), (Color{255, 0, 0, false}));
    for (const char* text : {"", "#", "#12345", "#1234567", "#12345g", "#-12345", "reddish", "Red"})
        EXPECT_FALSE(color_of(text)) << text;
    EXPECT_NE(color_names().find("black white red"), std::string::npos);
}

TEST(BoardWords, DrawingsHaveTheirPointsOnThePage) {
    whiteboard::Drawing drawing;
    drawing.shape = whiteboard::Shape::closed_line;
    drawing.anchor = {10, 20};
    drawing.deltas = {{5, 0}, {-10, 7}};
    drawing.style.thickness = 3;
    drawing.style.is_highlight = true;
    drawing.rotation = whiteboard::Rotation{90, {}};
    const auto json = to_json(whiteboard::Object{{}, 0, false, {}, drawing});
    EXPECT_EQ(json["kind"], "polygon");
    EXPECT_EQ(json["points"], ordered_json::parse("[[10,20],[15,20],[5,27]]"));
    EXPECT_EQ(json["thickness"], 3);
    EXPECT_EQ(json["highlight"], true);
    EXPECT_EQ(json["rotation"], 1.5);
    EXPECT_EQ(json["pen"], "#000000");
    EXPECT_EQ(json["fill"], nullptr);

    // Differences beyond all numbers are none of its business.
    drawing.anchor = {INT32_MAX, INT32_MIN};
    drawing.deltas = {{INT32_MAX, INT32_MIN}};
    EXPECT_EQ(to_json(whiteboard::Object{{}, 0, false, {}, drawing})["points"][1][0], std::int64_t{2} * INT32_MAX);
}

TEST(BoardWords, TextAndPictures) {
    whiteboard::Text text;
    text.utf8 = "two\nlines";
    text.anchor = {1, 2};
    text.font.weight = 700;
    const auto words = to_json(whiteboard::Object{{}, 0, false, {}, text});
    EXPECT_EQ(words["kind"], "text");
    EXPECT_EQ(words["text"], "two\nlines");
    EXPECT_EQ(words["font"]["bold"], true);
    EXPECT_EQ(words["points"], ordered_json::parse("[[1,2]]"));

    whiteboard::Picture picture;
    picture.size = {40, 30};
    picture.is_complete = true;
    auto json = to_json(whiteboard::Object{{}, 0, false, {}, picture});
    EXPECT_EQ(json["kind"], "picture");
    EXPECT_EQ(json["width"], 40);
    picture.scale = whiteboard::Point{80, 60};
    json = to_json(whiteboard::Object{{}, 0, true, {}, picture});
    EXPECT_EQ(json["kind"], "pointer");
    EXPECT_EQ(json["height"], 60);
}

}  // namespace
}  // namespace convene::cli

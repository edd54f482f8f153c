#include "whiteboard/si_types.hpp"

#include <gtest/gtest.h>

#include "whiteboard/attributes.hpp"

namespace convene::whiteboard {
namespace {

TEST(PointList, IsAsNarrowAsItsWidestStep) {
    EXPECT_EQ(make_point_list({}).index(), 0U);
    EXPECT_EQ(make_point_list({{-8, 7}}).index(), 0U);
    EXPECT_EQ(make_point_list({{0, 0}, {8, 0}}).index(), 1U);
    EXPECT_EQ(make_point_list({{0, -9}}).index(), 1U);
    EXPECT_EQ(make_point_list({{-128, 127}}).index(), 1U);
    EXPECT_EQ(make_point_list({{128, 0}}).index(), 2U);
    EXPECT_EQ(make_point_list({{0, -129}}).index(), 2U);
}

TEST(PointList, GivesItsStepsWhateverTheirWidth) {
    for (std::int16_t x : {1, 100, 1000}) {
        std::vector<PointDiff> points{{x, -1}, {0, x}};
        EXPECT_EQ(points_of(make_point_list(points)), points);
    }
}

TEST(Attributes, AreFoundByTheirKind) {
    DrawingAttributes attributes{PenThickness{3}, Highlight{true}, PenThickness{9}};
    ASSERT_NE(find_attribute<PenThickness>(attributes), nullptr);
    EXPECT_EQ(find_attribute<PenThickness>(attributes)->value, 3);
    EXPECT_EQ(find_attribute<FillColor>(attributes), nullptr);
}

}  // namespace
}  // namespace convene::whiteboard

#include "base/small_variant.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace convene {
namespace {

using small::get;
using small::get_if;
using small::holds_alternative;
using small::variant;
using small::visit;

struct Point {
    int x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};
using Mixed = variant<int, std::string, Point, std::vector<int>>;

// How code finds out what it may do with a variant.
static_assert(std::is_trivially_copyable_v<variant<int, Point>>);
static_assert(!std::is_trivially_copyable_v<Mixed> && std::is_copy_constructible_v<Mixed>);
static_assert(std::is_nothrow_move_constructible_v<Mixed>);
static_assert(!std::is_copy_constructible_v<variant<int, std::unique_ptr<int>>>);
static_assert(!std::is_copy_assignable_v<variant<int, std::unique_ptr<int>>>);
static_assert(std::is_move_assignable_v<variant<int, std::unique_ptr<int>>>);
static_assert(!std::is_constructible_v<variant<int, Point>, std::string>);
static_assert(small::variant_size_v<Mixed> == 4);
static_assert(std::is_same_v<small::variant_alternative_t<2, Mixed>, Point>);

TEST(SmallVariant, StartsWithItsFirstAlternative) {
    EXPECT_EQ(get<0>(Mixed()), 0);
    EXPECT_EQ(Mixed().index(), 0U);
}

TEST(SmallVariant, ChoosesTheAlternativeThatFits) {
    EXPECT_EQ(get<std::string>(Mixed("text")), "text");
    EXPECT_EQ(get<Point>(Mixed(Point{1, 2})), (Point{1, 2}));
    // Neither narrowing nor a pointer as a bool.
    EXPECT_TRUE((holds_alternative<std::string>(variant<bool, std::string>("text"))));
    EXPECT_TRUE((holds_alternative<double>(variant<int, double>(0.5F))));
    EXPECT_EQ((variant<std::string, Point>(std::in_place_index<1>, Point{3, 4}).index()), 1U);
}

TEST(SmallVariant, CopiesMovesAndAssigns) {
    Mixed one = std::string(100, 'a');
    Mixed copy = one;
    EXPECT_EQ(copy, one);
    Mixed moved = std::move(one);
    EXPECT_EQ(moved, copy);
    copy = std::vector<int>{1, 2, 3};
    EXPECT_EQ(get<3>(copy).size(), 3U);
    copy = moved;
    EXPECT_EQ(copy, moved);
    copy = Point{5, 6};
    moved = std::move(copy);
    EXPECT_EQ(get<Point>(moved), (Point{5, 6}));
    const Mixed& itself = moved;
    moved = itself;
    EXPECT_EQ(get<Point>(moved), (Point{5, 6}));
}

TEST(SmallVariant, DestroysWhatItHeld) {
    const auto watched = std::make_shared<int>(1);
    variant<int, std::shared_ptr<int>> value = watched;
    EXPECT_EQ(watched.use_count(), 2);
    value = 7;
    EXPECT_EQ(watched.use_count(), 1);
    value.emplace<1>(watched);
    value.emplace<std::shared_ptr<int>>(watched);
    EXPECT_EQ(watched.use_count(), 2);
    {
        const auto copy = value;
        EXPECT_EQ(watched.use_count(), 3);
    }
    EXPECT_EQ(watched.use_count(), 2);
}

struct Nest {
    std::vector<variant<int, Nest>> inner;
};

TEST(SmallVariant, TakesAPartOfItself) {
    variant<int, Nest> outer = Nest{{Nest{{1, 2}}, 3}};
    outer = std::move(get<Nest>(get<Nest>(outer).inner[0]));
    ASSERT_EQ(get<Nest>(outer).inner.size(), 2U);
    outer = variant<int, Nest>(get<Nest>(outer).inner[1]);
    EXPECT_EQ(get<int>(outer), 2);
}

TEST(SmallVariant, ShowsWhatItHolds) {
    Mixed value = std::string("text");
    EXPECT_EQ(get_if<int>(&value), nullptr);
    EXPECT_EQ(get_if<int>(static_cast<Mixed*>(nullptr)), nullptr);
    get<std::string>(value) += "s";
    EXPECT_EQ(*get_if<1>(&value), "texts");
    EXPECT_EQ(visit(
                  [](const auto& each) {
                      if constexpr (std::is_same_v<decltype(each), const std::string&>) return each.size();
                      return std::size_t{0};
                  },
                  value),
              5U);
    const std::string taken = visit(
        [](auto&& each) {
            if constexpr (std::is_same_v<decltype(each), std::string&&>) return std::move(each);
            return std::string();
        },
        std::move(value));
    EXPECT_EQ(taken, "texts");
    std::string& inside = visit(
        [](auto& each) -> std::string& {
            static std::string other;
            if constexpr (std::is_same_v<decltype(each), std::string&>) return each;
            return other;
        },
        value);
    EXPECT_EQ(&inside, get_if<1>(&value));
}

TEST(SmallVariant, ComparesAlternativeThenValue) {
    EXPECT_EQ(Mixed(1), Mixed(1));
    EXPECT_NE(Mixed(1), Mixed(2));
    EXPECT_NE(Mixed(1), Mixed("1"));
    using Ordered = variant<int, std::string>;
    EXPECT_LT(Ordered(9), Ordered("1"));
    EXPECT_LT(Ordered("1"), Ordered("2"));
    EXPECT_FALSE(Ordered("2") < Ordered("2"));
}

TEST(SmallVariantDeathTest, TakingTheWrongAlternativeEnds) {
    EXPECT_DEATH_IF_SUPPORTED((void)get<std::string>(Mixed(1)), "");
}

}  // namespace
}  // namespace convene

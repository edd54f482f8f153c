#include "http/target.hpp"

#include <gtest/gtest.h>

namespace convene::http {
namespace {

TEST(Target, TakesAPathApart) {
    const auto target = parse_target("/c/r%C3%A9union%2F2?page=2&name=a+b%26c&flag#fragment");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/c/r\u00E9union/2");
    EXPECT_EQ(target->steps, (std::vector<std::string>{"c", "r\u00E9union/2"}));
    EXPECT_EQ(target->query, (std::vector<Field>{{"page", "2"}, {"name", "a b&c"}, {"flag", ""}}));
}

TEST(Target, KnowsTheRoot) {
    const auto target = parse_target("/");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/");
    EXPECT_EQ(target->steps, std::vector<std::string>{""});
}

TEST(Target, RefusesWhatIsNoPath) {
    for (const char* bad : {"", "*", "c/x", "http://elsewhere/", "/%", "/%4", "/%zz", "/a/%2e%2e/b", "/../etc", "/.",
                            "/%00", "/%0a", "/%ff", "/%c3", "/x?a=%", "/x?a=%ff"})
        EXPECT_FALSE(parse_target(bad)) << bad;
}

TEST(Target, HasLimits) {
    EXPECT_TRUE(parse_target("/" + std::string(kMaxTarget - 1, 'a')));
    EXPECT_FALSE(parse_target("/" + std::string(kMaxTarget, 'a')));
    std::string deep, wide = "/?";
    for (std::size_t i = 0; i < kMaxSteps; ++i) deep += "/a";
    for (std::size_t i = 0; i < kMaxParameters; ++i) wide += "a=1&";
    EXPECT_TRUE(parse_target(deep));
    EXPECT_FALSE(parse_target(deep + "/a"));
    EXPECT_TRUE(parse_target(wide));
    EXPECT_FALSE(parse_target(wide + "a=1"));
}

TEST(Target, DecodesTheLastEscapeToo) {
    EXPECT_EQ(percent_decode("a%41", false), "aA");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
}

}  // namespace
}  // namespace convene::http

#include "cli/past_lines.hpp"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

node::ChatHistory history(std::vector<node::PastLine> lines) { return {std::move(lines), true}; }

std::vector<std::string> texts(const Notices& notices) {
    std::vector<std::string> out;
    for (const Notice& notice : notices) out.push_back(notice.json["text"]);
    return out;
}

using Texts = std::vector<std::string>;

TEST(PastLines, ANewcomerIsToldEverythingWithItsTime) {
    PastLines past;
    const auto notices =
        past.tell(history({{"Ada", 1'795'000'000'000, "one"}, {"Ben", 1'795'000'060'000, "two"}}), "Ben");
    ASSERT_EQ(notices.size(), 2U);
    EXPECT_EQ(notices[0].json.dump(),
              R"({"event":"chat-before","name":"Ada","text":"one","time":"2026-11-18T11:06:40Z"})");
    EXPECT_TRUE(notices[1].text.ends_with(" Ben: two")) << notices[1].text;
    EXPECT_TRUE(notices[1].is_chat);
}

TEST(PastLines, PiecesAreToldTogether) {
    PastLines past;
    EXPECT_TRUE(past.tell({{{"Ada", 1, "one"}}, false}, "Ben").empty());
    EXPECT_EQ(texts(past.tell(history({{"Ada", 2, "two"}}), "Ben")), (Texts{"one", "two"}));
}

TEST(PastLines, AfterABreakOnlyWhatWasMissedIsTold) {
    PastLines past;
    past.tell(history({{"Ada", 1, "one"}}), "Ben");
    past.heard({mcs::UserId{1001}, std::nullopt, "Ada", "two"});
    EXPECT_EQ(texts(past.tell(history({{"Ada", 1, "one"}, {"Ada", 2, "two"}, {"Ada", 3, "three"}}), "Ben")),
              Texts{"three"});
    EXPECT_EQ(texts(past.tell(history({{"Ada", 3, "three"}, {"Ben", 4, "mine"}}), "Ben")), Texts{});
}

TEST(PastLines, WhatSteersATerminalIsNotPrinted) {
    PastLines past;
    const auto notices = past.tell(history({{"A\x1b[2J", 1, "x\x07y"}}), "Ben");
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].text.find('\x1b'), std::string::npos);
    EXPECT_EQ(notices[0].text.find('\x07'), std::string::npos);
}

}  // namespace
}  // namespace convene::cli

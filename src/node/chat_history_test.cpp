#include "node/chat_history.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::node {
namespace {

TEST(ChatHistory, APieceIsReadAsItWasWritten) {
    const HistoryPiece piece{{{"Ada", 1'700'000'000'123, "hello"}, {"Grüße", 0, ""}}, true};
    EXPECT_EQ(decode_history_piece(encode(piece)), piece);
}

TEST(ChatHistory, ManyLinesBecomeSeveralPiecesAndTheNewestStay) {
    std::vector<PastLine> lines;
    for (std::size_t i = 0; i < kMaxHistoryLines + 5; ++i) lines.push_back({"A", i, std::string(20, 'x')});
    const auto pieces = pieces_of(lines);
    std::vector<PastLine> together;
    for (const auto& piece : pieces) {
        EXPECT_LE(piece.lines.size(), kMaxLinesOfPiece);
        EXPECT_EQ(piece.is_last, &piece == &pieces.back());
        const auto again = decode_history_piece(encode(piece));
        ASSERT_TRUE(again);
        together.insert(together.end(), again->lines.begin(), again->lines.end());
    }
    ASSERT_EQ(together.size(), kMaxHistoryLines);
    EXPECT_EQ(together.front().time_ms, 5U);
    EXPECT_EQ(together.back(), lines.back());
}

TEST(ChatHistory, NothingSaidIsOneEmptyPiece) {
    const auto pieces = pieces_of({});
    ASSERT_EQ(pieces.size(), 1U);
    EXPECT_TRUE(pieces.front().is_last);
    EXPECT_TRUE(pieces.front().lines.empty());
}

TEST(ChatHistory, TooLongALineIsCutBetweenCharacters) {
    std::string text;
    while (text.size() < kMaxPastTextOctets + 10) text += "€";
    const auto piece = decode_history_piece(encode({{{"A", 1, text}}, true}));
    ASSERT_TRUE(piece);
    ASSERT_EQ(piece->lines.size(), 1U);
    EXPECT_LE(piece->lines.front().text.size(), kMaxPastTextOctets);
    EXPECT_EQ(piece->lines.front().text.size() % 3, 0U);
}

TEST(ChatHistory, WhatIsNoPieceIsNothingAndWhatIsNoTextIsLeftOut) {
    EXPECT_FALSE(decode_history_piece({}));
    EXPECT_FALSE(decode_history_piece(from_hex("7fffffffff").value()));
    const auto piece = decode_history_piece(encode({{{"A", 1, "\xFF"}, {"B", 2, "fine"}}, false}));
    ASSERT_TRUE(piece);
    ASSERT_EQ(piece->lines.size(), 1U);
    EXPECT_EQ(piece->lines.front().author, "B");
}

}  // namespace
}  // namespace convene::node

#include "whiteboard/archive.hpp"

#include <gtest/gtest.h>

#include "whiteboard/testing.hpp"

namespace convene::whiteboard {
namespace {

Board drawn_on() {
    Board board;
    auto apply = [&](const Operation& operation) { EXPECT_FALSE(board.apply(operation, mcs::UserId{1001}).refusal); };
    for (unsigned id : {1, 2}) {
        apply(testing::page(ItemId{id}));
        apply(PageReady{ItemId{id}});
    }
    for (unsigned id = 10; id < 20; ++id) apply(testing::stroke(ItemId{id}, ItemId{1 + id % 2}));
    apply(testing::text(ItemId{20}, ItemId{1}, "Καλημέρα"));
    apply(testing::picture(ItemId{21}, ItemId{2}, std::string(20'000, 'p'), true));
    EditDrawing back{ItemId{14}};
    back.stacking = Stacking::back;
    apply(back);
    return board;
}

TEST(Archive, ComesBackAsItWas) {
    Board board = drawn_on();
    auto octets = write_archive(board, native_extensions());
    auto read = read_archive(octets, native_extensions(), {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->digest(), board.digest());
}

TEST(Archive, HoldsOnePageAlone) {
    Board board = drawn_on();
    auto read = read_archive(write_archive(board, native_extensions(), ItemId{2}), native_extensions(), {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->pages(), std::vector{ItemId{2}});
    EXPECT_EQ(read->objects_of(ItemId{2}), board.objects_of(ItemId{2}));
    auto none = read_archive(write_archive(board, native_extensions(), ItemId{9}), native_extensions(), {});
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->pages().empty());
}

TEST(Archive, IsRefusedWhenItIsNoneOrDamaged) {
    auto octets = write_archive(drawn_on(), native_extensions());
    auto fault = [](const Bytes& archive, const BoardLimits& limits = {}) {
        auto read = read_archive(archive, native_extensions(), limits);
        return read ? std::optional<ArchiveFault>() : read.error();
    };
    EXPECT_EQ(fault({}), ArchiveFault::not_an_archive);
    EXPECT_EQ(fault(to_bytes("something else")), ArchiveFault::not_an_archive);
    auto newer = octets;
    newer[7] = std::byte{2};
    EXPECT_EQ(fault(newer), ArchiveFault::other_version);
    std::size_t whole = 0;
    for (std::size_t size = 9; size < 400; ++size) {
        if (!fault({octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)})) ++whole;
    }
    EXPECT_LE(whole, 10U) << "only between two PDUs it may end";
    auto absurd = octets;
    absurd[8] = std::byte{0xFF};
    EXPECT_EQ(fault(absurd), ArchiveFault::damaged);
    BoardLimits small;
    small.max_objects_per_page = 3;
    EXPECT_EQ(fault(octets, small), ArchiveFault::too_large);
}

TEST(Archive, IsPutIntoAnotherBoardUnderNewHandles) {
    Board board = drawn_on();
    Board other = drawn_on();
    std::uint32_t next = 1000;
    auto operations = transplant(board, [&] { return std::optional(ItemId{next++}); });
    ASSERT_TRUE(operations);
    for (const auto& operation : *operations) {
        EXPECT_FALSE(other.apply(operation, mcs::UserId{1002}).refusal);
    }
    ASSERT_EQ(other.pages().size(), 4U);
    EXPECT_EQ(other.size(), 2 * board.size());
    auto from = board.objects_of(ItemId{1});
    auto to = other.objects_of(other.pages()[2]);
    ASSERT_EQ(to.size(), from.size());
    for (std::size_t i = 0; i < to.size(); ++i) EXPECT_TRUE(other.find(to[i])->content == board.find(from[i])->content);
    std::size_t left = 5;
    EXPECT_FALSE(transplant(board, [&]() -> std::optional<ItemId> {
        if (left-- == 0) return std::nullopt;
        return ItemId{next++};
    }));
}

}  // namespace
}  // namespace convene::whiteboard

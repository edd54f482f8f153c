#include "chat/entity.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::chat {
namespace {

constexpr mcs::UserId kSelf{1500}, kOther{1600};
const Instant kStart{};

template <class T>
std::vector<T> take(ChatEntity& entity) {
    std::vector<Output> outputs;
    entity.take_outputs(outputs);
    std::vector<T> out;
    for (auto& output : outputs) {
        if (auto* wanted = std::get_if<T>(&output)) out.push_back(*wanted);
    }
    return out;
}

ChatEntity active_entity() {
    ChatEntity entity;
    entity.on_attached(kSelf);
    entity.on_joined(mcs::channel_of(kSelf), true);
    entity.on_roster({});
    entity.on_joined(kChatChannel, true);
    take<Enrol>(entity);
    return entity;
}

TEST(ChatEntity, EnrolsInTheStaticSession) {
    ChatEntity entity;
    entity.on_attached(kSelf);
    EXPECT_EQ(take<Join>(entity).at(0).channel, mcs::channel_of(kSelf));
    entity.on_joined(mcs::channel_of(kSelf), true);
    EXPECT_TRUE(take<Join>(entity).empty());
    entity.on_roster({});
    EXPECT_EQ(take<Join>(entity).at(0).channel, kChatChannel);
    entity.on_joined(kChatChannel, true);
    auto enrol = take<Enrol>(entity).at(0);
    EXPECT_EQ(enrol.session.session_id, kChatChannel);
    EXPECT_TRUE(enrol.record.application_active);
    EXPECT_EQ(enrol.record.application_user_id, kSelf);
    EXPECT_TRUE(entity.is_active());
}

TEST(ChatEntity, FollowsTheSessionThatIsThere) {
    ChatEntity entity;
    entity.on_attached(kSelf);
    entity.on_joined(mcs::channel_of(kSelf), true);
    take<Join>(entity);
    RosterLine line{{chat_protocol_key(), mcs::ChannelId{2000}}, {}, {}};
    entity.on_roster({line});
    EXPECT_EQ(take<Join>(entity).at(0).channel, mcs::ChannelId{2000});
    // The channel is gone: back to the roster, and on to the next choice.
    entity.on_joined(mcs::ChannelId{2000}, false);
    entity.on_roster({});
    EXPECT_EQ(take<Join>(entity).at(0).channel, kChatChannel);
}

TEST(ChatEntity, WhatIsSaidEarlyIsSentWhenActive) {
    ChatEntity entity;
    entity.say("early");
    EXPECT_TRUE(take<Send>(entity).empty());
    entity.on_attached(kSelf);
    entity.on_joined(mcs::channel_of(kSelf), true);
    entity.on_roster({});
    entity.on_joined(kChatChannel, true);
    auto sent = take<Send>(entity);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(to_hex(sent[0].octets), "000befbbbf6561726c79e280a8");
}

TEST(ChatEntity, HearsPublicAndPrivateLines) {
    auto entity = active_entity();
    entity.on_data(kOther, kChatChannel, hex("000548656c6c6f"), kStart);
    EXPECT_TRUE(take<Line>(entity).empty());
    entity.on_data(kOther, mcs::channel_of(kSelf), hex("00054869e280a8"), kStart);
    auto lines = take<Line>(entity);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].is_private);
    EXPECT_EQ(lines[0].text, "Hi");
    entity.on_data(kOther, kChatChannel, hex("0003e280a8"), kStart);
    lines = take<Line>(entity);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].text, "Hello");
    EXPECT_EQ(lines[0].from, kOther);
    EXPECT_FALSE(entity.deadline().has_value());
}

TEST(ChatEntity, UnfinishedLinesAreShownAfterAWhileOrOnLeaving) {
    auto entity = active_entity();
    entity.on_data(kOther, kChatChannel, hex("00024869"), kStart);
    ASSERT_EQ(entity.deadline(), kStart + kIdleLine);
    entity.on_time(kStart + kIdleLine - Duration{1});
    EXPECT_TRUE(take<Line>(entity).empty());
    entity.on_time(kStart + kIdleLine);
    EXPECT_EQ(take<Line>(entity).at(0).text, "Hi");
    entity.on_data(kOther, kChatChannel, hex("00024869"), kStart);
    entity.on_detached(kOther);
    EXPECT_EQ(take<Line>(entity).at(0).text, "Hi");
}

TEST(ChatEntity, SaysPrivately) {
    auto entity = active_entity();
    entity.say_privately(kOther, "psst");
    auto sent = take<Send>(entity);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].channel, mcs::channel_of(kOther));
    EXPECT_EQ(to_hex(sent[0].octets), "000770737374e280a8");
}

TEST(ChatEntity, RubbishIsIgnored) {
    auto entity = active_entity();
    entity.on_data(kOther, kChatChannel, hex("ffffffff"), kStart);
    entity.on_data(kOther, kChatChannel, {}, kStart);
    EXPECT_TRUE(take<Line>(entity).empty());
}

}  // namespace
}  // namespace convene::chat

#include "gcc/registry.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::kAda;
using testing::kBoard;
using testing::kBob;
using testing::kChat;

constexpr EntityId kFirst{0}, kSecond{1};
using Result = RegistryResult;

RegistryKey key(std::string_view resource, const SessionKey& session = kBoard) { return {session, to_bytes(resource)}; }
RegistryRequester from(UserId node) { return {node, true}; }

class RegistryTest : public ::testing::Test {
protected:
    RegistryAnswer channel(UserId node, std::string_view resource, std::uint16_t number) {
        return registry.answer(from(node), RegistryRegisterChannelRequest{kFirst, key(resource), ChannelId{number}});
    }
    RegistryAnswer token(UserId node, std::string_view resource) {
        return registry.answer(from(node), RegistryAssignTokenRequest{kFirst, key(resource)});
    }
    RegistryAnswer set(const RegistryRequester& who, std::string_view resource, std::string_view value,
                       std::optional<RegistryModificationRights> rights = {}) {
        return registry.answer(who, RegistrySetParameterRequest{kFirst, key(resource), to_bytes(value), rights});
    }
    RegistryAnswer retrieve(std::string_view resource) {
        return registry.answer(from(kBob), RegistryRetrieveEntryRequest{kSecond, key(resource)});
    }
    RegistryAnswer remove(UserId node, std::string_view resource) {
        return registry.answer(from(node), RegistryDeleteEntryRequest{kFirst, key(resource)});
    }
    RegistryAnswer monitor(std::string_view resource) {
        return registry.answer(from(kBob), RegistryMonitorEntryRequest{kSecond, key(resource)});
    }
    Registry registry;
    const RegistryEntryOwner adas = Entity{kAda, kFirst};
    const RegistryEntryOwner bobs = Entity{kBob, kFirst};
};

TEST_F(RegistryTest, TheFirstChannelWinsAndTheOthersLearnIt) {
    const RegistryAnswer first = channel(kAda, "C0", 2001);
    EXPECT_EQ(
        first.response,
        (RegistryResponse{
            kFirst, RegistryPrimitive::register_channel, key("C0"), ChannelId{2001}, adas, {}, Result::successful}));
    const RegistryAnswer second = channel(kBob, "C0", 2002);
    EXPECT_EQ(second.response.result, Result::belongs_to_other);
    EXPECT_EQ(second.response.item, RegistryItem(ChannelId{2001}));
    EXPECT_EQ(second.response.owner, adas);
    const RegistryAnswer again = channel(kAda, "C0", 2003);
    EXPECT_EQ(again.response.result, Result::entry_already_exists);
    EXPECT_EQ(again.response.item, RegistryItem(ChannelId{2001}));
}

TEST_F(RegistryTest, TokensAreAllocatedOnceForAll) {
    const RegistryAnswer first = token(kAda, "T0");
    EXPECT_EQ(first.response.item, RegistryItem(TokenId{16'384}));
    EXPECT_EQ(token(kBob, "T0").response.item, RegistryItem(TokenId{16'384}));
    EXPECT_EQ(token(kBob, "T0").response.result, Result::belongs_to_other);
    EXPECT_EQ(token(kAda, "T0").response.result, Result::entry_already_exists);
    EXPECT_EQ(token(kAda, "T1").response.item, RegistryItem(TokenId{16'385}));
}

TEST_F(RegistryTest, AFreedTokenRestsUntilAllOthersWereGiven) {
    RegistryItem last;
    for (std::uint32_t i = 16'384; i <= 65'535; ++i) {
        last = token(kAda, "T0").response.item;
        ASSERT_EQ(last, RegistryItem(TokenId{static_cast<std::uint16_t>(i)}));
        remove(kAda, "T0");
    }
    EXPECT_EQ(token(kAda, "T0").response.item, RegistryItem(TokenId{16'384}));
}

TEST_F(RegistryTest, KindsDoNotMix) {
    channel(kAda, "x", 2001);
    EXPECT_EQ(token(kAda, "x").response.result, Result::inconsistent_type);
    EXPECT_EQ(set(from(kAda), "x", "v").response.result, Result::inconsistent_type);
    token(kAda, "t");
    EXPECT_EQ(channel(kAda, "t", 2001).response.result, Result::inconsistent_type);
    EXPECT_EQ(channel(kBob, "t", 2001).response.item, RegistryItem(TokenId{16'384}));
    set(from(kAda), "p", "v");
    EXPECT_EQ(token(kBob, "p").response.result, Result::inconsistent_type);
    EXPECT_EQ(token(kBob, "p").response.modification_rights, RegistryModificationRights::everybody);
}

TEST_F(RegistryTest, RightsDecideWhoMayChangeAParameter) {
    using Rights = RegistryModificationRights;
    const RegistryRequester stranger{kBob, false};
    for (const auto& [rights, member, anybody] :
         {std::tuple{Rights::owner, false, false}, {Rights::session, true, false}, {Rights::everybody, true, true}}) {
        const std::string resource = "P" + std::to_string(static_cast<int>(rights));
        EXPECT_EQ(set(from(kAda), resource, "1", rights).response.modification_rights, rights);
        EXPECT_EQ(set(from(kBob), resource, "2").response.result,
                  member ? Result::successful : Result::belongs_to_other);
        EXPECT_EQ(set(stranger, resource, "3").response.result,
                  anybody ? Result::successful : Result::belongs_to_other);
        EXPECT_EQ(retrieve(resource).response.item,
                  RegistryItem(Parameter{to_bytes(std::string_view(anybody  ? "3"
                                                                   : member ? "2"
                                                                            : "1"))}));
        EXPECT_EQ(retrieve(resource).response.owner, adas) << "changing is not owning";

        set(from(kBob), resource, "4", Rights::everybody);
        EXPECT_EQ(retrieve(resource).response.modification_rights, rights) << "only the owner changes rights";
        set(from(kAda), resource, "5", Rights::owner);
        EXPECT_EQ(retrieve(resource).response.modification_rights, Rights::owner);
    }
}

TEST_F(RegistryTest, OfOneNodeEachEntityIsItsOwnOwner) {
    channel(kAda, "C0", 2001);
    const auto other = registry.answer(from(kAda), RegistryRegisterChannelRequest{kSecond, key("C0"), ChannelId{2002}});
    EXPECT_EQ(other.response.result, Result::belongs_to_other);
    EXPECT_EQ(other.response.entity_id, kSecond);
}

TEST_F(RegistryTest, WhatIsNotThereIsNotFound) {
    const RegistryResponse nothing{
        kSecond, RegistryPrimitive::retrieve_entry, key("C0"), Vacant{}, NotOwned{}, {}, Result::entry_not_found};
    EXPECT_EQ(retrieve("C0").response, nothing);
    EXPECT_EQ(remove(kAda, "C0").response.result, Result::entry_not_found);
    EXPECT_EQ(monitor("C0").response.result, Result::entry_not_found);
    EXPECT_FALSE(channel(kAda, "C0", 2001).broadcast) << "monitoring nothing leaves no trace";
    EXPECT_EQ(retrieve("C0").response.result, Result::successful);
    EXPECT_EQ(registry.answer(from(kAda), RegistryRetrieveEntryRequest{kFirst, key("C0", kChat)}).response.result,
              Result::entry_not_found);
}

TEST_F(RegistryTest, DeletingIsForWhoeverMayChange) {
    channel(kAda, "C0", 2001);
    EXPECT_EQ(remove(kBob, "C0").response.result, Result::belongs_to_other);
    EXPECT_EQ(remove(kBob, "C0").response.item, RegistryItem(ChannelId{2001}));
    const RegistryAnswer gone = remove(kAda, "C0");
    EXPECT_EQ(gone.response.result, Result::successful);
    EXPECT_EQ(gone.response.item, RegistryItem(Vacant{}));
    EXPECT_EQ(gone.response.owner, RegistryEntryOwner(NotOwned{}));
    EXPECT_EQ(registry.size(), 0U);
    set(from(kAda), "P", "v", RegistryModificationRights::everybody);
    EXPECT_EQ(remove(kBob, "P").response.result, Result::successful);
}

TEST_F(RegistryTest, MonitoredEntriesTellEveryChange) {
    set(from(kAda), "P", "1", RegistryModificationRights::everybody);
    EXPECT_FALSE(set(from(kAda), "P", "2").broadcast);
    EXPECT_EQ(monitor("P").response.result, Result::successful);
    EXPECT_FALSE(set(from(kBob), "P", "2").broadcast) << "nothing changed";
    const RegistryItem three = Parameter{to_bytes(std::string_view("3"))};
    EXPECT_EQ(set(from(kBob), "P", "3").broadcast,
              (RegistryMonitorEntryIndication{key("P"), three, adas, RegistryModificationRights::everybody}));
    EXPECT_EQ(registry.on_unenrolled({kAda, kFirst}, kBoard),
              (std::vector<RegistryMonitorEntryIndication>{
                  {key("P"), three, NotOwned{}, RegistryModificationRights::everybody}}));
    EXPECT_EQ(remove(kBob, "P").broadcast, (RegistryMonitorEntryIndication{key("P"), Vacant{}, NotOwned{}, {}}));
    set(from(kAda), "P", "1");
    EXPECT_FALSE(set(from(kAda), "P", "2").broadcast) << "a new entry is not monitored";
}

TEST_F(RegistryTest, EntriesOutliveTheirOwnersAndMayBeTakenOver) {
    channel(kAda, "C0", 2001);
    token(kAda, "T0");
    set(from(kAda), "P", "1", RegistryModificationRights::owner);
    monitor("C0");
    const auto goes_on = [](const SessionKey&) { return true; };
    EXPECT_EQ(registry.on_node_left(kAda, goes_on),
              (std::vector<RegistryMonitorEntryIndication>{{key("C0"), ChannelId{2001}, NotOwned{}, {}}}));
    EXPECT_EQ(retrieve("C0").response.owner, RegistryEntryOwner(NotOwned{}));

    const RegistryAnswer taken = channel(kBob, "C0", 2002);
    EXPECT_EQ(taken.response.result, Result::successful);
    EXPECT_EQ(taken.broadcast, (RegistryMonitorEntryIndication{key("C0"), ChannelId{2002}, bobs, {}}));
    EXPECT_EQ(token(kBob, "T0").response.item, RegistryItem(TokenId{16'384})) << "the token stays";
    EXPECT_EQ(token(kAda, "T0").response.result, Result::belongs_to_other);
    EXPECT_EQ(set(from(kBob), "P", "2").response.owner, bobs);
    EXPECT_EQ(set(from(kAda), "P", "3").response.result, Result::belongs_to_other);
    EXPECT_TRUE(registry.on_node_left(kAda, goes_on).empty());
}

TEST_F(RegistryTest, ASessionTakesItsEntriesAlong) {
    channel(kAda, "C0", 2001);
    channel(kAda, "C1", 2002);
    monitor("C1");
    registry.answer(from(kAda), RegistryAssignTokenRequest{kFirst, key("T0", kChat)});
    EXPECT_EQ(registry.on_session_ended(kBoard),
              (std::vector<RegistryMonitorEntryIndication>{{key("C1"), Vacant{}, NotOwned{}, {}}}));
    EXPECT_EQ(registry.size(), 1U);
    registry.on_node_left(kAda, [](const SessionKey&) { return false; });
    EXPECT_EQ(registry.size(), 0U) << "nobody is left who could want it";
}

TEST_F(RegistryTest, LeavingOneSessionLeavesTheOtherAlone) {
    channel(kAda, "C0", 2001);
    registry.answer(from(kAda), RegistryAssignTokenRequest{kFirst, key("T0", kChat)});
    registry.on_unenrolled({kAda, kFirst}, kChat);
    registry.on_unenrolled({kAda, kSecond}, kBoard);
    EXPECT_EQ(retrieve("C0").response.owner, adas);
    EXPECT_EQ(registry.answer(from(kBob), RegistryRetrieveEntryRequest{kFirst, key("T0", kChat)}).response.owner,
              RegistryEntryOwner(NotOwned{}));
}

TEST_F(RegistryTest, EntriesAreLimitedForAllAndForEach) {
    registry = Registry(RegistryRules{.max_entries = 3, .max_entries_per_node = 2});
    channel(kAda, "C0", 2001);
    token(kAda, "T0");
    EXPECT_EQ(set(from(kAda), "P", "v").response.result, Result::too_many_entries);
    EXPECT_EQ(set(from(kBob), "P", "v").response.result, Result::successful);
    EXPECT_EQ(channel(kBob, "C1", 2002).response.result, Result::too_many_entries);
    EXPECT_EQ(token(kBob, "T1").response.result, Result::too_many_entries);
    EXPECT_EQ(token(kBob, "T1").response.item, RegistryItem(Vacant{}));
    remove(kAda, "C0");
    EXPECT_EQ(token(kAda, "T1").response.result, Result::successful);
}

TEST_F(RegistryTest, StrangersAreRefusedOnRequest) {
    registry = Registry(RegistryRules{.require_enrolment = true});
    channel(kAda, "C0", 2001);
    const RegistryRequester stranger{kBob, false};
    const auto refused = registry.answer(stranger, RegistryRetrieveEntryRequest{kFirst, key("C0")});
    EXPECT_EQ(refused.response.result, Result::invalid_requester);
    EXPECT_EQ(refused.response.item, RegistryItem(Vacant{})) << "and learn nothing";
    EXPECT_EQ(set(stranger, "P", "v").response.result, Result::invalid_requester);
    EXPECT_EQ(registry.size(), 1U);
}

TEST(RegistryRulesTest, HandlesBeginWhereTheRulesSay) {
    RegistryRules rules;
    rules.first_handle = 5000;
    Registry registry(rules);
    EXPECT_EQ(registry.answer(RegistryAllocateHandleRequest{EntityId{1}, 10}).first_handle, Handle{5000});
    EXPECT_EQ(registry.answer(RegistryAllocateHandleRequest{EntityId{1}, 1}).first_handle, Handle{5010});
}

TEST_F(RegistryTest, HandlesComeInBlocksAndRunOut) {
    const auto first = registry.answer(RegistryAllocateHandleRequest{kSecond, 10});
    EXPECT_EQ(first, (RegistryAllocateHandleResponse{kSecond, 10, Handle{1}, AllocateHandleResult::successful}));
    EXPECT_EQ(registry.answer(RegistryAllocateHandleRequest{kFirst, 1}).first_handle, Handle{11});
    std::uint32_t next = 12;
    RegistryAllocateHandleResponse block;
    while ((block = registry.answer(RegistryAllocateHandleRequest{kFirst, 1024})).result ==
           AllocateHandleResult::successful) {
        ASSERT_EQ(block.first_handle, Handle{next});
        next += 1024;
    }
    EXPECT_GT(next, 0xFFFF'FFFF - 1024) << "none is wasted";
    EXPECT_EQ(block.first_handle, Handle{0});
    EXPECT_EQ(registry.answer(RegistryAllocateHandleRequest{kFirst, 1}).first_handle, Handle{next});
}

}  // namespace
}  // namespace convene::gcc

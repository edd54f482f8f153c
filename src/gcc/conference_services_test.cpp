#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "gcc/conference_world.hpp"

namespace convene::gcc {
namespace {

using testing::Node;
using testing::World;
using namespace std::chrono_literals;

const SessionKey kNetMeetingChat{h221_key(hex("B500534C02")), {}};
const RegistryKey kChannelEntry{kNetMeetingChat, hex("01")};

struct ConferenceServices : ::testing::Test {
    World world;
    Node& top = world.add_top(testing::open_profile(), {}, true);
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");

    ConferenceServices() {
        world.settle();
        for (Node* node : {&top, &alice, &bob}) node->forget();
    }
};

// --- registry ---

TEST_F(ConferenceServices, the_second_to_register_a_channel_learns_the_first) {
    alice.conference->request(RegistryRegisterChannelRequest{EntityId{3}, kChannelEntry, ChannelId{1500}}, world.now);
    world.run();
    const auto mine = alice.last<RegistryAnswered>();
    ASSERT_TRUE(mine);
    EXPECT_EQ(mine->response.result, RegistryResult::successful);
    EXPECT_EQ(mine->response.entity_id, EntityId{3});
    bob.conference->request(RegistryRegisterChannelRequest{EntityId{0}, kChannelEntry, ChannelId{1600}}, world.now);
    world.run();
    const auto theirs = bob.last<RegistryAnswered>();
    ASSERT_TRUE(theirs);
    EXPECT_EQ(theirs->response.result, RegistryResult::belongs_to_other);
    EXPECT_EQ(theirs->response.item, RegistryItem{ChannelId{1500}});
    EXPECT_EQ(theirs->response.owner, (RegistryEntryOwner{Entity{alice.id(), EntityId{3}}}));
}

TEST_F(ConferenceServices, monitored_entries_are_told_to_all) {
    const RegistryKey key{kNetMeetingChat, hex("02")};
    alice.conference->request(RegistrySetParameterRequest{EntityId{0}, key, hex("AA"), {}}, world.now);
    alice.conference->request(RegistryMonitorEntryRequest{EntityId{0}, key}, world.now);
    alice.conference->request(RegistrySetParameterRequest{EntityId{0}, key, hex("BB"), {}}, world.now);
    world.run();
    for (Node* node : {&top, &alice, &bob}) {
        ASSERT_TRUE(node->last<RegistryChanged>());
        EXPECT_EQ(node->last<RegistryChanged>()->change.item, RegistryItem{Parameter{hex("BB")}});
    }
    world.cut_above(alice);
    world.run();
    EXPECT_EQ(bob.last<RegistryChanged>()->change.item, RegistryItem{Vacant{}});
}

TEST_F(ConferenceServices, an_entity_that_unenrols_owns_nothing_any_more) {
    ApplicationRecord record;
    const auto one = alice.conference->enrol(kNetMeetingChat, record, {}, world.now);
    ASSERT_TRUE(bob.conference->enrol(kNetMeetingChat, record, {}, world.now));
    world.settle();
    alice.conference->request(RegistryRegisterChannelRequest{*one, kChannelEntry, ChannelId{1500}}, world.now);
    world.run();
    alice.conference->unenrol(*one, world.now);
    world.settle();
    bob.conference->request(RegistryRetrieveEntryRequest{EntityId{0}, kChannelEntry}, world.now);
    world.run();
    EXPECT_EQ(bob.last<RegistryAnswered>()->response.item, RegistryItem{ChannelId{1500}});
    EXPECT_EQ(bob.last<RegistryAnswered>()->response.owner, RegistryEntryOwner{NotOwned{}});
}

TEST_F(ConferenceServices, handles_are_unique_in_the_conference) {
    alice.conference->request(RegistryAllocateHandleRequest{EntityId{1}, 16}, world.now);
    bob.conference->request(RegistryAllocateHandleRequest{EntityId{1}, 4}, world.now);
    top.conference->request(RegistryAllocateHandleRequest{EntityId{1}, 1}, world.now);
    world.run();
    std::vector<std::uint32_t> first;
    for (Node* node : {&alice, &bob, &top})
        first.push_back(node->last<HandlesAllocated>()->response.first_handle.value);
    std::sort(first.begin(), first.end());
    EXPECT_EQ(std::unique(first.begin(), first.end()), first.end());
}

TEST_F(ConferenceServices, the_top_may_use_its_registry_too) {
    top.conference->request(RegistryAssignTokenRequest{EntityId{0}, {kNetMeetingChat, hex("03")}}, world.now);
    world.run();
    ASSERT_TRUE(top.last<RegistryAnswered>());
    EXPECT_TRUE(std::holds_alternative<TokenId>(top.last<RegistryAnswered>()->response.item));
}

// --- conductorship ---

TEST_F(ConferenceServices, one_conducts_and_the_other_cannot) {
    alice.conference->conduct();
    world.run();
    for (Node* node : {&top, &alice, &bob}) EXPECT_EQ(node->last<ConductorChanged>()->conductor, alice.id());
    bob.conference->conduct();
    world.run();
    EXPECT_EQ(bob.count<ConductRefused>(), 1u);

    Node& carol = world.add_child(top, u"carol");
    world.settle();
    EXPECT_EQ(carol.conference->conductor().conductor(), alice.id());

    alice.conference->release_conductor();
    world.run();
    for (Node* node : {&top, &alice, &bob, &carol}) EXPECT_EQ(node->last<ConductorChanged>()->conductor, std::nullopt);
    bob.conference->conduct();
    world.run();
    EXPECT_EQ(carol.conference->conductor().conductor(), bob.id());
}

TEST_F(ConferenceServices, the_conductor_hands_over_when_asked) {
    alice.conference->conduct();
    world.run();
    bob.conference->please_conductor();
    world.run();
    ASSERT_TRUE(alice.last<ConductorPleased>());
    EXPECT_EQ(alice.last<ConductorPleased>()->node, bob.id());
    alice.conference->give_conductor(bob.id());
    world.run();
    ASSERT_TRUE(bob.last<ConductorOffered>());
    EXPECT_TRUE(bob.conference->answer_offer(false));
    EXPECT_FALSE(bob.conference->answer_offer(true)) << "answered already";
    world.run();
    EXPECT_FALSE(alice.last<ConductorGiven>()->accepted);
    EXPECT_EQ(bob.conference->conductor().conductor(), alice.id());
    alice.conference->give_conductor(bob.id());
    world.run();
    bob.conference->answer_offer(true);
    world.run();
    EXPECT_TRUE(alice.last<ConductorGiven>()->accepted);
    for (Node* node : {&top, &alice, &bob}) EXPECT_EQ(node->conference->conductor().conductor(), bob.id());
}

TEST_F(ConferenceServices, whoever_has_the_token_conducts_before_it_hears_itself) {
    alice.conference->conduct();
    world.run();
    alice.conference->give_conductor(bob.id());
    world.run();
    bob.conference->answer_offer(true);
    EXPECT_TRUE(bob.conference->conducts());
    bob.conference->release_conductor();
    EXPECT_FALSE(bob.conference->conducts());
    world.run();
    for (Node* node : {&top, &alice, &bob}) {
        EXPECT_FALSE(node->conference->conductor().is_conducted());
        EXPECT_FALSE(node->last<ConductorChanged>()->conductor);
    }
    alice.conference->conduct();
    world.run();
    EXPECT_EQ(bob.conference->conductor().conductor(), alice.id());
}

TEST_F(ConferenceServices, permission_is_asked_granted_and_given_back) {
    alice.conference->conduct();
    world.run();
    bob.conference->ask_permission(true);
    world.run();
    EXPECT_TRUE(alice.last<PermissionAsked>()->wants);
    EXPECT_FALSE(bob.conference->conductor().may_act(bob.id()));
    alice.conference->grant_permission(bob.id());
    world.run();
    for (Node* node : {&top, &alice, &bob}) EXPECT_TRUE(node->conference->conductor().may_act(bob.id()));
    bob.conference->ask_permission(false);
    world.run();
    for (Node* node : {&top, &alice, &bob}) EXPECT_FALSE(node->conference->conductor().may_act(bob.id()));
}

TEST_F(ConferenceServices, conducting_ends_with_the_conductor) {
    alice.conference->conduct();
    world.run();
    world.cut_above(alice);
    world.run();
    EXPECT_EQ(bob.last<ConductorChanged>()->conductor, std::nullopt);
    bob.conference->conduct();
    world.run();
    EXPECT_EQ(top.conference->conductor().conductor(), bob.id());
}

TEST_F(ConferenceServices, the_top_knows_who_holds_the_token) {
    const auto octets = encode_gcc_pdu(IndicationPdu{ConductorAssignIndication{bob.id()}});
    bob.domain.send(bob.conference->attachment(), kBroadcastChannel, mcs::DataPriority::high, true, Slice(*octets));
    world.run();
    EXPECT_FALSE(top.conference->conductor().is_conducted());
    EXPECT_EQ(top.count<Incident>(), 1u);
}

TEST(ConferenceConductor, a_conference_that_is_not_conductible_has_none) {
    World world;
    ConferenceProfile profile = testing::open_profile();
    profile.conductible = false;
    Node& top = world.add_top(profile);
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    alice.conference->conduct();
    world.run();
    EXPECT_EQ(alice.count<ConductRefused>(), 1u);
    EXPECT_FALSE(top.conference->conductor().is_conducted());
}

// --- messages ---

TEST_F(ConferenceServices, text_goes_to_all_or_to_one) {
    alice.conference->send_text(u"hello");
    world.run();
    for (Node* node : {&top, &alice, &bob}) {
        ASSERT_TRUE(node->last<TextMessage>());
        EXPECT_EQ(node->last<TextMessage>()->message, u"hello");
        EXPECT_TRUE(node->last<TextMessage>()->to_all);
    }
    alice.conference->send_text(u"psst", bob.id());
    world.run();
    EXPECT_EQ(bob.last<TextMessage>()->message, u"psst");
    EXPECT_FALSE(bob.last<TextMessage>()->to_all);
    EXPECT_EQ(bob.last<TextMessage>()->from, alice.id());
    EXPECT_EQ(top.last<TextMessage>()->message, u"hello");
    alice.conference->send_text(std::u16string(256, u'x'));
    world.run();
    EXPECT_EQ(alice.count<Incident>(), 1u);
    EXPECT_EQ(bob.count<TextMessage>(), 2u);
}

TEST_F(ConferenceServices, assistance_is_asked_of_all) {
    const UserData data{{h221_key(hex("B500534C")), hex("01")}};
    alice.conference->ask_assistance(data);
    world.run();
    EXPECT_EQ(top.last<Assistance>()->user_data, data);
    EXPECT_EQ(bob.last<Assistance>()->from, alice.id());
}

TEST_F(ConferenceServices, applications_are_invoked_where_they_are_wanted) {
    ApplicationInvokeSpecifier chat;
    chat.session_key = kNetMeetingChat;
    alice.conference->invoke({chat}, std::vector<UserId>{bob.id()});
    world.run();
    EXPECT_EQ(bob.last<Invoked>()->applications, std::vector<ApplicationInvokeSpecifier>{chat});
    EXPECT_FALSE(top.last<Invoked>());
    alice.conference->invoke({chat}, std::nullopt);
    world.run();
    EXPECT_TRUE(top.last<Invoked>());
    EXPECT_FALSE(alice.last<Invoked>());
}

TEST_F(ConferenceServices, time_is_announced_asked_for_and_runs_out) {
    top.conference->set_time(600, world.now);
    world.run();
    EXPECT_EQ(alice.last<TimeRemaining>()->seconds, 600);
    world.advance(100s);
    bob.conference->inquire_time(false);
    world.run();
    EXPECT_EQ(top.last<TimeInquired>()->from, bob.id());
    EXPECT_EQ(alice.last<TimeRemaining>()->seconds, 500);
    bob.conference->ask_for_time(60, false);
    world.run();
    EXPECT_EQ(top.last<TimeExtensionAsked>()->seconds, 60);
    top.conference->extend_time(60, world.now);
    world.run();
    EXPECT_EQ(alice.last<TimeRemaining>()->seconds, 560);
    Node& carol = world.add_child(top, u"carol");
    world.settle();
    EXPECT_EQ(carol.last<TimeRemaining>()->seconds, 559);
    world.advance(600s);
    EXPECT_EQ(alice.last<Terminating>()->reason, TerminateReason::timed_conference_termination);
    EXPECT_TRUE(top.conference->has_ended());
}

TEST_F(ConferenceServices, time_is_the_conveners_to_tell) {
    const auto tell_time = [&](Node& node) {
        ConferenceTimeRemainingIndication indication;
        indication.time_remaining = 5;
        node.domain.send(node.conference->attachment(), kBroadcastChannel, mcs::DataPriority::high, false,
                         Slice(*encode_gcc_pdu(IndicationPdu{indication})));
        world.run();
    };
    // The top is the convener here, and it knows that; bob does not know who is, but that nodes are in the roster.
    tell_time(alice);
    EXPECT_EQ(top.count<TimeRemaining>(), 0u);
    EXPECT_EQ(top.last<Incident>()->from, alice.id());
    EXPECT_EQ(bob.last<TimeRemaining>()->from, alice.id());
    bob.forget();
    const mcs::AttachmentId application = alice.domain.attach();
    world.run();
    ConferenceTimeRemainingIndication indication;
    alice.domain.send(application, kBroadcastChannel, mcs::DataPriority::high, false,
                      Slice(*encode_gcc_pdu(IndicationPdu{indication})));
    world.run();
    EXPECT_EQ(bob.count<TimeRemaining>(), 0u);
    EXPECT_EQ(bob.count<Incident>(), 1u);
}

TEST_F(ConferenceServices, what_is_not_standard_is_handed_on) {
    const NonStandardParameter parameter{h221_key(hex("B500534C")), hex("0102")};
    alice.conference->send(NonStandardReceived::Kind::request, parameter, bob.id());
    alice.conference->send(NonStandardReceived::Kind::indication, parameter, std::nullopt);
    world.run();
    const auto received = bob.all<NonStandardReceived>();
    ASSERT_EQ(received.size(), 2u);
    EXPECT_EQ(received[0].kind, NonStandardReceived::Kind::request);
    EXPECT_EQ(received[0].parameter, parameter);
    EXPECT_TRUE(received[1].to_all);
    EXPECT_EQ(bob.count<KeySeen>(), 1u);
    bob.conference->answer_not_supported(alice.id(), NonStandardRequest{{parameter}});
    world.run();
    EXPECT_TRUE(alice.answer<FunctionNotSupportedResponse>());
}

// --- joins through an intermediate node ---

TEST_F(ConferenceServices, a_join_is_relayed_to_the_top_and_back) {
    ConferenceJoinRequest request;
    request.conference_name = ConferenceNameSelector{std::string("7")};
    const auto relay = alice.conference->relay_join(request, world.now);
    ASSERT_TRUE(relay);
    world.run();
    const auto relayed = top.last<JoinRelayed>();
    ASSERT_TRUE(relayed);
    EXPECT_EQ(relayed->node, alice.id());
    EXPECT_EQ(relayed->request.conference_name, request.conference_name);

    JoinDecision decision;
    decision.kind = JoinDecision::Kind::granted;
    top.conference->answer_relayed_join(relayed->node, *relayed->request.tag, decision, world.now);
    world.run();
    const auto answered = alice.last<JoinAnswered>();
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->relay, *relay);
    EXPECT_EQ(answered->response.result, JoinResult::success);
    EXPECT_EQ(answered->response.node_id, alice.id());
    EXPECT_EQ(answered->response.top_node_id, top.id());

    Node& leaf = world.add_node();
    world.connect(alice, leaf, answered->response.tag);
    ConferenceSettings settings{profile_of(answered->response, {"7", {}, {}}), testing::record_of(u"leaf")};
    settings.superior = Superior::of(answered->response);
    leaf.conference.emplace(leaf.domain, settings, world.now);
    world.settle();
    EXPECT_EQ(bob.conference->roster().nodes.find(leaf.id())->superior_node, alice.id());
}

TEST_F(ConferenceServices, a_relayed_join_that_is_refused_or_forgotten_is_answered) {
    const auto refused = alice.conference->relay_join({}, world.now);
    world.run();
    JoinDecision decision;
    decision.result = JoinResult::invalid_password;
    top.conference->answer_relayed_join(alice.id(), *top.last<JoinRelayed>()->request.tag, decision, world.now);
    world.run();
    EXPECT_EQ(alice.last<JoinAnswered>()->relay, *refused);
    EXPECT_EQ(alice.last<JoinAnswered>()->response.result, JoinResult::invalid_password);

    const auto forgotten = alice.conference->relay_join({}, world.now);
    world.advance(16s);
    EXPECT_EQ(alice.last<JoinAnswered>()->relay, *forgotten);
    EXPECT_EQ(alice.last<JoinAnswered>()->response.result, JoinResult::user_rejected);
    EXPECT_FALSE(top.conference->relay_join({}, world.now));
}

/// Who comes in through alice, with the convener's password or without.
struct ThroughAlice : ConferenceServices {
    ThroughAlice() {
        ConferenceProfile profile = testing::open_profile();
        profile.privileges = {};
        host = &world.add_top(std::move(profile));
        relay = &world.add_child(*host, u"relay");
        world.settle();
    }
    JoinResult ask(bool as_convener) {
        ConferenceJoinRequest request;
        if (as_convener) request.convener_password = PasswordSelector{std::string("1")};
        relay->conference->relay_join(request, world.now);
        world.run();
        JoinDecision decision;
        decision.kind = JoinDecision::Kind::granted;
        decision.as_convener = as_convener;
        host->conference->answer_relayed_join(relay->id(), *host->last<JoinRelayed>()->request.tag, decision,
                                              world.now);
        world.run();
        const ConferenceJoinResponse response = relay->last<JoinAnswered>()->response;
        if (response.result == JoinResult::success) granted = response;
        return response.result;
    }
    /// Whom the last granted request was for.
    Node& enter(bool as_convener) {
        Node& leaf = world.add_node();
        world.connect(*relay, leaf, granted.tag);
        ConferenceSettings settings{profile_of(granted, {"7", {}, {}}), testing::record_of(u"leaf")};
        settings.superior = Superior::of(granted);
        settings.is_convener = as_convener;
        leaf.conference.emplace(leaf.domain, settings, world.now);
        world.settle();
        return leaf;
    }

    Node* host;
    Node* relay;
    ConferenceJoinResponse granted;
};

TEST_F(ThroughAlice, a_convener_has_its_rights_and_loses_them_when_it_leaves) {
    ASSERT_EQ(ask(false), JoinResult::success);
    Node& guest = enter(false);
    ASSERT_EQ(ask(true), JoinResult::success);
    EXPECT_TRUE(host->conference->entry().has_convener);
    Node& boss = enter(true);
    EXPECT_EQ(host->conference->convener(), boss.id());
    guest.conference->lock(world.now);
    boss.conference->lock(world.now);
    world.run();
    EXPECT_EQ(guest.answer<ConferenceLockResponse>()->result, LockResult::invalid_requester);
    EXPECT_EQ(boss.answer<ConferenceLockResponse>()->result, LockResult::success);
    world.cut_above(boss);
    world.settle();
    EXPECT_FALSE(host->conference->entry().has_convener);
}

TEST_F(ThroughAlice, nobody_is_taken_for_the_convener_that_is_on_its_way) {
    ASSERT_EQ(ask(true), JoinResult::success);
    EXPECT_EQ(ask(false), JoinResult::user_rejected);
    EXPECT_EQ(ask(true), JoinResult::user_rejected);
    world.advance(21s);  // it does not come
    EXPECT_FALSE(host->conference->entry().has_convener);
    ASSERT_EQ(ask(false), JoinResult::success);
    EXPECT_EQ(ask(true), JoinResult::user_rejected);  // whoever appears first would be the wrong one
    enter(false);
    EXPECT_FALSE(host->conference->convener());
    EXPECT_EQ(ask(true), JoinResult::success);
}

TEST_F(ConferenceServices, an_invitation_brings_a_node_in) {
    const ConferenceInviteRequest invitation = alice.conference->invite(world.now);
    Node& guest = world.add_node();
    world.connect(alice, guest, invitation.tag);
    ConferenceSettings settings{profile_of(invitation), testing::record_of(u"guest")};
    settings.superior = Superior::of(invitation);
    guest.conference.emplace(guest.domain, settings, world.now);
    world.settle();
    EXPECT_EQ(guest.conference->profile().name, top.conference->profile().name);
    EXPECT_EQ(bob.conference->roster().nodes.nodes().size(), 4u);
}

TEST_F(ConferenceServices, a_full_conference_says_so) {
    EXPECT_FALSE(top.conference->entry().is_full);
    ConferenceLimits limits;
    limits.max_nodes = 2;
    Node& small = world.add_top(testing::open_profile(), limits);
    EXPECT_TRUE(small.conference->can_admit());
    world.add_child(small, u"one");
    EXPECT_FALSE(small.conference->can_admit());
    world.settle();
    EXPECT_TRUE(small.conference->entry().is_full);
}

}  // namespace
}  // namespace convene::gcc

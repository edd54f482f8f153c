#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "gcc/conference_world.hpp"

namespace convene::gcc {
namespace {

using testing::Node;
using testing::World;
using namespace std::chrono_literals;

struct ConferenceControl : ::testing::Test {
    World world;

    /// A pdu from `node` on `channel`, whatever its conference thinks of it.
    void inject(Node& node, mcs::ChannelId channel, const GccPdu& pdu) {
        const auto octets = encode_gcc_pdu(pdu);
        node.domain.send(node.conference->attachment(), channel, mcs::DataPriority::high, true, Slice(*octets));
        world.run();
    }
};

ConferenceProfile strict_profile() {
    ConferenceProfile profile = testing::open_profile();
    profile.privileges = {};
    return profile;
}

TEST_F(ConferenceControl, locking_is_told_to_all_and_to_newcomers) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    alice.conference->lock(world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceLockResponse>()->result, LockResult::success);
    for (Node* node : {&top, &alice, &bob}) {
        EXPECT_TRUE(node->last<LockChanged>()->locked);
        EXPECT_TRUE(node->conference->profile().locked);
    }
    EXPECT_TRUE(top.conference->entry().profile.locked);
    alice.conference->lock(world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceLockResponse>()->result, LockResult::already_locked);

    Node& carol = world.add_child(top, u"carol");  // by invitation
    world.settle();
    EXPECT_TRUE(carol.last<LockChanged>()->locked);

    bob.conference->unlock(world.now);
    world.run();
    EXPECT_EQ(bob.answer<ConferenceUnlockResponse>()->result, UnlockResult::success);
    EXPECT_FALSE(carol.conference->profile().locked);
    bob.conference->unlock(world.now);
    world.run();
    EXPECT_EQ(bob.answer<ConferenceUnlockResponse>()->result, UnlockResult::already_unlocked);
}

TEST_F(ConferenceControl, without_privileges_only_the_convener_may) {
    Node& top = world.add_top(strict_profile());
    Node& boss = world.add_child(top, u"boss", true);
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    EXPECT_EQ(top.conference->convener(), boss.id());
    alice.conference->lock(world.now);
    alice.conference->unlock(world.now);
    alice.conference->eject(boss.id(), world.now);
    alice.conference->transfer({std::string("5"), {}, {}, {}, {}, {}}, world.now);
    alice.conference->terminate({}, world.now);
    ConferenceAddRequest add;
    add.network_address = {TransportAddress{hex("01"), {}}};
    alice.conference->add(add, world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceLockResponse>()->result, LockResult::invalid_requester);
    EXPECT_EQ(alice.answer<ConferenceUnlockResponse>()->result, UnlockResult::invalid_requester);
    EXPECT_EQ(alice.answer<ConferenceEjectUserResponse>()->result, EjectResult::invalid_requester);
    EXPECT_EQ(alice.answer<ConferenceTransferResponse>()->result, TransferResult::invalid_requester);
    EXPECT_EQ(alice.answer<ConferenceTerminateResponse>()->result, TerminateResult::invalid_requester);
    EXPECT_EQ(alice.answer<ConferenceAddResponse>()->result, AddResult::invalid_requester);
    EXPECT_EQ(top.count<AddRequested>(), 0u);
    boss.conference->lock(world.now);
    world.run();
    EXPECT_EQ(boss.answer<ConferenceLockResponse>()->result, LockResult::success);

    world.cut_above(boss);
    world.run();
    EXPECT_FALSE(top.conference->convener());
    EXPECT_FALSE(top.conference->has_ended());
}

TEST_F(ConferenceControl, terminating_empties_the_conference_bottom_up) {
    Node& top = world.add_top(testing::open_profile());
    Node& middle = world.add_child(top, u"middle");
    world.settle();
    Node& leaf = world.add_child(middle, u"leaf");
    world.settle();
    leaf.conference->terminate(TerminateReason::user_initiated, world.now);
    world.run();
    EXPECT_EQ(leaf.answer<ConferenceTerminateResponse>()->result, TerminateResult::success);
    for (Node* node : {&leaf, &middle, &top}) {
        EXPECT_EQ(node->last<Ended>()->why, Ended::Why::terminated);
        EXPECT_EQ(node->count<Terminating>(), 1u);
        EXPECT_FALSE(node->conference->deadline());
    }
}

TEST_F(ConferenceControl, who_does_not_leave_is_disconnected_after_the_grace_time) {
    Node& top = world.add_top(testing::open_profile());
    // Let in and identified, but without a conference of its own: it hears nothing and does nothing.
    const Tag tag = top.conference->admit({}, world.now).tag;
    Node& mute = world.add_node();
    world.connect(top, mute, tag);
    const mcs::AttachmentId user = mute.domain.attach();
    world.run();
    mute.domain.send(user, mcs::channel_of(top.id()), mcs::DataPriority::high, false,
                     Slice(*encode_gcc_pdu(IndicationPdu{UserIdIndication{tag}})));
    world.run();
    ASSERT_EQ(top.count<ChildIdentified>(), 1u);

    top.conference->force_terminate(TerminateReason::user_initiated, world.now);
    world.run();
    EXPECT_FALSE(top.conference->has_ended());
    EXPECT_TRUE(mute.domain.above());
    world.advance(9s);
    EXPECT_TRUE(top.conference->has_ended());
    EXPECT_FALSE(mute.domain.above());
}

TEST_F(ConferenceControl, an_ejected_node_leaves_and_all_hear_of_it) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    const UserId bobs = bob.id();
    alice.conference->eject(bobs, world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceEjectUserResponse>()->result, EjectResult::success);
    EXPECT_EQ(alice.last<Ejecting>()->node, bobs);
    EXPECT_EQ(bob.last<Ended>()->why, Ended::Why::ejected);
    world.settle();
    EXPECT_EQ(alice.conference->roster().nodes.find(bobs), nullptr);
    alice.conference->eject(bobs, world.now);
    alice.conference->eject(top.id(), world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceEjectUserResponse>()->result, EjectResult::invalid_node);
}

TEST_F(ConferenceControl, a_node_may_eject_its_own_children_without_privileges) {
    Node& top = world.add_top(strict_profile());
    Node& middle = world.add_child(top, u"middle");
    world.settle();
    Node& leaf = world.add_child(middle, u"leaf");
    Node& other = world.add_child(top, u"other");
    world.settle();
    middle.conference->eject(other.id(), world.now);
    world.run();
    EXPECT_EQ(middle.answer<ConferenceEjectUserResponse>()->result, EjectResult::invalid_requester);
    middle.conference->eject(leaf.id(), world.now);
    world.run();
    EXPECT_EQ(middle.answer<ConferenceEjectUserResponse>()->result, EjectResult::success);
    EXPECT_EQ(leaf.last<Ended>()->why, Ended::Why::ejected);
}

TEST_F(ConferenceControl, an_ejected_node_takes_those_below_it_along) {
    Node& top = world.add_top(testing::open_profile());
    Node& middle = world.add_child(top, u"middle");
    world.settle();
    Node& leaf = world.add_child(middle, u"leaf");
    world.settle();
    top.conference->eject(middle.id(), world.now);  // the top has the privileges of any node
    world.run();
    EXPECT_EQ(top.answer<ConferenceEjectUserResponse>()->result, EjectResult::success);
    EXPECT_EQ(leaf.last<Ejecting>()->node, leaf.id());
    EXPECT_EQ(leaf.last<Ejecting>()->reason, EjectReason::higher_node_ejected);
    EXPECT_EQ(leaf.last<Ended>()->why, Ended::Why::ejected);
    EXPECT_EQ(middle.last<Ended>()->why, Ended::Why::ejected);
}

TEST_F(ConferenceControl, who_ignores_its_ejection_is_disconnected_by_its_parent) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    const UserId node = alice.id();
    alice.conference.reset();  // deaf from now on
    top.conference->force_eject(node, 5s, world.now);
    world.run();
    EXPECT_TRUE(alice.domain.above());
    world.advance(6s);
    EXPECT_FALSE(alice.domain.above());
    EXPECT_EQ(top.conference->roster().nodes.find(node), nullptr);
}

TEST_F(ConferenceControl, force_ejecting_without_grace_disconnects_at_once) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    top.conference->force_eject(alice.id(), 0s, world.now);
    world.run();
    EXPECT_FALSE(alice.domain.above());
    EXPECT_TRUE(alice.conference->has_ended());
}

TEST_F(ConferenceControl, an_automatic_conference_ends_with_its_last_participant) {
    ConferenceProfile profile = testing::open_profile();
    profile.termination = TerminationMethod::automatic;
    Node& top = world.add_top(profile);
    world.settle();
    EXPECT_FALSE(top.conference->has_ended());
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    alice.conference->leave();
    world.settle();
    EXPECT_EQ(alice.last<Ended>()->why, Ended::Why::left);
    EXPECT_FALSE(top.conference->has_ended());
    bob.conference->leave();
    world.settle();
    EXPECT_EQ(top.last<Ended>()->why, Ended::Why::emptied);
}

TEST_F(ConferenceControl, an_automatic_conference_waits_for_whom_it_has_let_in) {
    ConferenceProfile profile = testing::open_profile();
    profile.termination = TerminationMethod::automatic;
    Node& top = world.add_top(profile);
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    top.conference->admit({}, world.now);  // and nobody comes
    alice.conference->leave();
    world.settle();
    EXPECT_FALSE(top.conference->has_ended());
    world.advance(61s);
    EXPECT_EQ(top.last<Ended>()->why, Ended::Why::emptied);
}

TEST_F(ConferenceControl, a_manual_conference_stays_when_empty) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    alice.conference->leave();
    world.settle();
    EXPECT_EQ(top.count<Emptied>(), 1u);
    EXPECT_FALSE(top.conference->has_ended());
    world.add_child(top, u"bob");
    world.settle();
    EXPECT_EQ(top.conference->roster().nodes.nodes().size(), 2u);
}

TEST_F(ConferenceControl, a_transfer_reaches_those_it_names) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    ConferenceTransferRequest request;
    request.conference_name = std::string("5");
    request.transferring_nodes = std::vector<UserId>{bob.id()};
    request.password = PasswordSelector{std::string("1234")};
    alice.conference->transfer(request, world.now);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceTransferResponse>()->result, TransferResult::success);
    EXPECT_EQ(alice.count<TransferOrdered>(), 0u);
    ASSERT_EQ(bob.count<TransferOrdered>(), 1u);
    EXPECT_EQ(bob.last<TransferOrdered>()->order.password, request.password);
    request.transferring_nodes.reset();
    alice.conference->transfer(request, world.now);
    world.run();
    EXPECT_EQ(alice.count<TransferOrdered>(), 1u);
}

TEST_F(ConferenceControl, adding_is_handed_up_and_answered) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    Node& bridge = world.add_child(top, u"bridge");
    world.settle();
    ConferenceAddRequest request;
    request.network_address = {TransportAddress{hex("7F00000105DF"), {}}};
    request.tag = 9;
    alice.conference->add(request, world.now);
    world.run();
    ASSERT_EQ(top.count<AddRequested>(), 1u);
    EXPECT_EQ(top.last<AddRequested>()->requester, alice.id());
    EXPECT_EQ(top.last<AddRequested>()->request.network_address, request.network_address);
    top.conference->answer_add(alice.id(), 9, AddResult::added_node_busy);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceAddResponse>()->result, AddResult::added_node_busy);

    request.adding_mcu = bridge.id();
    alice.conference->add(request, world.now);
    world.run();
    EXPECT_EQ(top.count<AddRequested>(), 1u);
    ASSERT_EQ(bridge.count<AddRequested>(), 1u);
    bridge.conference->answer_add(alice.id(), 9, AddResult::success);
    world.run();
    EXPECT_EQ(alice.answer<ConferenceAddResponse>()->result, AddResult::success);
}

TEST_F(ConferenceControl, only_the_top_is_believed_about_the_conference) {
    Node& top = world.add_top(testing::open_profile());
    Node& rogue = world.add_child(top, u"rogue");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    inject(rogue, kBroadcastChannel, IndicationPdu{ConferenceLockIndication{}});
    inject(rogue, kBroadcastChannel, IndicationPdu{ConferenceTerminateIndication{}});
    inject(rogue, kBroadcastChannel, IndicationPdu{ConferenceEjectUserIndication{bob.id(), {}}});
    inject(rogue, mcs::channel_of(bob.id()), IndicationPdu{ConferenceEjectUserIndication{bob.id(), {}}});
    ConferenceTransferIndication transfer;
    transfer.conference_name = std::string("5");
    inject(rogue, kBroadcastChannel, IndicationPdu{transfer});
    inject(rogue, mcs::channel_of(bob.id()), ResponsePdu{ConferenceLockResponse{}});
    inject(rogue, kBroadcastChannel, RequestPdu{ConferenceTerminateRequest{}});
    EXPECT_FALSE(bob.conference->profile().locked);
    EXPECT_FALSE(bob.conference->has_ended());
    EXPECT_FALSE(top.conference->has_ended());
    EXPECT_EQ(bob.count<Ejecting>() + bob.count<TransferOrdered>() + bob.count<RequestAnswered>(), 0u);
    EXPECT_EQ(bob.count<Incident>(), 7u);
}

TEST_F(ConferenceControl, a_request_to_the_wrong_node_is_handed_back) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    Node& bob = world.add_child(top, u"bob");
    world.settle();
    inject(alice, mcs::channel_of(bob.id()), RequestPdu{ConferenceLockRequest{}});
    const auto answer = alice.answer<FunctionNotSupportedResponse>();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->request, RequestPdu{ConferenceLockRequest{}});
}

TEST_F(ConferenceControl, a_malformed_pdu_is_named_and_nothing_else_happens) {
    Node& top = world.add_top(testing::open_profile());
    Node& alice = world.add_child(top, u"alice");
    world.settle();
    alice.domain.send(alice.conference->attachment(), mcs::channel_of(top.id()), mcs::DataPriority::high, false,
                      Slice(hex("c0ffee")));
    world.run();
    ASSERT_EQ(top.count<Incident>(), 1u);
    EXPECT_EQ(to_hex(top.last<Incident>()->first_octets), "c0ffee");
    EXPECT_EQ(top.last<Incident>()->from, alice.id());
    EXPECT_TRUE(alice.domain.above());
}

}  // namespace
}  // namespace convene::gcc

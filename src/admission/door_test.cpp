#include "admission/door.hpp"

#include <gtest/gtest.h>

#include "admission/person_name.hpp"
#include "admission/testing.hpp"
#include "gcc/typed_text.hpp"

namespace convene::admission {
namespace {

using namespace std::chrono_literals;
using State = Entry::State;

gcc::Password password(const std::string& text) {
    gcc::Password out;
    out.numeric = "918273645546372819";
    gcc::set_text(out, text);
    return out;
}

class DoorTest : public ::testing::Test {
protected:
    void make(DoorRules rules, DoorKeys keys = {}) {
        door_ = std::make_unique<Door>(rules, std::move(keys), testing::counting_octets());
        owner_secret_ = invite({Right::moderate, true}).secret;
    }
    NewInvitation invite(InvitationWish wish, std::string by = {}) {
        auto made = door_->invite(by, wish, clock_.now());
        EXPECT_TRUE(made);
        return *made;
    }
    Expected<Arrived, Refusal> enter(std::string name, std::string invitation = {}, std::string typed = {}) {
        return door_->enter({std::move(name), std::move(invitation), std::move(typed), source_}, clock_.now());
    }
    std::string in(std::string name, std::string invitation = {}, std::string typed = {}) {
        const auto arrived = enter(std::move(name), std::move(invitation), std::move(typed));
        EXPECT_TRUE(arrived) << code_of(arrived.error());
        return arrived ? arrived->entry : std::string();
    }
    std::optional<Refusal> refusal(std::string invitation = {}, std::string typed = {}) {
        const auto arrived = enter("Eve", std::move(invitation), std::move(typed));
        return arrived ? std::nullopt : std::optional(arrived.error());
    }
    static std::optional<Refusal> refusal(const Door::Outcome& outcome) {
        return outcome ? std::nullopt : std::optional(outcome.error());
    }
    mcs::UserId join(const std::string& entry) {
        const mcs::UserId node{next_node_++};
        const Entry* stay = door_->find(entry);
        door_->node_joined(node, entry, "somebody", false, stay ? stay->right : Right::draw, source_, clock_.now());
        return node;
    }
    template <class T>
    std::vector<T> outputs() {
        std::vector<DoorOutput> all;
        door_->take_outputs(all);
        std::vector<T> out;
        for (const auto& each : all)
            if (const auto* wanted = std::get_if<T>(&each)) out.push_back(*wanted);
        return out;
    }
    State state(const std::string& entry) { return door_->find(entry)->state; }

    testing::Clock clock_;
    std::unique_ptr<Door> door_;
    std::string owner_secret_;
    std::string source_ = "192.0.2.1";
    std::uint16_t next_node_ = 1003;
};

TEST_F(DoorTest, AnOpenDoorLetsEverybodyInWithTheDefaultRight) {
    make({false, false, Right::view});
    const auto entry = in(" Ada ");
    EXPECT_EQ(door_->find(entry)->name, "Ada");
    EXPECT_EQ(door_->find(entry)->right, Right::view);
    EXPECT_EQ(state(entry), State::admitted);
}

TEST_F(DoorTest, TokensAreNotGuessed) {
    make({});
    const auto arrived = enter("Ada");
    EXPECT_EQ(door_->entry_by(arrived->token)->id, arrived->entry);
    EXPECT_EQ(door_->entry_by(testing::tampered(arrived->token)), nullptr);
    EXPECT_EQ(door_->entry_by(arrived->entry), nullptr);
    EXPECT_EQ(door_->entry_by(owner_secret_), nullptr) << "an invitation is no token";
}

TEST_F(DoorTest, InvitationsCarryRights) {
    make({});
    for (const Right right : {Right::view, Right::draw, Right::moderate})
        EXPECT_EQ(door_->find(in("Ada", invite({right}).secret))->right, right);
    EXPECT_EQ(refusal(testing::tampered(owner_secret_)), Refusal::not_found);
}

TEST_F(DoorTest, UsesAreExhausted) {
    make({});
    const auto made = invite({Right::draw, false, {}, 2});
    in("Ada", made.secret);
    in("Grace", made.secret);
    EXPECT_EQ(refusal(made.secret), Refusal::used_up);
}

TEST_F(DoorTest, WhoIsRefusedUsesNothingUp) {
    make({false, true});
    const auto made = invite({Right::draw, false, {}, 1});
    EXPECT_EQ(refusal(made.secret), Refusal::locked);
    EXPECT_EQ(door_->invitations().find(made.invitation.id)->uses, 0u);
}

TEST_F(DoorTest, ArrivingEarlyDoesNotBeatTheWaitingRoom) {
    make({true});
    const auto early = in("Eve");  // before anybody is there
    EXPECT_EQ(state(early), State::waiting);
    const auto invited = in("Ada", invite({Right::draw}).secret);
    EXPECT_EQ(state(invited), State::waiting) << "an invitation to draw does not pass the room";
    const auto owner = in("Olga", owner_secret_);
    EXPECT_EQ(state(owner), State::admitted);
    join(owner);
    clock_.pass(30s);
    EXPECT_EQ(state(early), State::waiting);
    EXPECT_EQ(refusal(door_->admit(early, early, clock_.now())), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->admit(owner, invited, clock_.now())), std::nullopt);
    EXPECT_EQ(state(invited), State::admitted);
    EXPECT_EQ(refusal(door_->turn_away(owner, early, clock_.now())), std::nullopt);
    EXPECT_EQ(state(early), State::turned_away);
}

TEST_F(DoorTest, WhoIsInvitedToModerateDoesNotWait) {
    make({true});
    EXPECT_EQ(state(in("Mia", invite({Right::moderate}).secret)), State::admitted);
}

TEST_F(DoorTest, OpeningTheRoomLetsThemIn) {
    make({true});
    const auto owner = in("Olga", owner_secret_), waiting = in("Ada");
    EXPECT_EQ(refusal(door_->set_waiting_room(waiting, false)), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->set_waiting_room(owner, false)), std::nullopt);
    EXPECT_EQ(state(waiting), State::admitted);
}

TEST_F(DoorTest, TheOwnerIsNeverLockedOut) {
    DoorKeys keys;
    keys.password = password("sesame");
    keys.convener_password = password("chair");
    make({true, true, Right::draw, 1}, keys);
    join(in("Olga", owner_secret_));  // full from here on
    const auto again = in("Olga", owner_secret_);
    EXPECT_EQ(state(again), State::admitted);
    EXPECT_TRUE(door_->find(again)->is_owner);
    const auto by_password = in("Olga", "", "chair");
    EXPECT_EQ(door_->find(by_password)->right, Right::moderate);
    EXPECT_EQ(state(by_password), State::admitted);
    EXPECT_EQ(refusal("", "sesame"), Refusal::locked);
    EXPECT_EQ(refusal(invite({Right::moderate}).secret), Refusal::locked);
    door_->locked(false);
    EXPECT_EQ(refusal("", "sesame"), Refusal::full);
}

TEST_F(DoorTest, ModeratorsCannotPutTheOwnerOut) {
    make({});
    const auto owner = in("Olga", owner_secret_), moderator = in("Mia", invite({Right::moderate}).secret);
    const auto node = join(owner);
    join(moderator);
    EXPECT_EQ(refusal(door_->eject(moderator, node, clock_.now())), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->set_right(moderator, node, Right::view)), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->set_right(owner, node, Right::view)), Refusal::forbidden) << "not even by mistake";
    const auto secrets = door_->invitations().list();
    EXPECT_EQ(refusal(door_->revoke(moderator, secrets.front().id, true, clock_.now())), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->eject("", node, clock_.now())), std::nullopt) << "an administrator may";
}

TEST_F(DoorTest, WhoWasPutOutComesInAgainOnlyByAModerator) {
    make({});
    const auto owner = in("Olga", owner_secret_);
    join(owner);
    source_ = "192.0.2.66";
    ASSERT_EQ(refusal(door_->eject(owner, join(in("Eve")), clock_.now())), std::nullopt);
    const auto again = in("Not Eve");
    EXPECT_EQ(state(again), State::waiting);
    door_->set_waiting_room(owner, true);
    door_->set_waiting_room(owner, false);
    EXPECT_EQ(state(again), State::waiting) << "she does not wait for the room alone";
    EXPECT_EQ(refusal(door_->admit(owner, again, clock_.now())), std::nullopt);
    EXPECT_EQ(state(again), State::admitted);
    EXPECT_EQ(state(in("Mia", invite({Right::moderate}).secret)), State::admitted) << "an address may be many people's";
    EXPECT_EQ(state(in("Olga", owner_secret_)), State::admitted);
    source_ = "192.0.2.1";
    EXPECT_EQ(state(in("Ada")), State::admitted);
    source_ = "192.0.2.66";
    clock_.pass(std::chrono::duration_cast<std::chrono::milliseconds>(kEjectionTime));
    EXPECT_EQ(state(in("Eve")), State::admitted) << "not for ever, where a conference never ends";
}

TEST_F(DoorTest, TheInvitationOfWhoWasPutOutIsNoWayInEither) {
    make({});
    const auto owner = in("Olga", owner_secret_);
    const auto secret = invite({Right::moderate}).secret, other = invite({Right::draw}).secret;
    ASSERT_EQ(refusal(door_->eject(owner, join(in("Eve", secret)), clock_.now())), std::nullopt);
    source_ = "192.0.2.2";
    EXPECT_EQ(state(in("Eve", secret)), State::waiting);
    EXPECT_EQ(state(in("Ada", other)), State::admitted);
    EXPECT_EQ(state(in("Bob")), State::admitted);
}

TEST_F(DoorTest, WhoWasPutOutWithoutAnEntryIsKeptOutByItsAddress) {
    make({});
    const mcs::UserId direct{2001}, below{2002};
    door_->node_joined(direct, "", "NetMeeting", false, Right::draw, "192.0.2.7", clock_.now());
    door_->node_joined(below, "", "Below somebody", false, Right::draw, {}, clock_.now());
    const auto keeps_out = [&](std::string_view source) { return door_->keeps_out(source, clock_.now().instant); };
    ASSERT_EQ(refusal(door_->eject("", below, clock_.now())), std::nullopt);
    EXPECT_FALSE(keeps_out("192.0.2.7"));
    ASSERT_EQ(refusal(door_->eject("", direct, clock_.now())), std::nullopt);
    EXPECT_TRUE(keeps_out("192.0.2.7"));
    EXPECT_FALSE(keeps_out("192.0.2.8"));
    EXPECT_EQ(outputs<PutOut>().size(), 2u);
    source_ = "192.0.2.7";
    EXPECT_EQ(state(in("By the web now")), State::waiting);
}

TEST_F(DoorTest, WhoIsTurnedAwayOrLeavesIsNotPutOut) {
    make({});
    const auto owner = in("Olga", owner_secret_);
    const auto ada = in("Ada");
    join(ada);
    door_->leave(ada, clock_.now());
    EXPECT_EQ(state(in("Ada")), State::admitted);
    door_->set_waiting_room(owner, true);
    const auto bob = in("Bob");
    ASSERT_EQ(refusal(door_->turn_away(owner, bob, clock_.now())), std::nullopt);
    door_->set_waiting_room(owner, false);
    EXPECT_EQ(state(in("Bob")), State::admitted);
}

TEST_F(DoorTest, PasswordsAreAskedForAndGuessingIsSlowedDown) {
    DoorKeys keys;
    keys.password = password("sesame");
    keys.wrong_secrets.burst = 3;
    make({}, keys);
    EXPECT_EQ(refusal(), Refusal::password_needed);
    in("Ada", "", "sesame");
    in("Grace", invite({Right::draw}).secret);  // an invitation is as good
    for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal("", "guess"), Refusal::password_wrong);
    EXPECT_EQ(refusal(testing::tampered(owner_secret_)), Refusal::not_found);
    EXPECT_EQ(refusal("", "sesame"), Refusal::too_many);
    EXPECT_EQ(refusal(owner_secret_), Refusal::too_many) << "or trying would learn something";
    clock_.pass(10s);
    EXPECT_EQ(refusal("", "sesame"), std::nullopt);
}

TEST_F(DoorTest, RevokingWhilePeopleSitInside) {
    make({false, false, Right::view});
    const auto owner = in("Olga", owner_secret_);
    const auto draws = invite({Right::draw}), leads = invite({Right::moderate});
    const auto ada = in("Ada", draws.secret), mia = in("Mia", leads.secret);
    const auto ada_node = join(ada), mia_node = join(mia);
    outputs<RightChanged>();
    EXPECT_EQ(refusal(door_->revoke(owner, draws.invitation.id, false, clock_.now())), std::nullopt);
    const auto changed = outputs<RightChanged>();
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_EQ(changed[0].node, ada_node);
    EXPECT_EQ(changed[0].right, Right::view);
    EXPECT_EQ(state(ada), State::admitted);
    EXPECT_EQ(refusal(door_->revoke(owner, leads.invitation.id, true, clock_.now())), std::nullopt);
    EXPECT_EQ(outputs<PutOut>().at(0).node, mia_node);
    EXPECT_EQ(state(mia), State::removed);
    EXPECT_EQ(refusal(door_->set_waiting_room(mia, true)), Refusal::forbidden) << "its token is worth nothing now";
    EXPECT_EQ(refusal(leads.secret), Refusal::revoked);
}

TEST_F(DoorTest, RevokingARightOfViewMakesNobodyMore) {
    make({});
    const auto made = invite({Right::view});
    const auto ada = in("Ada", made.secret);
    EXPECT_EQ(refusal(door_->revoke("", made.invitation.id, false, clock_.now())), std::nullopt);
    EXPECT_EQ(door_->find(ada)->right, Right::view);
}

TEST_F(DoorTest, ALostConnectionKeepsItsPlace) {
    make({});
    const auto ada = in("Ada");
    const auto first = join(ada);
    door_->node_gone(first, clock_.now());
    clock_.pass(9min);
    door_->on_time(clock_.now());
    const auto second = join(ada);
    EXPECT_EQ(door_->find(ada)->node, second);
    door_->node_gone(second, clock_.now());
    clock_.pass(10min);
    door_->on_time(clock_.now());
    EXPECT_EQ(door_->find(ada), nullptr);
    EXPECT_EQ(outputs<EntryGone>().at(0).id, ada);
}

TEST_F(DoorTest, OneConnectionBelongsToAnEntry) {
    make({});
    const auto ada = in("Ada");
    const auto first = join(ada);
    outputs<PutOut>();
    const auto second = join(ada);
    EXPECT_EQ(outputs<PutOut>().at(0).node, first);
    door_->node_gone(first, clock_.now());
    EXPECT_EQ(door_->find(ada)->node, second);
}

TEST_F(DoorTest, WhoWaitsAndDoesNotListenIsForgotten) {
    make({true});
    const auto listens = in("Ada"), sleeps = in("Eve");
    door_->listening(listens, true, clock_.now());
    clock_.pass(61s);
    door_->on_time(clock_.now());
    EXPECT_EQ(door_->find(sleeps), nullptr);
    EXPECT_EQ(state(listens), State::waiting);
    EXPECT_TRUE(door_->is_expecting(clock_.now().instant));
    door_->listening(listens, false, clock_.now());
    clock_.pass(61s);
    door_->on_time(clock_.now());
    EXPECT_FALSE(door_->is_expecting(clock_.now().instant));
}

TEST_F(DoorTest, WhoIsPutOutOnItsWayInDoesNotStay) {
    make({});
    const auto ada = in("Ada");
    door_->revoke("", "", true, clock_.now());
    door_->leave(ada, clock_.now());
    const auto node = join(ada);
    EXPECT_EQ(outputs<PutOut>().at(0).node, node);
}

TEST_F(DoorTest, RightsChangeForNodesOfAnyProgram) {
    make({});
    const auto owner = in("Olga", owner_secret_), ada = in("Ada");
    const mcs::UserId netmeeting{1099};
    door_->node_joined(netmeeting, "", "NetMeeting", false, Right::draw, source_, clock_.now());
    const auto node = join(ada);
    outputs<RightChanged>();
    EXPECT_EQ(refusal(door_->set_right(ada, netmeeting, Right::view)), Refusal::forbidden);
    EXPECT_EQ(refusal(door_->set_right(owner, netmeeting, Right::view)), std::nullopt);
    EXPECT_EQ(refusal(door_->set_right(owner, node, Right::moderate)), std::nullopt);
    const auto changed = outputs<RightChanged>();
    ASSERT_EQ(changed.size(), 2u);
    EXPECT_EQ(changed[0].node, netmeeting);
    EXPECT_EQ(changed[0].right, Right::view);
    EXPECT_EQ(refusal(door_->set_waiting_room(ada, true)), std::nullopt) << "it moderates now";
    EXPECT_EQ(refusal(door_->set_right(owner, mcs::UserId{2000}, Right::view)), Refusal::not_found);
}

TEST_F(DoorTest, ARightThatChangedOnTheWayInIsPutRight) {
    make({});
    const auto ada = in("Ada", invite({Right::view}).secret);
    door_->node_joined(mcs::UserId{1003}, ada, "Ada", false, Right::draw, source_, clock_.now());
    EXPECT_EQ(outputs<RightChanged>().at(0).right, Right::view);
}

TEST_F(DoorTest, WhoComesBelowAViewerIsAViewer) {
    make({});
    door_->node_joined(mcs::UserId{1050}, "", "Below Eve", false, Right::view, {}, clock_.now());
    EXPECT_TRUE(outputs<RightChanged>().empty());
    EXPECT_EQ(door_->present().at(mcs::UserId{1050}).right, Right::view);
}

TEST_F(DoorTest, TheWaitingRoomHasAnEnd) {
    make({true});
    for (std::size_t i = 0; i < kMaxWaiting; ++i) in("Bot");
    EXPECT_EQ(refusal(), Refusal::too_many);
    EXPECT_EQ(state(in("Olga", owner_secret_)), State::admitted);
}

TEST_F(DoorTest, NamesAreFitToBeShown) {
    EXPECT_EQ(person_name("  Ada Lovelace "), "Ada Lovelace");
    EXPECT_EQ(person_name("<script>alert(1)</script>"), "<script>alert(1)</script>") << "shown as text";
    for (const char* bad : {"", "   ", "a\nb", "a\x7F", "\xFF",
                            "a\xE2\x80\xAE"
                            "b",
                            "a\xEF\xBB\xBF"})
        EXPECT_EQ(person_name(bad), std::nullopt) << bad;
    EXPECT_EQ(person_name(std::string(kMaxPersonOctets + 1, 'x')), std::nullopt);
}

}  // namespace
}  // namespace convene::admission

// Rights, as the server enforces them on whoever does not keep them: the visitors here know of no rights at all, and do
//  what they like.
#include <gtest/gtest.h>

#include <fstream>

#include "server/api_testing.hpp"
#include "server/testing_gate.hpp"

namespace convene::server {
namespace {

using testing::json;
using testing::Visitor;
using namespace std::chrono_literals;

class RightsTest : public testing::ApiTest {
protected:
    /// An owner who has made a page, and somebody who came by an invitation of that right.
    void begin(const std::string& right) {
        start();
        olga = enter("Garden", "Olga", make("Garden"));
        visitor_olga = &come_in("Olga", olga);
        page = add_page(*visitor_olga);
        draw(*visitor_olga, page);
        const auto made = post("/conferences/Garden/invitations", {{"right", right}}, olga.token);
        eve = enter("Garden", "Eve", made.body["secret"]);
        visitor_eve = &come_in("Eve", eve);
        ASSERT_TRUE(run_until([&] { return objects(*visitor_eve) == 1 && objects(*visitor_olga) == 1; }));
    }
    static std::size_t objects(Visitor& visitor) { return board_of(visitor).confirmed().size(); }
    std::uint64_t denied() { return server_->shared().denied; }
    std::string path_of(const Visitor& visitor) { return "/conferences/Garden/nodes/" + number_of(visitor); }

    Person olga, eve;
    Visitor* visitor_olga = nullptr;
    Visitor* visitor_eve = nullptr;
    whiteboard::ItemId page{};
};

TEST_F(RightsTest, WhoMayDrawDraws) {
    begin("draw");
    draw(*visitor_eve, page, 3);
    EXPECT_TRUE(run_until([&] { return objects(*visitor_olga) == 4; }));
    EXPECT_EQ(denied(), 0u);
}

TEST_F(RightsTest, AViewerSeesAndChatsAndDrawsNothing) {
    begin("view");
    draw(*visitor_eve, page, 3);
    EXPECT_TRUE(run_until([&] { return denied() >= 3; })) << denied();
    draw(*visitor_olga, page);
    ASSERT_TRUE(run_until([&] { return objects(*visitor_eve) == 2; })) << "she still sees what others draw";
    EXPECT_EQ(objects(*visitor_olga), 2u);
    ASSERT_TRUE(run_until([&] { return visitor_eve->has<node::ChatReady>() && visitor_olga->has<node::ChatReady>(); }));
    say(*visitor_eve, "I only look");
    EXPECT_TRUE(run_until([&] { return !visitor_olga->said().empty(); }));
    EXPECT_EQ(visitor_olga->said().back(), "Eve: I only look");
    EXPECT_FALSE(visitor_eve->has<gcc::Ended>()) << "she is not thrown out for trying";
}

TEST_F(RightsTest, WhereAViewerLooksIsToldToAll) {
    begin("view");
    visitor_eve->with([&](node::Node& node, Instant now) {
        node::Presence presence;
        presence.page = page;
        node.whiteboard()->set_presence(presence, now);
    });
    EXPECT_TRUE(run_until([&] { return visitor_olga->has<node::WhiteboardPresence>(); }));
}

TEST_F(RightsTest, AViewerTakesNoTokensAndSendsNowhereElse) {
    begin("view");
    auto& domain = visitor_eve->node().domain();
    mcs::AttachmentId forged{};
    visitor_eve->with([&](node::Node&, Instant) { forged = domain.attach(); });
    ASSERT_TRUE(run_until([&] { return domain.user_of(forged).has_value(); }));
    const auto before = denied();
    std::vector<mcs::ChannelId> channels{mcs::ChannelId{8}, mcs::ChannelId{9}, mcs::ChannelId{10},
                                         mcs::channel_of(*board_of(*visitor_olga).user())};
    visitor_eve->with([&](node::Node&, Instant) {
        for (const auto channel : channels)
            for (const bool uniform : {false, true})
                domain.send(forged, channel, mcs::DataPriority::high, uniform, Slice(bytes({0x18, 0, 1, 2, 3, 4})));
        for (std::uint16_t token = 1; token <= 12; ++token) {
            domain.token_grab(forged, mcs::TokenId{token});
            domain.token_inhibit(forged, mcs::TokenId{token});
        }
    });
    EXPECT_TRUE(run_until([&] { return denied() >= before + 8 + 24; })) << denied() - before;
    run_for(50ms);
    EXPECT_TRUE(domain.tokens().seen_by(*domain.user_of(forged), mcs::TokenId{5}) == mcs::TokenStatus::not_in_use);
    // Nobody conducts.
    visitor_eve->with([](node::Node& node, Instant) { node.conference()->conduct(); });
    EXPECT_TRUE(run_until([&] { return visitor_eve->has<gcc::ConductRefused>(); }));
}

TEST_F(RightsTest, ARosterThatLiesOpensNothing) {
    begin("view");
    // She says that the whiteboard's and the files' channels are chat, and Olga's whiteboard a chatter.
    visitor_eve->with([&](node::Node& node, Instant now) {
        gcc::ApplicationRecord record;
        record.application_active = true;
        record.application_user_id = board_of(*visitor_olga).user();
        for (const std::uint16_t channel : {8, 9, 10})
            EXPECT_TRUE(
                node.conference()->enrol({chat::chat_protocol_key(), mcs::ChannelId{channel}}, record, {}, now));
    });
    run_for(600ms);
    auto& domain = visitor_eve->node().domain();
    mcs::AttachmentId forged{};
    visitor_eve->with([&](node::Node&, Instant) { forged = domain.attach(); });
    ASSERT_TRUE(run_until([&] { return domain.user_of(forged).has_value(); }));
    const auto before = denied();
    visitor_eve->with([&](node::Node&, Instant) {
        for (const auto channel : {mcs::ChannelId{8}, mcs::ChannelId{9}, mcs::ChannelId{10},
                                   mcs::channel_of(*board_of(*visitor_olga).user())})
            domain.send(forged, channel, mcs::DataPriority::high, true, Slice(bytes({0x18, 0, 1, 2, 3, 4})));
    });
    EXPECT_TRUE(run_until([&] { return denied() >= before + 4; })) << denied() - before;
}

TEST_F(RightsTest, GccRefusesWhatOnlyModeratorsDo) {
    begin("view");
    const auto node = visitor_olga->all<gcc::Joined>().at(0).node;
    visitor_eve->with([&](node::Node& eve_node, Instant now) {
        eve_node.conference()->eject(node, now);
        eve_node.conference()->lock(now);
        eve_node.conference()->terminate(gcc::TerminateReason::user_initiated, now);
    });
    ASSERT_TRUE(run_until([&] { return visitor_eve->all<gcc::RequestAnswered>().size() == 3; }));
    run_for(100ms);
    EXPECT_FALSE(visitor_olga->has<gcc::Ended>());
    EXPECT_FALSE(visitor_olga->has<gcc::Terminating>());
    EXPECT_FALSE(get("/conferences/Garden").body["locked"]);
}

TEST_F(RightsTest, ATicketIsForOneConferenceOnce) {
    begin("draw");
    make("Other");
    const auto bob = enter("Garden", "Bob");
    const auto answer = post("/entries/" + bob.id + "/ticket", nullptr, bob.token);
    const std::string text = answer.body["ticket"];
    const auto admission = server_->doors().redeem(text);
    ASSERT_TRUE(admission);
    EXPECT_FALSE(server_->doors().redeem(text)) << "used";
    auto& forged = knock("Bob", *admission, named(u"Other"));
    EXPECT_TRUE(run_until([&] { return forged.has<node::JoinRefused>(); }));
    auto& creator = visit("Bob");
    gates_.push_back(std::make_unique<testing::TicketGate>(context_, *server_));
    gates_.back()->expect(*admission);
    gcc::ConferenceProfile profile;
    profile.name.numeric = "99";
    creator.with([&](node::Node& node, Instant now) { node.create(gates_.back()->address(), profile, now); });
    EXPECT_TRUE(run_until([&] { return creator.has<node::CreateRefused>() || creator.has<node::CallBroken>(); }));
    EXPECT_FALSE(server_->shared().directory.find("99"));
}

TEST_F(RightsTest, RightsChangeWhileSomebodySitsInside) {
    begin("draw");
    EXPECT_EQ(patch(path_of(*visitor_eve), {{"right", "view"}}, olga.token).status, 204u);
    run_for(50ms);
    draw(*visitor_eve, page, 2);
    EXPECT_TRUE(run_until([&] { return denied() >= 2; }));
    EXPECT_EQ(objects(*visitor_olga), 1u);
    EXPECT_EQ(patch(path_of(*visitor_eve), {{"right", "draw"}}, olga.token).status, 204u);
    run_for(50ms);
    draw(*visitor_eve, page, 1);
    EXPECT_TRUE(run_until([&] { return objects(*visitor_olga) >= 2; }));
}

TEST_F(RightsTest, AConductorWhoBecomesAViewerConductsNoMore) {
    begin("draw");
    visitor_eve->with([](node::Node& node, Instant) { node.conference()->conduct(); });
    const auto conductor = [&] { return visitor_olga->conference().conductor().conductor(); };
    ASSERT_TRUE(run_until([&] { return conductor().has_value(); }));
    patch(path_of(*visitor_eve), {{"right", "view"}}, olga.token);
    EXPECT_TRUE(run_until([&] { return !conductor().has_value(); }));
    EXPECT_FALSE(visitor_eve->conference().conducts());
}

TEST_F(RightsTest, WhileSomebodyConductsOthersDrawWhatIsGranted) {
    begin("draw");
    // Eve's program knows of no conductor: it never asks, and draws.
    mcs::AttachmentId forged{};
    auto& domain = visitor_eve->node().domain();
    visitor_eve->with([&](node::Node&, Instant) { forged = domain.attach(); });
    ASSERT_TRUE(run_until([&] { return domain.user_of(forged).has_value(); }));
    visitor_olga->with([](node::Node& node, Instant) { node.conference()->conduct(); });
    ASSERT_TRUE(run_until([&] { return visitor_eve->conference().conductor().is_conducted(); }));
    run_for(50ms);
    const auto before = denied();
    const auto send = [&](unsigned first) {
        visitor_eve->with([&](node::Node&, Instant) {
            domain.send(forged, mcs::ChannelId{8}, mcs::DataPriority::high, true, Slice(bytes({first, 0, 0, 0})));
        });
    };
    constexpr unsigned kDrawingCreate = 12U << 1, kWorkspaceDelete = 30U << 1, kRefreshStatus = 34U << 1;
    send(kDrawingCreate);
    send(kWorkspaceDelete);
    EXPECT_TRUE(run_until([&] { return denied() == before + 2; })) << denied() - before;
    send(kRefreshStatus);
    visitor_olga->with([&](node::Node& node, Instant) {
        node.whiteboard()->entity().grant_privileges(*domain.user_of(forged), {whiteboard::Privilege::annotation});
    });
    run_for(200ms);
    send(kDrawingCreate);
    run_for(100ms);
    EXPECT_EQ(denied(), before + 2);
    send(kWorkspaceDelete);
    EXPECT_TRUE(run_until([&] { return denied() == before + 3; })) << denied() - before;
}

TEST_F(RightsTest, ThoseWithoutTheWebGetTheDefaultRight) {
    settings_.default_right = "view";
    start();
    auto& netmeeting = come("NetMeeting");  // over TCP
    auto& other = come("Other");
    run_until([&] { return false; }, 300ms);
    netmeeting.with([&](node::Node&, Instant now) {
        whiteboard::Editor editor(board_of(netmeeting));
        static_cast<void>(editor.add_page({800, 600}, whiteboard::kWhite, now));
    });
    EXPECT_TRUE(run_until([&] { return denied() > 0; }));
    run_for(100ms);
    EXPECT_TRUE(board_of(other).confirmed().pages().empty());
}

TEST_F(RightsTest, AWaitingRoomKeepsThemOutButForTheConvener) {
    const std::string secret = folder_ / "secret";
    std::ofstream(secret) << "chair\n";
    settings_.conferences.resize(1);
    settings_.conferences[0].name = "Board";
    settings_.conferences[0].waiting_room = true;
    settings_.conferences[0].convener_password_file = secret;
    start();
    auto& early = visit("Early");
    early.join(address(), named(u"Board"));
    ASSERT_TRUE(run_until([&] { return early.has<node::JoinRefused>(); }));
    EXPECT_EQ(early.all<node::JoinRefused>()[0].response->result, gcc::JoinResult::user_rejected);
    auto options = named(u"Board");
    options.convener_password = gcc::PasswordSelector{gcc::SimpleText{u"chair"}};
    auto& chair = join("Chair", options);
    EXPECT_TRUE(chair.has<gcc::Joined>());
}

TEST_F(RightsTest, WhoWasEjectedDoesNotCallAgain) {
    start();
    source_ = "192.0.2.1";
    olga = enter("Garden", "Olga", make("Garden"));
    auto& caller = join("Eve", named(u"Garden"));
    ASSERT_TRUE(run_until([&] { return !standing(olga)["rights"].empty(); }));
    ASSERT_EQ(remove("/conferences/Garden/nodes/" + number_of(caller), olga.token).status, 204u);
    ASSERT_TRUE(run_until([&] { return caller.has<gcc::Ended>(); }));
    auto& again = visit("Eve");
    again.join(address(), named(u"Garden"));
    ASSERT_TRUE(run_until([&] { return again.has<node::JoinRefused>() || again.has<gcc::Joined>(); }));
    ASSERT_TRUE(again.has<node::JoinRefused>());
    EXPECT_EQ(again.all<node::JoinRefused>()[0].response->result, gcc::JoinResult::user_rejected);
    EXPECT_TRUE(join("Eve elsewhere").has<gcc::Joined>()) << "in another conference she is nobody";
}

TEST_F(RightsTest, ANewConnectionTakesThePlaceOfTheOld) {
    begin("draw");
    auto& again = come_in("Eve", eve);
    EXPECT_TRUE(run_until([&] { return visitor_eve->has<gcc::Ended>(); }));
    run_for(100ms);
    EXPECT_FALSE(again.has<gcc::Ended>());
    EXPECT_EQ(standing(eve)["state"], "admitted");
}

}  // namespace
}  // namespace convene::server

#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

constexpr ChannelId kChat{11}, kBoard{8};
constexpr TokenId kCovetedToken{77};

/// A top with three branches; two of them speak version 2 and one version 1, where PDUs are decoded to be relayed.
struct Restricted : ::testing::TestWithParam<Version> {
    Network net;
    Network::Node top = net.add(), eve = net.add(), ada = net.add(), bob = net.add();
    Network::Link to_eve = net.connect(eve, top, GetParam()), to_ada = net.connect(ada, top),
                  to_bob = net.connect(bob, top);
    AttachmentId e = net.user(eve), a = net.user(ada), b = net.user(bob);
    UserId ue = net.id(eve, e), ua = net.id(ada, a);

    void SetUp() override {
        for (const auto channel : {kChat, kBoard}) {
            net[ada].join(a, channel);
            net[bob].join(b, channel);
        }
        net[ada].join(a, channel_of(ua));
        net.run();
        net.forget_events();
    }
    static SharedRestriction chat_alone() {
        Restriction out;
        out.only_listed = true;
        out.channels = {kChat};
        out.may_use_tokens = false;
        return std::make_shared<const Restriction>(out);
    }
    void send(ChannelId channel, bool uniform = false, Bytes octets = bytes({1, 2, 3})) {
        net[eve].send(e, channel, DataPriority::high, uniform, Slice(octets));
    }
    std::size_t heard() {
        net.run();
        return net.take<DataIndication>(ada, a).size() + net.take<DataIndication>(bob, b).size();
    }
    template <class Confirm>
    Confirm one(Network::Node node, AttachmentId who) {
        net.run();
        auto events = net.take<Confirm>(node, who);
        CONVENE_CHECK(events.size() == 1, "exactly one event");
        return events[0];
    }
};

TEST_P(Restricted, DataGoesWhereItMayAndNowhereElse) {
    net[top].restrict(to_eve.at_upper, chat_alone());
    for (const bool uniform : {false, true}) {
        send(kBoard, uniform);
        send(channel_of(ua), uniform);
        EXPECT_EQ(heard(), 0u);
        send(kChat, uniform);
        EXPECT_EQ(heard(), 2u);
    }
    EXPECT_EQ(net[top].denied(), 4u);
    // The others are as free as before, and so is she afterwards.
    net[ada].send(a, kBoard, DataPriority::high, false, Slice(bytes({1})));
    EXPECT_EQ(heard(), 1u);
    net[top].restrict(to_eve.at_upper, nullptr);
    send(kBoard);
    EXPECT_EQ(heard(), 2u);
}

TEST_P(Restricted, OrEverywhereButThere) {
    Restriction but_board;
    but_board.channels = {kBoard};
    net[top].restrict(to_eve.at_upper, std::make_shared<const Restriction>(but_board));
    send(kBoard);
    EXPECT_EQ(heard(), 0u);
    send(kChat);
    send(channel_of(ua));
    EXPECT_EQ(heard(), 3u);
}

TEST_P(Restricted, AScreenLooksAtTheFirstOctet) {
    Restriction screen;
    screen.screened = {kBoard};
    screen.passes.set(7);
    net[top].restrict(to_eve.at_upper, std::make_shared<const Restriction>(screen));
    send(kBoard, true, bytes({6, 7}));
    send(kBoard, true, Bytes{});
    EXPECT_EQ(heard(), 0u);
    send(kBoard, true, bytes({7, 6}));
    send(kChat, true, bytes({6}));
    EXPECT_EQ(heard(), 4u);
    // A long one whose beginning is dropped is never whole for anybody.
    send(kBoard, true, Bytes(40'000, std::byte{6}));
    net.run();
    for (const auto& part : net.take<DataIndication>(ada, a)) EXPECT_FALSE(part.segmentation.begin);
}

TEST_P(Restricted, ManyPdusSideBySideAreLookedAtOneByOne) {
    Restriction screen;
    screen.screened = {kBoard};
    screen.passes.set(7);
    net[top].restrict(to_eve.at_upper, std::make_shared<const Restriction>(screen));
    for (int i = 0; i < 10; ++i) send(kBoard, true, bytes({i % 2 == 0 ? 7U : 6U}));
    EXPECT_EQ(heard(), 10u);  // five for each of the two
}

TEST_P(Restricted, TokensAreNotTaken) {
    net[top].restrict(to_eve.at_upper, chat_alone());
    net[eve].token_grab(e, kCovetedToken);
    EXPECT_EQ(one<TokenGrabConfirm>(eve, e).result, Result::token_not_available);
    net[eve].token_inhibit(e, kCovetedToken);
    EXPECT_EQ(one<TokenInhibitConfirm>(eve, e).result, Result::token_not_available);
    EXPECT_TRUE(net[top].tokens().empty());
    net[ada].token_grab(a, kCovetedToken);
    EXPECT_EQ(one<TokenGrabConfirm>(ada, a).result, Result::successful);
    net[eve].token_please(e, kCovetedToken);
    net.run();
    EXPECT_TRUE(net.take<TokenPleaseIndication>(ada, a).empty());
}

TEST_P(Restricted, NorTakenFromWhoGivesThem) {
    net[top].restrict(to_eve.at_upper, chat_alone());
    net[ada].token_grab(a, kCovetedToken);
    one<TokenGrabConfirm>(ada, a);
    net[ada].token_give(a, kCovetedToken, ue);
    one<TokenGiveIndication>(eve, e);
    net[eve].token_give_response(e, kCovetedToken, Result::successful);
    EXPECT_EQ(one<TokenGiveConfirm>(ada, a).result, Result::user_rejected);
    EXPECT_EQ(net[top].tokens().find(kCovetedToken)->grabber, ua);
}

TEST_P(Restricted, WhoHoldsATokenLosesIt) {
    net[eve].token_grab(e, kCovetedToken);
    EXPECT_EQ(one<TokenGrabConfirm>(eve, e).result, Result::successful);
    net[top].restrict(to_eve.at_upper, chat_alone());
    EXPECT_EQ(one<TokenReleaseConfirm>(eve, e).result, Result::successful);
    EXPECT_TRUE(net[eve].tokens().empty());
    net[ada].token_grab(a, kCovetedToken);
    EXPECT_EQ(one<TokenGrabConfirm>(ada, a).result, Result::successful);
}

INSTANTIATE_TEST_SUITE_P(Versions, Restricted, ::testing::Values(Version{1}, Version{2}));

TEST(RestrictedMerge, NoTokenComesWithADomain) {
    Network net;
    const auto top = net.add(), former = net.add();
    const auto user = net.user(former);
    net[former].token_grab(user, kCovetedToken);
    net.run();
    net.forget_events();
    const auto link = net.connect(former, top);
    Restriction none;
    none.may_use_tokens = false;
    net[top].restrict(link.at_upper, std::make_shared<const Restriction>(none));
    net.run();
    EXPECT_TRUE(net[top].tokens().empty());
}

}  // namespace
}  // namespace convene::mcs

// Whiteboard and files through whole nodes: what their entities decide, the nodes carry out.
#include <gtest/gtest.h>

#include "node/hand.hpp"
#include "node/testing.hpp"
#include "whiteboard/editor.hpp"

namespace convene::node {
namespace {

using testing::config_for;
using testing::Network;

struct Gathering {
    Network network;
    Network::Member* server;
    std::vector<Network::Member*> people;

    Gathering() {
        auto config = with_applications("server", 1, true);
        config.type = gcc::NodeType::mcu;
        server = &network.add(std::move(config));
        gcc::ConferenceProfile profile;
        profile.name.numeric = "1503";
        profile.termination = gcc::TerminationMethod::manual;
        server->node->host(profile, network.now());
        network.run();
    }
    static NodeConfig with_applications(const std::string& name, std::uint64_t seed, bool keeps) {
        auto config = config_for(name, seed);
        whiteboard::EntityConfig entity;
        entity.is_keeper = keeps;
        entity.seed = seed;
        config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(entity));
        config.keeps_whiteboard = keeps;
        config.files.emplace();
        return config;
    }
    Network::Member& join(const std::string& name) { return join(with_applications(name, 100 + people.size(), false)); }
    Network::Member& join(NodeConfig config) {
        auto& member = network.add(std::move(config));
        member.node->join("server", {}, network.now());
        people.push_back(&member);
        network.pass(std::chrono::seconds{3});
        return member;
    }
    whiteboard::Entity& board_of(Network::Member& member) { return member.node->whiteboard()->entity(); }
    void settle(Network::Member& member) {
        member.node->settle(network.now());
        network.run();
    }
    whiteboard::ItemId draw_on_new_page(Network::Member& member) {
        whiteboard::Editor editor(board_of(member));
        const auto page = editor.add_page({800, 600}, whiteboard::kWhite, network.now());
        EXPECT_TRUE(page.is_done());
        settle(member);
        network.pass(std::chrono::seconds{1});
        whiteboard::Drawing drawing;
        drawing.anchor = {10, 10};
        drawing.deltas = {{100, 50}};
        const auto made = editor.draw(page.items.front(), drawing, network.now());
        EXPECT_TRUE(made.is_done());
        settle(member);
        network.pass(std::chrono::seconds{1});
        return page.items.front();
    }
};

TEST(Applications, WhatOneDrawsEverybodySees) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    const auto page = gathering.draw_on_new_page(ada);
    EXPECT_EQ(gathering.board_of(grace).board().objects_of(page).size(), 1U);
    EXPECT_EQ(gathering.board_of(grace).board().digest(), gathering.board_of(ada).board().digest());
    EXPECT_EQ(gathering.board_of(*gathering.server).confirmed().digest(), gathering.board_of(ada).board().digest());
}

TEST(Applications, ALateJoinerSeesWhatWasDrawnBefore) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    const auto page = gathering.draw_on_new_page(ada);
    auto& late = gathering.join("Late");
    EXPECT_TRUE(gathering.board_of(late).has_converged());
    EXPECT_EQ(gathering.board_of(late).board().objects_of(page).size(), 1U);
    EXPECT_EQ(gathering.board_of(late).board().digest(), gathering.board_of(ada).board().digest());
}

TEST(Applications, TheKeeperTellsTheOrderAndConfirmsWhatIsSafe) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    gathering.draw_on_new_page(ada);
    const auto traffic = gathering.server->all<WhiteboardTraffic>();
    ASSERT_FALSE(traffic.empty());
    std::uint32_t last = 0;
    for (const auto& each : traffic) {
        if (each.from != gathering.board_of(ada).user()) continue;
        EXPECT_GE(each.number, last);
        last = each.number;
    }
    EXPECT_GT(ada.node->whiteboard()->unsaved(), 0U);
    gathering.server->node->whiteboard()->acknowledge(*gathering.board_of(ada).user(), last);
    gathering.settle(*gathering.server);
    EXPECT_EQ(ada.node->whiteboard()->unsaved(), 0U);
    ASSERT_FALSE(ada.all<WhiteboardSaved>().empty());
    EXPECT_EQ(ada.all<WhiteboardSaved>().back().left, 0U);
}

TEST(Applications, OnlyTheTopIsBelievedWhatIsSafe) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& mallory = gathering.join("Mallory");
    gathering.draw_on_new_page(ada);
    const auto unsaved = ada.node->whiteboard()->unsaved();
    ASSERT_GT(unsaved, 0U);
    mallory.node->whiteboard()->acknowledge(*gathering.board_of(ada).user(), unsaved);
    gathering.settle(mallory);
    EXPECT_EQ(ada.node->whiteboard()->unsaved(), unsaved);
    EXPECT_TRUE(ada.all<WhiteboardSaved>().empty());
    // Nor is more of it safe than there is.
    gathering.server->node->whiteboard()->acknowledge(*gathering.board_of(ada).user(), unsaved + 1000);
    gathering.settle(*gathering.server);
    EXPECT_EQ(ada.node->whiteboard()->unsaved(), 0U);
}

TEST(Applications, EverybodyIsToldWhereOneIsAndSoIsWhoComesLater) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    const auto page = gathering.draw_on_new_page(ada);
    const auto traffic = gathering.server->all<WhiteboardTraffic>().size();
    Presence presence{page, {0, 0}, {800, 600}, whiteboard::Point{10, 10}, false, true};
    for (int i = 0; i < 5; ++i) {
        presence.cursor->x += 1;
        ada.node->whiteboard()->set_presence(presence, gathering.network.now());
        gathering.settle(ada);
    }
    EXPECT_EQ(grace.all<WhiteboardPresence>().size(), 1U) << "more often than is good";
    gathering.network.pass(kPresenceTime * 2);
    const auto heard = grace.all<WhiteboardPresence>();
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard.back().presence, presence);
    EXPECT_EQ(grace.node->whiteboard()->node_of(heard.back().from), ada.node->conference()->self());
    EXPECT_EQ(gathering.server->all<WhiteboardTraffic>().size(), traffic) << "it is no part of the board";

    auto& late = gathering.join("Late");
    ASSERT_FALSE(late.all<WhiteboardPresence>().empty());
    EXPECT_EQ(late.all<WhiteboardPresence>().back().presence, presence);

    ada.node->whiteboard()->set_presence(std::nullopt, gathering.network.now());
    gathering.settle(ada);
    gathering.network.pass(kPresenceTime * 2);
    EXPECT_EQ(late.all<WhiteboardPresence>().back().presence, std::nullopt);
}

TEST(Applications, ALaserMovesThePointerThatEveryWhiteboardShows) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    const auto page = gathering.draw_on_new_page(ada);
    Presence presence{page, {0, 0}, {800, 600}, whiteboard::Point{42, 17}, true, false};
    ada.node->whiteboard()->set_presence(presence, gathering.network.now());
    gathering.settle(ada);
    gathering.network.pass(std::chrono::seconds{1});
    const auto& board = gathering.board_of(grace).board();
    ASSERT_EQ(board.pointers().size(), 1U);
    EXPECT_EQ(whiteboard::anchor_of(board.find(board.pointers().front())->content), (whiteboard::Point{42, 17}));
    presence.is_laser = false;
    ada.node->whiteboard()->set_presence(presence, gathering.network.now());
    gathering.settle(ada);
    gathering.network.pass(std::chrono::seconds{1});
    EXPECT_TRUE(gathering.board_of(grace).board().pointers().empty());
}

TEST(Applications, ARaisedHandStandsInTheRoster) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    const auto is_up = [&] {
        return has_raised_hand(*grace.node->conference()->roster().nodes.find(*ada.node->conference()->self()));
    };
    EXPECT_FALSE(is_up());
    ada.node->raise_hand(true, gathering.network.now());
    gathering.network.pass(std::chrono::seconds{2});
    EXPECT_TRUE(is_up());
    ada.node->raise_hand(false, gathering.network.now());
    gathering.network.pass(std::chrono::seconds{2});
    EXPECT_FALSE(is_up());
}

TEST(Applications, WhatWasDrawnWithoutAConnectionComesAlong) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    const auto page = gathering.draw_on_new_page(ada);
    auto entity = ada.node->config().whiteboard;
    gathering.network.cut(ada, *gathering.server);
    gathering.network.pass(std::chrono::seconds{1});
    entity->on_lost(gathering.network.now());
    whiteboard::Editor editor(*entity);
    whiteboard::Drawing drawing;
    drawing.anchor = {30, 30};
    drawing.deltas = {{5, 5}};
    const auto drawn = editor.draw(page, drawing, gathering.network.now());
    ASSERT_TRUE(drawn.is_done()) << static_cast<int>(drawn.refusal->reason);
    auto config = config_for("Ada again", 55);
    config.whiteboard = entity;
    auto& again = gathering.join(std::move(config));
    gathering.network.pass(std::chrono::seconds{2});
    EXPECT_EQ(gathering.board_of(*gathering.server).confirmed().objects_of(page).size(), 2U);
    EXPECT_EQ(gathering.board_of(again).board().digest(), gathering.board_of(*gathering.server).confirmed().digest());
}

/// Answers what a node's file entity asks of its program.
struct Shelf {
    Network::Member& member;
    Bytes outgoing{};
    Bytes received{};
    std::size_t seen = 0;
    bool accepts = true;
    std::optional<files::Received> done{};
    std::optional<files::Sent> sent{};

    bool act(Instant now) {
        bool any = false;
        auto& entity = member.node->files()->entity();
        for (; seen < member.events.size(); ++seen) {
            const auto* event = std::get_if<FilesEvent>(&member.events[seen]);
            if (event == nullptr) continue;
            any = true;
            if (const auto* read = std::get_if<files::ReadMore>(event)) {
                const auto piece = ByteView(outgoing).subspan(read->offset, read->size);
                entity.on_read(read->transfer, Slice(piece), now);
            } else if (const auto* write = std::get_if<files::Write>(event)) {
                received.resize(write->offset);
                append(received, write->octets);
                entity.on_stored(write->transfer, write->octets.size(), now);
            } else if (const auto* offered = std::get_if<files::Offered>(event)) {
                if (accepts)
                    EXPECT_TRUE(entity.accept(offered->transfer, now));
                else
                    EXPECT_TRUE(entity.reject(offered->transfer, files::RejectReason::file_not_required, now));
            } else if (const auto* finished = std::get_if<files::Received>(event)) {
                done = *finished;
            } else if (const auto* gone = std::get_if<files::Sent>(event)) {
                sent = *gone;
            }
        }
        if (any) member.node->settle(now);
        return any;
    }
};

void transfer(Gathering& gathering, std::vector<Shelf*> shelves) {
    for (int i = 0; i < 400; ++i) {
        bool any = false;
        for (Shelf* shelf : shelves) any = shelf->act(gathering.network.now()) || any;
        gathering.network.run();
        if (!any) gathering.network.pass(std::chrono::milliseconds{100});
    }
}

TEST(Applications, AFileReachesEverybodyWhoWantsIt) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    auto& charles = gathering.join("Charles");
    Shelf from{ada}, to{grace}, not_to{charles}, server{*gathering.server};
    not_to.accepts = false;
    server.accepts = false;
    for (unsigned i = 0; i < 100'000; ++i) from.outgoing.push_back(static_cast<std::byte>(i * 7 >> 3));
    auto sent = ada.node->files()->entity().send({"notes.txt", from.outgoing.size(), {}}, {}, gathering.network.now());
    ASSERT_TRUE(sent);
    gathering.settle(ada);
    transfer(gathering, {&from, &to, &not_to, &server});
    ASSERT_TRUE(to.done);
    EXPECT_EQ(to.received, from.outgoing);
    EXPECT_EQ(to.done->verified, files::Verified::yes);
    EXPECT_TRUE(not_to.received.empty());
    ASSERT_TRUE(from.sent);
    EXPECT_EQ(from.sent->confirmed.size(), 1U);
}

TEST(Applications, AFileForOneGoesToOne) {
    Gathering gathering;
    auto& ada = gathering.join("Ada");
    auto& grace = gathering.join("Grace");
    auto& charles = gathering.join("Charles");
    Shelf from{ada}, to{grace}, other{charles}, server{*gathering.server};
    from.outgoing = to_bytes("for your eyes only");
    files::SendOptions options;
    options.recipients = ada.node->files()->attachments_of(*grace.node->conference()->self());
    ASSERT_EQ(options.recipients.size(), 1U);
    ASSERT_TRUE(
        ada.node->files()->entity().send({"secret.txt", from.outgoing.size(), {}}, options, gathering.network.now()));
    gathering.settle(ada);
    transfer(gathering, {&from, &to, &other, &server});
    ASSERT_TRUE(to.done);
    EXPECT_EQ(to.received, from.outgoing);
    EXPECT_TRUE(charles.all<FilesEvent>().size() == 1U) << "Ready, and nothing else";
}

}  // namespace
}  // namespace convene::node

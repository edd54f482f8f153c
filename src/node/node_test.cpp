#include "node/node.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/names.hpp"
#include "netmeeting/chat_packet.hpp"
#include "node/testing.hpp"

namespace convene::node {
namespace {

using testing::config_for;
using testing::Network;

gcc::ConferenceProfile profile(std::string number, std::u16string text) {
    gcc::ConferenceProfile profile;
    profile.name.numeric = std::move(number);
    profile.name.text = std::move(text);
    profile.termination = gcc::TerminationMethod::manual;
    return profile;
}

/// A server with one conference, and people who are in it.
struct Meeting {
    Network network;
    Network::Member* server;
    std::vector<Network::Member*> people;

    explicit Meeting(std::vector<std::string> names) {
        auto config = config_for("server", 1);
        config.type = gcc::NodeType::mcu;
        config.bridges_chat = true;
        server = &network.add(std::move(config));
        server->node->host(profile("1503", u"lobby"), network.now());
        network.run();
        for (auto& name : names) join(name);
        network.pass(std::chrono::seconds{2});
    }
    Network::Member& join(const std::string& name) {
        auto& member = network.add(config_for(name, 100 + people.size()));
        JoinOptions options;
        options.conference = gcc::ConferenceNameSelector{gcc::SimpleText{u"lobby"}};
        member.node->join("server", options, network.now());
        network.run();
        people.push_back(&member);
        return member;
    }
    std::vector<std::string> names_seen_by(const Network::Member& member) {
        std::vector<std::string> names;
        for (const auto& [node, record] : member.node->conference()->roster().nodes.nodes())
            names.push_back(member.node->name_of(node));
        std::sort(names.begin(), names.end());
        return names;
    }
};

TEST(Node, WhoLeavesBeforeBeingInDoesNotComeIn) {
    Meeting meeting({"Ada"});
    auto& hasty = meeting.network.add(config_for("Hasty", 7));
    hasty.node->join("server", {}, meeting.network.now());
    hasty.node->leave(meeting.network.now());
    meeting.network.pass(std::chrono::seconds{2});
    EXPECT_EQ(hasty.node->conference(), nullptr);
    EXPECT_EQ(meeting.names_seen_by(*meeting.server), (std::vector<std::string>{"Ada", "server"}));
}

TEST(Node, PeopleMeetAndSeeEachOther) {
    Meeting meeting({"Ada", "Grace"});
    for (auto* person : meeting.people) {
        ASSERT_EQ(person->all<gcc::Joined>().size(), 1U) << person->name;
        EXPECT_EQ(meeting.names_seen_by(*person), (std::vector<std::string>{"Ada", "Grace", "server"}));
        EXPECT_EQ(person->all<ChatReady>().size(), 1U);
    }
}

TEST(Node, TheyChat) {
    Meeting meeting({"Ada", "Grace", "Hedy"});
    meeting.people[0]->node->say("hello", meeting.network.now());
    meeting.network.run();
    for (auto* listener : {meeting.people[1], meeting.people[2], meeting.server}) {
        auto lines = listener->all<ChatLine>();
        ASSERT_EQ(lines.size(), 1U) << listener->name;
        EXPECT_EQ(lines[0].text, "hello");
        EXPECT_EQ(lines[0].name, "Ada");
        EXPECT_FALSE(lines[0].is_private);
    }
    EXPECT_TRUE(meeting.people[0]->all<ChatLine>().empty());
}

TEST(Node, ANewcomersFirstLineHasItsName) {
    Meeting meeting({"Ada"});
    auto& late = meeting.join("Grace");
    late.node->say("I am new", meeting.network.now());
    meeting.network.pass(std::chrono::seconds{1});
    auto lines = meeting.people[0]->all<ChatLine>();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].name, "Grace");
    EXPECT_EQ(lines[0].node, late.node->conference()->self());
}

TEST(Node, PrivateLinesReachOneNode) {
    Meeting meeting({"Ada", "Grace", "Hedy"});
    auto grace = meeting.people[0]->node->nodes_named("grace");
    ASSERT_EQ(grace.size(), 1U);
    EXPECT_TRUE(meeting.people[0]->node->say_privately(grace[0], "psst", meeting.network.now()));
    meeting.network.run();
    auto lines = meeting.people[1]->all<ChatLine>();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].is_private);
    EXPECT_TRUE(meeting.people[2]->all<ChatLine>().empty());
    EXPECT_TRUE(meeting.server->all<ChatLine>().empty());
}

/// What a NetMeeting client does for its chat: a session of its own under Microsoft's key on a dynamic channel.
struct NetMeetingChat {
    Network& network;
    Network::Member& member;
    mcs::AttachmentId attachment;
    mcs::ChannelId channel{2345};

    NetMeetingChat(Network& network_in, Network::Member& member_in)
        : network(network_in), member(member_in), attachment(member.node->domain().attach()) {
        settle();
        member.node->domain().join(attachment, mcs::channel_of(user()));
        member.node->domain().join(attachment, mcs::kAssignChannel);
        settle();
        for (auto id : member.node->domain().channels().ids()) {
            if (member.node->domain().channels().find(id)->kind == mcs::ChannelKind::assigned) channel = id;
        }
        gcc::ApplicationRecord record;
        record.application_active = true;
        record.application_user_id = user();
        member.node->conference()->enrol({gcc::h221_key(hex("b500534c4368617400")), channel}, record, {},
                                         network.now());
        settle();
    }
    void settle() {
        member.node->settle(network.now());
        network.pass(std::chrono::seconds{2});
    }
    mcs::UserId user() const { return *member.node->domain().user_of(attachment); }
    void say(std::string_view text) {
        for (auto& packet : netmeeting::write_chat_packets(text, 1024))
            member.node->domain().send(attachment, channel, mcs::DataPriority::high, false, Slice(packet));
        settle();
    }
};

TEST(Node, NetMeetingAndOthersAreInOneConversation) {
    Meeting meeting({"Ada"});
    auto config = config_for("Old", 70);
    config.chats = false;  // its T.134 entity; it has only NetMeeting's chat
    auto& old = meeting.network.add(std::move(config));
    old.node->join("server", {}, meeting.network.now());
    meeting.network.pass(std::chrono::seconds{2});
    NetMeetingChat chat(meeting.network, old);
    chat.say("hello from 1999");
    // Ada hears it through the server, which bridges.
    auto lines = meeting.people[0]->all<ChatLine>();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].text, "Old: hello from 1999");
    EXPECT_EQ(lines[0].name, "server");
    EXPECT_EQ(meeting.server->all<ChatLine>().at(0).protocol, ChatLine::Protocol::netmeeting);
    EXPECT_EQ(meeting.server->all<ChatLine>().at(0).name, "Old");
}

TEST(Node, SomebodyLeavesOrIsLost) {
    Meeting meeting({"Ada", "Grace", "Hedy"});
    meeting.people[0]->node->leave(meeting.network.now());
    meeting.network.pass(std::chrono::seconds{2});
    EXPECT_EQ(meeting.names_seen_by(*meeting.people[1]), (std::vector<std::string>{"Grace", "Hedy", "server"}));
    meeting.network.cut(*meeting.people[2], *meeting.server);
    meeting.network.pass(std::chrono::seconds{2});
    EXPECT_EQ(meeting.names_seen_by(*meeting.people[1]), (std::vector<std::string>{"Grace", "server"}));
    auto ended = meeting.people[2]->all<gcc::Ended>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].why, gcc::Ended::Why::disconnected);
}

TEST(Node, RenamingIsSeen) {
    Meeting meeting({"Ada", "Grace"});
    meeting.people[0]->node->rename("Countess", meeting.network.now());
    meeting.network.pass(std::chrono::seconds{2});
    EXPECT_EQ(meeting.names_seen_by(*meeting.people[1]), (std::vector<std::string>{"Countess", "Grace", "server"}));
}

TEST(Node, ARefusedJoinSaysWhy) {
    Meeting meeting({});
    meeting.network.answer = [](Network::Member& member, CallArrived& call, Instant now) {
        gcc::JoinDecision decision;
        decision.kind = gcc::JoinDecision::Kind::refused;
        decision.result = gcc::JoinResult::invalid_password;
        member.node->reject(call.transport, mcs::Result::user_rejected, gcc::join_refusal(decision, nullptr), now);
    };
    auto& person = meeting.join("Mallory");
    auto refused = person.all<JoinRefused>();
    ASSERT_EQ(refused.size(), 1U);
    ASSERT_TRUE(refused[0].response.has_value());
    EXPECT_EQ(refused[0].response->result, gcc::JoinResult::invalid_password);
    EXPECT_EQ(person.node->links().transports(), 0U);
}

TEST(Node, NobodyThere) {
    Network network;
    auto& person = network.add(config_for("Ada", 1));
    auto call = person.node->query("nowhere", network.now());
    network.run();
    auto broken = person.all<CallBroken>();
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0].call, call);
    EXPECT_EQ(broken[0].why, "nobody there");
}

TEST(Node, AnInvitedNodeTakesPart) {
    Meeting meeting({"Ada"});
    auto& guest = meeting.network.add(config_for("Guest", 50));
    ASSERT_TRUE(meeting.server->node->invite("Guest", meeting.network.now()).has_value());
    meeting.network.pass(std::chrono::seconds{3});
    auto answered = meeting.server->all<InviteAnswered>();
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_TRUE(answered[0].accepted);
    EXPECT_EQ(meeting.names_seen_by(guest), (std::vector<std::string>{"Ada", "Guest", "server"}));
}

TEST(Node, EjectedAndTold) {
    Meeting meeting({"Ada", "Grace"});
    auto grace = meeting.server->node->nodes_named("Grace");
    ASSERT_EQ(grace.size(), 1U);
    meeting.server->node->conference()->force_eject(grace[0], std::chrono::seconds{5}, meeting.network.now());
    meeting.server->node->settle(meeting.network.now());
    meeting.network.pass(std::chrono::seconds{8});
    auto ended = meeting.people[1]->all<gcc::Ended>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].why, gcc::Ended::Why::ejected);
    EXPECT_EQ(meeting.names_seen_by(*meeting.people[0]), (std::vector<std::string>{"Ada", "server"}));
}

TEST(Node, TerminationEndsItForAll) {
    Meeting meeting({"Ada", "Grace"});
    meeting.server->node->conference()->force_terminate(gcc::TerminateReason::user_initiated, meeting.network.now());
    meeting.server->node->settle(meeting.network.now());
    meeting.network.pass(std::chrono::seconds{12});
    for (auto* person : meeting.people) {
        auto ended = person->all<gcc::Ended>();
        ASSERT_EQ(ended.size(), 1U) << person->name;
        EXPECT_EQ(ended[0].why, gcc::Ended::Why::terminated);
        EXPECT_EQ(person->node->links().transports(), 0U);
    }
}

}  // namespace
}  // namespace convene::node

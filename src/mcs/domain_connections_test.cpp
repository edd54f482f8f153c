#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "mcs/pdu_routing.hpp"
#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

using testing::Network;

/// A middle provider with one connection each way.
struct Middle : ::testing::Test {
    Domain domain;
    ConnectionId above, below;
    std::vector<Output> outputs;

    Middle() {
        ConnectionSettings settings{Orientation::below, domain.parameters(), 2, 2};
        below = domain.add_connection(settings, {});
        settings.orientation = Orientation::above;
        above = domain.add_connection(settings, {});
        domain.take_outputs(outputs);
    }
    void receive(ConnectionId from, const DomainPdu& pdu, unsigned transport = 0) {
        domain.receive(from, transport, *encode_for(2, pdu), {});
        domain.take_outputs(outputs);
    }
    std::vector<DomainPdu> sent_to(ConnectionId to) {
        std::vector<DomainPdu> out;
        for (const Output& output : outputs) {
            const auto* t = std::get_if<Transmit>(&output);
            if (t != nullptr && t->connection == to) out.push_back(*decode_domain_pdu(t->tsdu.payload));
        }
        return out;
    }
    std::optional<Reason> closed(ConnectionId id) {
        for (const Output& output : outputs) {
            const auto* c = std::get_if<Close>(&output);
            if (c != nullptr && c->connection == id) return c->reason;
        }
        return std::nullopt;
    }
    void expect_rejected(ConnectionId from, Diagnostic diagnostic, std::string_view what) {
        auto sent = sent_to(from);
        ASSERT_EQ(sent.size(), 2U) << what;
        ASSERT_TRUE(std::holds_alternative<RejectMcspduUltimatum>(sent[0])) << what;
        EXPECT_EQ(std::get<RejectMcspduUltimatum>(sent[0]).diagnostic, diagnostic) << what;
        EXPECT_EQ(sent[1], DomainPdu{DisconnectProviderUltimatum{Reason::provider_initiated}}) << what;
        EXPECT_EQ(closed(from), Reason::provider_initiated) << what;
    }
};

template <std::size_t... I>
std::vector<std::pair<DomainPdu, Way>> one_of_each(std::index_sequence<I...>) {
    auto legal = [](auto pdu) {
        if constexpr (requires { pdu.initiator = UserId{1001}; }) pdu.initiator = UserId{1001};
        if constexpr (requires { pdu.channel = ChannelId{1001}; }) pdu.channel = ChannelId{1001};
        if constexpr (requires { pdu.token = TokenId{1}; }) pdu.token = TokenId{1};
        if constexpr (requires { pdu.recipient = UserId{1001}; }) pdu.recipient = UserId{1001};
        return pdu;
    };
    return {{DomainPdu{legal(std::variant_alternative_t<I, DomainPdu>{})},
             way<std::variant_alternative_t<I, DomainPdu>>}...};
}
const auto kEach = one_of_each(std::make_index_sequence<kDomainPdus>{});

TEST(DomainDirections, EveryPduFromTheWrongSideIsRejected) {
    std::size_t tried = 0;
    for (const auto& [pdu, allowed] : kEach) {
        if (allowed == Way::either) continue;
        struct Fresh : Middle {
            void TestBody() override {}
        } m;
        bool up = allowed == Way::up;
        m.receive(up ? m.above : m.below, pdu);
        m.expect_rejected(up ? m.above : m.below,
                          up ? Diagnostic::forbidden_pdu_downward : Diagnostic::forbidden_pdu_upward, name_of(pdu));
        ++tried;
    }
    EXPECT_EQ(tried, 41U);
}

TEST(DomainDirections, ControlBelongsToTheInitialTransport) {
    for (const auto& [pdu, allowed] : kEach) {
        struct Fresh : Middle {
            void TestBody() override {}
        } m;
        ConnectionId from = allowed == Way::down ? m.above : m.below;
        m.receive(from, pdu, 1);  // data PDUs of the list are of top priority
        m.expect_rejected(from, Diagnostic::wrong_transport_priority, name_of(pdu));
    }
}

TEST_F(Middle, UndecodableOctetsAreRejected) {
    domain.receive(below, 0, framed_copy(hex("ff 00 01")), {});
    domain.take_outputs(outputs);
    expect_rejected(below, Diagnostic::invalid_per_encoding, "unknown alternative");
    auto sent = sent_to(below);
    EXPECT_EQ(to_hex(std::get<RejectMcspduUltimatum>(sent[0]).initial_octets), to_hex(hex("ff0001")));
}

TEST_F(Middle, UndecodableDataIsRejected) {
    for (const char* octets : {"64", "64 00 06 03 eb 70", "64 00 06 03 eb 70 05 01", "64 ff ff 03 eb 70 00"}) {
        ConnectionId id = domain.add_connection({Orientation::below, domain.parameters(), 2, 1}, {});
        domain.receive(id, 0, framed_copy(hex(octets)), {});
        domain.take_outputs(outputs);
        expect_rejected(id, Diagnostic::invalid_per_encoding, octets);
    }
}

TEST_F(Middle, EmptyTsduIsRejected) {
    domain.receive(below, 0, {}, {});
    domain.take_outputs(outputs);
    expect_rejected(below, Diagnostic::invalid_per_encoding, "nothing");
}

TEST_F(Middle, RejectIsNeverAnswered) {
    receive(below, RejectMcspduUltimatum{Diagnostic::invalid_per_encoding, bytes({1, 2})});
    EXPECT_TRUE(sent_to(below).empty());
    ASSERT_EQ(outputs.size(), 1U);
    EXPECT_EQ(std::get<Incident>(outputs[0]).severity, Incident::Severity::warning);
    EXPECT_FALSE(closed(below));
}

TEST_F(Middle, UltimatumEndsTheConnection) {
    receive(below, DisconnectProviderUltimatum{Reason::user_requested});
    EXPECT_TRUE(sent_to(below).empty());
    EXPECT_EQ(closed(below), Reason::user_requested);
    EXPECT_TRUE(sent_to(above).empty() || std::holds_alternative<ErectDomainRequest>(sent_to(above)[0]));
    receive(below, AttachUserRequest{});  // a straggler
    EXPECT_TRUE(outputs.empty());
}

TEST_F(Middle, UnrequestedConfirmsAreRejected) {
    for (const DomainPdu& pdu : {DomainPdu{AttachUserConfirm{Result::successful, UserId{1001}}},
                                 DomainPdu{MergeChannelsConfirm{}}, DomainPdu{MergeTokensConfirm{}}}) {
        struct Fresh : Middle {
            void TestBody() override {}
        } m;
        m.receive(m.above, pdu);
        m.expect_rejected(m.above, Diagnostic::unrequested_confirm, name_of(pdu));
    }
}

TEST_F(Middle, ConflictingIdsFromAboveAreRejected) {
    receive(below, AttachUserRequest{});
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{2000}});
    receive(above, AttachUserConfirm{Result::successful, UserId{2000}});
    expect_rejected(above, Diagnostic::channel_id_conflict, "user id twice");
}

TEST_F(Middle, ConvenedChannelInUseIsRejected) {
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{2000}});
    receive(above, ChannelConveneConfirm{Result::successful, UserId{2000}, ChannelId{2000}});
    expect_rejected(above, Diagnostic::channel_id_conflict, "convened over a user");
}

TEST_F(Middle, PurgedUserThatIsAnotherChannelIsRejected) {
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, UserId{2000}});
    receive(above, ChannelConveneConfirm{Result::successful, UserId{2000}, ChannelId{3000}});
    receive(above, PurgeChannelsIndication{{UserId{3000}}, {}});
    expect_rejected(above, Diagnostic::not_user_id_channel, "purge");
}

TEST_F(Middle, LossOfTheSuperiorEndsTheSubtree) {
    AttachmentId waiting = domain.attach();
    domain.connection_lost(above, {});
    domain.take_outputs(outputs);
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{DisconnectProviderUltimatum{Reason::domain_disconnected}});
    EXPECT_EQ(closed(below), Reason::domain_disconnected);
    bool told = false;
    for (const Output& output : outputs) {
        const auto* event = std::get_if<UserEvent>(&output);
        if (event == nullptr) continue;
        EXPECT_EQ(event->attachment, waiting);
        EXPECT_NE(std::get<AttachConfirm>(event->event).result, Result::successful);
        told = true;
    }
    EXPECT_TRUE(told);
    EXPECT_TRUE(domain.is_top());
    EXPECT_FALSE(domain.is_frozen());
    EXPECT_EQ(domain.pending(), 0U);
}

TEST_F(Middle, DisconnectSaysWhy) {
    domain.disconnect(below, Reason::user_requested);
    domain.take_outputs(outputs);
    EXPECT_EQ(sent_to(below), std::vector<DomainPdu>{DisconnectProviderUltimatum{Reason::user_requested}});
    EXPECT_EQ(closed(below), Reason::user_requested);
    EXPECT_TRUE(std::holds_alternative<Transmit>(outputs[0]));
    domain.connection_lost(below, {});
    domain.disconnect(below, Reason::user_requested);
    domain.take_outputs(outputs);
    EXPECT_TRUE(outputs.empty());
}

TEST(DomainHierarchy, HeightsAreReported) {
    Network net;
    auto top = net.add(), mid = net.add(), leaf = net.add();
    net.connect(leaf, mid);
    net.connect(mid, top);
    net.run();
    EXPECT_EQ(net[leaf].height(), 0U);
    EXPECT_EQ(net[mid].height(), 1U);
    EXPECT_EQ(net[top].height(), 2U);
    auto deeper = net.add();
    auto link = net.connect(deeper, leaf);
    net.run();
    EXPECT_EQ(net[top].height(), 3U);
    net.cut(link);
    net.run();
    EXPECT_EQ(net[top].height(), 2U);
}

TEST(DomainHierarchy, TooDeepProvidersAreCutOff) {
    DomainConfig config;
    config.parameters.max_height = 2;
    Network net;
    std::vector<Network::Node> row;
    for (int i = 0; i < 5; ++i) row.push_back(net.add(config));
    for (std::size_t i = 1; i < row.size(); ++i) {
        net.connect(row[i], row[i - 1]);
        net.run();
    }
    EXPECT_EQ(net[row[0]].height(), 2U);
    EXPECT_TRUE(net[row[3]].is_top());
    EXPECT_EQ(net[row[2]].height(), 0U);
}

TEST(DomainHierarchy, RingsBreak) {
    Network net;
    auto a = net.add(), b = net.add(), c = net.add();
    net.connect(a, b);
    net.connect(b, c);
    net.connect(c, a);
    net.run();
    EXPECT_FALSE(net.closed.empty());
    EXPECT_TRUE(net[a].is_top() || net[b].is_top() || net[c].is_top());
}

}  // namespace
}  // namespace convene::mcs

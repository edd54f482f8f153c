// The listener against hostile or clumsy callers.
#include "mcs/connect_testing.hpp"

namespace convene::mcs {
namespace {

struct Listener : testing::Test {
    ConnectListener machine{default_parameter_range(), ListenerLimits{.transports = 6}};
    std::vector<ConnectListener::Output> out;
    std::uint32_t next = 0;

    TransportId open(const std::string& peer = kPeer) {
        TransportId transport{++next};
        machine.transport_opened(transport, peer, kStart);
        return transport;
    }
    const std::vector<ConnectListener::Output>& take() {
        out.clear();
        machine.take_outputs(out);
        return out;
    }
    TransportId ask(std::uint64_t priorities, std::uint64_t version = 2) {
        TransportId transport = open();
        machine.receive(transport, octets(request(priorities, version)));
        one<ConnectListener::Requested>(take());
        return transport;
    }
    /// A connection for which the peer still has to do something; returns its calledConnectId too.
    std::pair<TransportId, std::uint64_t> half_done(std::uint64_t priorities, std::uint64_t version = 2) {
        TransportId transport = ask(priorities, version);
        DomainParameters agreed = request(priorities, version).target_parameters;
        EXPECT_TRUE(machine.accept(transport, agreed, {}, kRandom, kStart));
        auto pdu = decode_connect_pdu(one<ConnectListener::Send>(take()).tsdu);
        return {transport, std::get<ConnectResponse>(*pdu).called_connect_id};
    }
    TransportId add(std::uint64_t id, DataPriority priority, const std::string& peer = kPeer) {
        TransportId transport = open(peer);
        machine.receive(transport, octets(ConnectAdditional{id, priority}));
        return transport;
    }
    void expect_result(TransportId transport, Result result) {
        for (const auto& send : all<ConnectListener::Send>(out)) {
            if (send.transport != transport) continue;
            EXPECT_EQ(decode_connect_pdu(send.tsdu), ConnectPdu(ConnectResult{result}));
            return;
        }
        ADD_FAILURE() << "no Connect-Result";
    }
    void expect_withdrawn(TransportId initial, std::size_t closed) {
        EXPECT_EQ(one<ConnectListener::Withdrawn>(take()).transport, initial);
        EXPECT_EQ(all<ConnectListener::Close>(out).size(), closed);
        EXPECT_EQ(machine.deadline(), std::nullopt);
    }
};

TEST_F(Listener, FirstTsduMustBeginAConnection) {
    const Bytes wrong[] = {{},
                           hex("0401000100"),  // a domain PDU
                           octets(ConnectResult{}),
                           octets(ConnectResponse{}),
                           hex("7f6503020100"),
                           hex("000000010000000000000000")};  // MAP
    for (const Bytes& tsdu : wrong) {
        TransportId transport = open();
        machine.receive(transport, tsdu);
        EXPECT_EQ(one<ConnectListener::Close>(take()).transport, transport);
        EXPECT_EQ(out.size(), 1U);
        EXPECT_FALSE(one<ConnectListener::Close>(out).why.empty());
        machine.receive(transport, octets(request(1, 2)));  // still on its way when we closed
        EXPECT_TRUE(take().empty());
    }
}

TEST_F(Listener, ReadsTheRequestOfRdpClients) {
    TransportId transport = open();
    ConnectInitial rdp = request(1, 2);
    rdp.target_parameters = {34, 2, 0, 1, 0, 1, 65535, 2};
    rdp.minimum_parameters = {1, 1, 1, 1, 0, 1, 1056, 2};
    rdp.maximum_parameters = {65535, 64535, 65535, 1, 0, 1, 65535, 2};
    machine.receive(transport, octets(rdp));
    auto asked = one<ConnectListener::Requested>(take());
    EXPECT_EQ(asked.pdu, rdp);
    EXPECT_EQ(asked.parameters, (DomainParameters{34, 2, 1, 1, 0, 1, kMaxMcspduSize, 2}));
}

TEST_F(Listener, OwnerRefusesWithResultAndUserData) {
    TransportId transport = ask(2);
    EXPECT_TRUE(machine.refuse(transport, Result::user_rejected, to_bytes("why")));
    auto pdu = decode_connect_pdu(one<ConnectListener::Send>(take()).tsdu);
    const auto& response = std::get<ConnectResponse>(*pdu);
    EXPECT_EQ(response.result, Result::user_rejected);
    EXPECT_EQ(response.user_data, to_bytes("why"));
    EXPECT_EQ(one<ConnectListener::Close>(out).transport, transport);
    EXPECT_TRUE(std::holds_alternative<ConnectListener::Send>(out[0])) << "the answer goes before the close";
    EXPECT_TRUE(all<ConnectListener::Withdrawn>(out).empty()) << "the owner knows";
}

TEST_F(Listener, OwnerMayAnswerWithTheParametersOfAFrozenDomain) {
    TransportId transport = ask(4);
    auto agreed =
        negotiate(offer_of(request(4, 2)), frozen({100, 50, 20, 1, 0, 3, 4096, 2}, default_parameter_range()));
    ASSERT_TRUE(agreed);
    EXPECT_TRUE(machine.accept(transport, *agreed, {}, kRandom, kStart));
    EXPECT_EQ(one<ConnectListener::Established>(take()).parameters, *agreed);
}

TEST_F(Listener, ConnectIdComesFromTheOwnersRandomSourceAndIsUnique) {
    auto [first, first_id] = half_done(2);
    auto [second, second_id] = half_done(2);
    EXPECT_EQ(first_id, kRandom & kConnectIdMask);
    EXPECT_NE(first_id, second_id);
    TransportId joined = add(second_id, DataPriority::high);
    EXPECT_EQ(one<ConnectListener::Established>(take()).transports, (std::vector{second, joined}));
}

TEST_F(Listener, AdditionalTransportsMayComeInAnyOrder) {
    auto [initial, id] = half_done(4);
    TransportId low = add(id, DataPriority::low);
    expect_result(low, (take(), Result::successful));
    TransportId high = add(id, DataPriority::high);
    take();
    TransportId medium = add(id, DataPriority::medium);
    EXPECT_EQ(one<ConnectListener::Established>(take()).transports, (std::vector{initial, high, medium, low}));
    expect_result(medium, Result::successful);
    EXPECT_TRUE(std::holds_alternative<ConnectListener::Send>(out[0])) << "the last result goes before the domain PDUs";
}

TEST_F(Listener, UnknownConnectIdHurtsNobodyElse) {
    auto [initial, id] = half_done(2);
    TransportId stray = add(id + 1, DataPriority::high);
    take();
    expect_result(stray, Result::unspecified_failure);
    EXPECT_EQ(one<ConnectListener::Close>(out).transport, stray);
    TransportId thief = add(id, DataPriority::high, "203.0.113.9");  // knows the id, but sits elsewhere
    take();
    expect_result(thief, Result::unspecified_failure);
    EXPECT_TRUE(all<ConnectListener::Withdrawn>(out).empty());
    add(id, DataPriority::high);
    EXPECT_EQ(all<ConnectListener::Established>(take()).size(), 1U);
    // The connection is complete: its id means nothing any more.
    TransportId late = add(id, DataPriority::high);
    take();
    expect_result(late, Result::unspecified_failure);
}

TEST_F(Listener, ConnectIdIsUnknownBeforeTheAnswer) {
    ask(2);
    TransportId early = add(0, DataPriority::high);
    take();
    expect_result(early, Result::unspecified_failure);
}

TEST_F(Listener, PriorityThatIsNotOpenEndsTheAttempt) {
    for (DataPriority wrong : {DataPriority::top, DataPriority::medium, DataPriority::low}) {
        auto [initial, id] = half_done(2);
        TransportId extra = add(id, wrong);
        expect_withdrawn(initial, 2);
        expect_result(extra, Result::unspecified_failure);
    }
    auto [initial, id] = half_done(3);
    add(id, DataPriority::high);
    take();
    add(id, DataPriority::high);  // already bound
    expect_withdrawn(initial, 3);
}

TEST_F(Listener, LossOfOneTransportDropsAll) {
    TransportId undecided = ask(1);
    machine.transport_lost(undecided);
    expect_withdrawn(undecided, 0);
    EXPECT_FALSE(machine.accept(undecided, request(1, 2).target_parameters, {}, kRandom, kStart));
    EXPECT_FALSE(machine.refuse(undecided, Result::user_rejected, {}));

    auto [initial, id] = half_done(3);
    TransportId high = add(id, DataPriority::high);
    take();
    machine.transport_lost(high);
    expect_withdrawn(initial, 1);

    auto [other, other_id] = half_done(3);
    add(other_id, DataPriority::high);
    take();
    machine.transport_lost(other);
    expect_withdrawn(other, 1);
}

TEST_F(Listener, NothingMayFlowBeforeTheConnectionIsComplete) {
    TransportId undecided = ask(1);
    machine.receive(undecided, hex("28"));
    expect_withdrawn(undecided, 1);

    auto [initial, id] = half_done(2);
    machine.receive(initial, hex("28"));
    expect_withdrawn(initial, 1);

    auto [third, third_id] = half_done(3);
    TransportId high = add(third_id, DataPriority::high);
    take();
    machine.receive(high, hex("28"));
    expect_withdrawn(third, 2);
}

TEST_F(Listener, ExtendedParametersMustBeProposedAndBearable) {
    const v3::ExtendedParameters unreliable{true, 0, {}};
    const v3::ExtendedParameterPdu wrong[] = {v3::ExtendedParameterPropose{unreliable, unreliable, unreliable, {}},
                                              v3::ExtendedParameterAccept{}};
    for (const auto& pdu : wrong) {
        auto [initial, id] = half_done(1, 3);
        machine.receive(initial, *v3::encode(pdu));
        expect_withdrawn(initial, 1);
    }
    auto [initial, id] = half_done(1, 3);
    machine.receive(initial, hex("ff"));  // neither known nor skippable
    expect_withdrawn(initial, 1);

    auto [good, good_id] = half_done(1, 3);
    machine.receive(good, hex("400500147d090100"));  // nonStandard: passed over
    EXPECT_TRUE(take().empty());
    machine.receive(good, *v3::encode(v3::ExtendedParameterPdu{v3::reliable_only()}));
    EXPECT_EQ(one<ConnectListener::Established>(take()).extended, v3::ExtendedParameters{});
}

TEST_F(Listener, SilenceIsBounded) {
    ListenerLimits limits;
    TransportId silent = open();
    EXPECT_EQ(machine.deadline(), kStart + limits.first_tsdu);
    machine.on_time(kStart + limits.first_tsdu - Duration{1});
    EXPECT_TRUE(take().empty());
    machine.on_time(kStart + limits.first_tsdu);
    EXPECT_EQ(one<ConnectListener::Close>(take()).transport, silent);

    ask(1);
    EXPECT_EQ(machine.deadline(), std::nullopt) << "a person may take long to admit somebody";

    auto [initial, id] = half_done(2);
    EXPECT_EQ(machine.deadline(), kStart + limits.completion);
    machine.on_time(kStart + limits.completion);
    expect_withdrawn(initial, 1);
}

TEST_F(Listener, TransportsAreBounded) {
    for (int i = 0; i < 6; ++i) open();
    EXPECT_TRUE(take().empty());
    TransportId refused = open();
    EXPECT_EQ(one<ConnectListener::Close>(take()).transport, refused);
    machine.transport_lost(TransportId{1});
    open();
    EXPECT_TRUE(take().empty());
}

}  // namespace
}  // namespace convene::mcs

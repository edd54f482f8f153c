// Both machines of the connect phase: back to back, and each against a peer that does everything wrong.
#include "mcs/connect.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "base/hex.hpp"
#include "base/overloaded.hpp"

namespace convene::mcs {
namespace {

constexpr Instant kStart{};
constexpr std::uint64_t kRandom = 0xFEDC'BA98'7654'3210;
const std::string kPeer = "192.0.2.7";

ConnectInitial request(std::uint64_t priorities, std::uint64_t version) {
    ParameterOffer offer = default_offer();
    offer.target.num_priorities = priorities;
    offer.target.protocol_version = version;
    offer.maximum.protocol_version = version;
    return {bytes({1}), bytes({1}), true, offer.target, offer.minimum, offer.maximum, to_bytes("create")};
}

Bytes octets(const ConnectPdu& pdu) { return *encode(pdu); }

template <class T, class Output>
std::vector<T> all(const std::vector<Output>& outputs) {
    std::vector<T> found;
    for (const Output& output : outputs)
        if (const T* one = std::get_if<T>(&output)) found.push_back(*one);
    return found;
}
template <class T, class Output>
T one(const std::vector<Output>& outputs) {
    auto found = all<T>(outputs);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? T{} : found[0];
}

/// A caller and a listener joined by wires; caller's transport n is the listener's transport 10 + n.
struct Pair {
    ConnectCaller caller;
    ConnectListener listener;
    std::vector<ConnectCaller::Output> seen_by_caller;
    std::vector<ConnectListener::Output> seen_by_listener;
    DomainParameters accepted{};
    bool last_opened_first = false;

    explicit Pair(ConnectInitial initial, ParameterRange range = default_parameter_range())
        : caller(std::move(initial)), listener(range) {}

    static TransportId far(unsigned number) { return TransportId{10 + number}; }

    void run() {
        open(0);
        for (int round = 0; round < 50 && step(); ++round) {
        }
    }
    void open(unsigned number) {
        listener.transport_opened(far(number), kPeer, kStart);
        caller.transport_opened(number, kStart);
    }
    bool step() {
        std::vector<ConnectCaller::Output> from_caller;
        std::vector<ConnectListener::Output> from_listener;
        caller.take_outputs(from_caller);
        if (last_opened_first) std::reverse(from_caller.begin(), from_caller.end());
        for (const auto& output : from_caller) act(output);
        listener.take_outputs(from_listener);
        for (const auto& output : from_listener) act(output);
        return !from_caller.empty() || !from_listener.empty();
    }
    void act(const ConnectCaller::Output& output) {
        seen_by_caller.push_back(output);
        if (const auto* send = std::get_if<ConnectCaller::Send>(&output))
            listener.receive(far(send->transport), send->tsdu);
        if (const auto* opened = std::get_if<ConnectCaller::Open>(&output)) open(opened->transport);
        if (const auto* close = std::get_if<ConnectCaller::Close>(&output))
            listener.transport_lost(far(close->transport));
    }
    void act(const ConnectListener::Output& output) {
        seen_by_listener.push_back(output);
        std::visit(overloaded{
                       [&](const ConnectListener::Send& send) {
                           caller.receive(send.transport.value - 10, send.tsdu, kStart);
                       },
                       [&](const ConnectListener::Close& close) { caller.transport_lost(close.transport.value - 10); },
                       [&](const ConnectListener::Requested& asked) {
                           accepted = asked.parameters;
                           EXPECT_TRUE(listener.accept(asked.transport, asked.parameters, to_bytes("created"), kRandom,
                                                       kStart));
                       },
                       [](const ConnectListener::Withdrawn&) {},
                       [](const ConnectListener::Established&) {},
                   },
                   output);
    }
};

TEST(Connect, HappyPathForEveryNumberOfPrioritiesAndVersion) {
    for (bool last_opened_first : {false, true}) {
        for (std::uint64_t version : {2U, 3U}) {
            for (std::uint64_t priorities = 1; priorities <= 4; ++priorities) {
                SCOPED_TRACE(std::to_string(priorities) + " priorities, version " + std::to_string(version));
                Pair pair(request(priorities, version));
                pair.last_opened_first = last_opened_first;
                pair.run();
                auto up = one<ConnectCaller::Established>(pair.seen_by_caller);
                auto down = one<ConnectListener::Established>(pair.seen_by_listener);
                EXPECT_EQ(up.parameters, down.parameters);
                EXPECT_EQ(up.parameters.protocol_version, version);
                EXPECT_EQ(up.transports, priorities);
                EXPECT_EQ(up.user_data, to_bytes("created"));
                EXPECT_TRUE(down.peer_is_below);
                ASSERT_EQ(down.transports.size(), priorities);
                for (unsigned n = 0; n < priorities; ++n) EXPECT_EQ(down.transports[n], Pair::far(n));
                EXPECT_EQ(up.extended.has_value(), version == 3);
                EXPECT_EQ(up.extended, down.extended);
                EXPECT_TRUE(all<ConnectCaller::Close>(pair.seen_by_caller).empty());
                EXPECT_TRUE(all<ConnectListener::Close>(pair.seen_by_listener).empty());
                EXPECT_EQ(pair.caller.deadline(), std::nullopt);
                EXPECT_EQ(pair.listener.deadline(), std::nullopt);
            }
        }
    }
}

TEST(Connect, Version3FallsBackToVersion2) {
    Pair pair(request(2, 3), without_version_3(default_parameter_range()));
    pair.run();
    auto up = one<ConnectCaller::Established>(pair.seen_by_caller);
    EXPECT_EQ(up.parameters.protocol_version, 2U);
    EXPECT_EQ(up.extended, std::nullopt);
    EXPECT_EQ(all<ConnectListener::Established>(pair.seen_by_listener).size(), 1U);
}

TEST(Connect, UnacceptableParametersAreRefusedAtOnce) {
    ParameterRange small = default_parameter_range();
    small.minimum.max_mcspdu_size = small.maximum.max_mcspdu_size = 1000;
    ConnectInitial initial = request(1, 2);
    initial.minimum_parameters.max_mcspdu_size = 1056;
    Pair pair(initial, small);
    pair.run();
    EXPECT_EQ(one<ConnectCaller::Refused>(pair.seen_by_caller).result, Result::parameters_unacceptable);
    EXPECT_EQ(one<ConnectListener::Close>(pair.seen_by_listener).why,
              "parameters unacceptable: maxMCSPDUsize would have to be at least 1056 and at most 1000");
    EXPECT_TRUE(all<ConnectListener::Requested>(pair.seen_by_listener).empty());
}

// --- the listener against hostile or clumsy callers ---

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

// --- the caller against hostile or clumsy listeners ---

struct Caller : testing::Test {
    std::optional<ConnectCaller> machine;
    std::vector<ConnectCaller::Output> out;

    const std::vector<ConnectCaller::Output>& take() {
        out.clear();
        machine->take_outputs(out);
        return out;
    }
    void call(std::uint64_t priorities, std::uint64_t version = 2) {
        machine.emplace(request(priorities, version));
        machine->transport_opened(0, kStart);
        auto sent = one<ConnectCaller::Send>(take());
        EXPECT_EQ(decode_connect_pdu(sent.tsdu), ConnectPdu(request(priorities, version)));
    }
    void answer(const DomainParameters& parameters, std::uint64_t id = 77) {
        machine->receive(0, octets(ConnectResponse{Result::successful, id, parameters, {}}), kStart);
    }
    void half_done(std::uint64_t priorities, std::uint64_t version = 2) {
        call(priorities, version);
        answer(request(priorities, version).target_parameters);
        take();
    }
    void expect_failed(std::size_t closed) {
        EXPECT_FALSE(one<ConnectCaller::Failed>(take()).why.empty());
        EXPECT_EQ(all<ConnectCaller::Close>(out).size(), closed);
        EXPECT_EQ(machine->deadline(), std::nullopt);
        machine->receive(0, octets(ConnectResponse{}), kStart);
        machine->transport_lost(0);
        machine->on_time(kStart + std::chrono::hours{1});
        EXPECT_TRUE(take().empty()) << "it ends once";
    }
};

TEST_F(Caller, TakesAnyAnswerInsideItsInterval) {
    call(1);
    answer({1, 1, 0, 1, 0, 1, kMinMcspduSize, 2});
    EXPECT_EQ(one<ConnectCaller::Established>(take()).parameters.max_mcspdu_size, kMinMcspduSize);
    call(1);
    answer({1, 1, 0, 1, 0, 1, kMinMcspduSize - 1, 2});
    expect_failed(1);
    call(1, 2);
    answer({1, 1, 0, 1, 0, 1, kMinMcspduSize, 3});
    expect_failed(1);
}

TEST_F(Caller, NumberOfPrioritiesIsTheListenersChoice) {
    call(1);
    DomainParameters four = request(4, 2).target_parameters;
    answer(four);
    EXPECT_EQ(all<ConnectCaller::Open>(take()).size(), 3U);
    for (std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{5}, ~std::uint64_t{0}}) {
        ConnectInitial careless = request(1, 2);  // its owner offers what does not exist
        careless.minimum_parameters.num_priorities = 0;
        careless.maximum_parameters.num_priorities = ~std::uint64_t{0};
        machine.emplace(careless);
        machine->transport_opened(0, kStart);
        take();
        four.num_priorities = wrong;
        answer(four);
        expect_failed(1);
    }
}

TEST_F(Caller, EveryRefusalIsReported) {
    for (int result = 1; result <= static_cast<int>(Result::user_rejected); ++result) {
        call(2);
        machine->receive(0, octets(ConnectResponse{static_cast<Result>(result), 0, {}, to_bytes("no")}), kStart);
        auto refused = one<ConnectCaller::Refused>(take());
        EXPECT_EQ(refused.result, static_cast<Result>(result));
        EXPECT_EQ(refused.user_data, to_bytes("no"));
        EXPECT_EQ(all<ConnectCaller::Close>(out).size(), 1U);
        EXPECT_TRUE(all<ConnectCaller::Failed>(out).empty());
    }
}

TEST_F(Caller, AnythingButTheAnswerIsAFailure) {
    for (const Bytes& wrong : {Bytes{}, hex("2e000006"), octets(ConnectResult{}), octets(request(1, 2))}) {
        call(1);
        machine->receive(0, wrong, kStart);
        expect_failed(1);
    }
}

TEST_F(Caller, AdditionalTransportsNameTheConnectionAndTheirPriority) {
    call(3);
    answer(request(3, 2).target_parameters, 0xABCDE);
    EXPECT_EQ(all<ConnectCaller::Open>(take()).size(), 2U);
    machine->transport_opened(2, kStart);
    auto sent = one<ConnectCaller::Send>(take());
    EXPECT_EQ(sent.transport, 2U);
    EXPECT_EQ(decode_connect_pdu(sent.tsdu), ConnectPdu(ConnectAdditional{0xABCDE, DataPriority::medium}));
    machine->receive(2, octets(ConnectResult{}), kStart);
    EXPECT_TRUE(take().empty());
    machine->transport_opened(1, kStart);
    take();
    machine->receive(1, octets(ConnectResult{}), kStart);
    EXPECT_EQ(one<ConnectCaller::Established>(take()).transports, 3U);
}

TEST_F(Caller, FailureOfOneTransportDropsAll) {
    half_done(3);
    machine->transport_opened(1, kStart);
    take();
    machine->receive(1, octets(ConnectResult{Result::unspecified_failure}), kStart);
    expect_failed(2);
    machine->transport_opened(2, kStart);  // had been on its way
    EXPECT_EQ(one<ConnectCaller::Close>(take()).transport, 2U);

    half_done(2);
    machine->transport_lost(1);  // could not be opened
    expect_failed(1);

    half_done(2);
    machine->transport_opened(1, kStart);
    take();
    machine->transport_lost(0);
    expect_failed(1);

    half_done(2);
    machine->transport_opened(1, kStart);
    take();
    machine->receive(1, octets(request(1, 2)), kStart);
    expect_failed(2);

    machine.emplace(request(1, 2));
    machine->transport_lost(0);
    expect_failed(0);
}

TEST_F(Caller, NothingMayFlowBeforeTheConnectionIsComplete) {
    half_done(2);
    machine->receive(0, hex("2e000006"), kStart);
    expect_failed(1);
    half_done(3);
    machine->transport_opened(1, kStart);
    machine->receive(1, octets(ConnectResult{}), kStart);
    take();
    machine->receive(1, hex("2e000006"), kStart);
    expect_failed(2);
}

TEST_F(Caller, ExtendedParametersMustBeAccepted) {
    const v3::ExtendedParameterPdu wrong[] = {v3::reliable_only(), v3::ExtendedParameterAccept{{true, 0, {}}, {}},
                                              v3::ExtendedParameterAccept{{false, 1, {}}, {}}};
    for (const auto& pdu : wrong) {
        half_done(1, 3);
        machine->receive(0, *v3::encode(pdu), kStart);
        expect_failed(1);
    }
    half_done(1, 3);
    machine->receive(0, hex("400500147d090100"), kStart);  // nonStandard: passed over
    EXPECT_TRUE(take().empty());
    machine->receive(0, *v3::encode(v3::ExtendedParameterPdu{v3::ExtendedParameterAccept{}}), kStart);
    EXPECT_EQ(one<ConnectCaller::Established>(take()).extended, v3::ExtendedParameters{});
}

TEST_F(Caller, SilenceIsBounded) {
    CallerLimits limits;
    call(1);
    EXPECT_EQ(machine->deadline(), kStart + limits.response);
    machine->on_time(kStart + limits.response - Duration{1});
    EXPECT_TRUE(take().empty());
    machine->on_time(kStart + limits.response);
    expect_failed(1);

    half_done(2);
    EXPECT_EQ(machine->deadline(), kStart + limits.completion);
    machine->on_time(kStart + limits.completion);
    expect_failed(1);
}

}  // namespace
}  // namespace convene::mcs

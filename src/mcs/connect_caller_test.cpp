// The caller against hostile or clumsy listeners.
#include "mcs/connect_testing.hpp"

namespace convene::mcs {
namespace {

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

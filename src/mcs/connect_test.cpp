// Both machines of the connect phase, back to back.
#include "mcs/connect_testing.hpp"

namespace convene::mcs {
namespace {

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

}  // namespace
}  // namespace convene::mcs

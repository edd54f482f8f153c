#include <gtest/gtest.h>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

constexpr ChannelId kBusyChannel{7};

DomainConfig config() {
    DomainConfig out;
    out.high_water = 1000;
    out.low_water = 200;
    out.queue_limit = 100'000;
    return out;
}

/// A top provider with a sender and a receiver below, each a connection.
struct Flow : ::testing::Test {
    Domain domain;
    std::uint8_t transports;
    ConnectionId sender, receiver;
    UserId sending{}, receiving{};
    std::vector<Output> outputs;

    explicit Flow(std::uint8_t count = 1, const DomainConfig& with = config()) : domain(with), transports(count) {
        sender = connect(sending);
        receiver = connect(receiving);
        receive(receiver, ChannelJoinRequest{receiving, kBusyChannel});
        written(receiver, 0, 0);
    }
    ConnectionId connect(UserId& user) {
        ConnectionId id = domain.add_connection({Orientation::below, domain.parameters(), 2, transports}, {});
        receive(id, AttachUserRequest{});
        user = domain.users_below(id).at(0);
        return id;
    }
    void receive(ConnectionId from, const DomainPdu& pdu, unsigned transport = 0) {
        domain.receive(from, transport, *encode_for(2, pdu), {});
        domain.take_outputs(outputs);
    }
    void send(std::size_t octets, DataPriority priority = DataPriority::top, unsigned transport = 0) {
        receive(sender, SendDataRequest{sending, kBusyChannel, priority, kWholeSdu, Slice(Bytes(octets))}, transport);
    }
    void written(ConnectionId id, unsigned transport, std::size_t left) {
        domain.on_transmitted(id, transport, 1, left, {});
        domain.take_outputs(outputs);
    }
    template <class Kind>
    std::size_t count() const {
        std::size_t out = 0;
        for (const Output& output : outputs) out += std::holds_alternative<Kind>(output) ? 1 : 0;
        return out;
    }
};

TEST_F(Flow, FullReceiverPausesTheSender) {
    send(900);
    EXPECT_EQ(count<Pause>(), 0U);
    EXPECT_FALSE(domain.is_congested(kBusyChannel, DataPriority::top));
    send(200);
    ASSERT_EQ(count<Pause>(), 1U);
    EXPECT_EQ(std::get<Pause>(outputs.back()).connection, sender);
    EXPECT_TRUE(domain.is_congested(kBusyChannel, DataPriority::top));
    send(200);  // was on its way
    EXPECT_EQ(count<Pause>(), 0U);
    written(receiver, 0, 500);
    EXPECT_EQ(count<Resume>(), 0U);
    written(receiver, 0, 200);
    ASSERT_EQ(count<Resume>(), 1U);
    EXPECT_EQ(std::get<Resume>(outputs[0]).connection, sender);
}

/// With room for somebody who says little.
struct WideFlow : Flow {
    static constexpr std::size_t kHigh = 64 * 1024, kTrickle = kHigh / 64;
    static DomainConfig wide() {
        DomainConfig out;
        out.high_water = kHigh;
        out.low_water = kHigh / 4;
        return out;
    }
    UserId drawing{};
    ConnectionId artist;
    WideFlow() : Flow(1, wide()), artist(connect(drawing)) {
        for (int i = 0; i < 10; ++i) send(kHigh / 8);
        EXPECT_EQ(domain.paused(), 1U) << "who fills the queue waits";
    }
    void draw(std::size_t octets) {
        receive(artist, SendDataRequest{drawing, kBusyChannel, DataPriority::high, kWholeSdu, Slice(Bytes(octets))});
    }
};

TEST_F(WideFlow, WhoAddsLittleToWhatOthersFilledGoesOn) {
    for (int i = 0; i < 10; ++i) draw(kTrickle / 20);
    EXPECT_EQ(domain.paused(), 1U);
    for (int i = 0; i < 20; ++i) draw(kTrickle / 20);
    EXPECT_EQ(domain.paused(), 2U) << "that was not little any more";
    written(receiver, 0, 0);
    EXPECT_EQ(domain.paused(), 0U);
    EXPECT_EQ(count<Resume>(), 2U);
    for (int i = 0; i < 10; ++i) send(kHigh / 8);
    for (int i = 0; i < 10; ++i) draw(kTrickle / 20);
    EXPECT_EQ(domain.paused(), 1U) << "it begins anew";
}

TEST_F(WideFlow, NobodyGoesOnAtTwiceTheMark) {
    for (int i = 0; i < 10; ++i) send(kHigh / 8);
    draw(1);
    EXPECT_EQ(domain.paused(), 2U);
}

TEST_F(Flow, EachDecisionIsCountedOnce) {
    send(2000, DataPriority::medium);
    send(2000, DataPriority::low);  // was on its way
    EXPECT_EQ(domain.flow_counts().of(DataPriority::medium), 1U);
    EXPECT_EQ(domain.flow_counts().of(DataPriority::low), 0U);
    EXPECT_EQ(domain.paused(), 1U);
    EXPECT_EQ(domain.flow_counts().resumes, 0U);
    written(receiver, 0, 0);
    EXPECT_EQ(domain.flow_counts().resumes, 1U);
    EXPECT_EQ(domain.paused(), 0U);
    send(2000, DataPriority::low);
    domain.connection_lost(sender, {});
    EXPECT_EQ(domain.flow_counts().of(DataPriority::low), 1U);
    EXPECT_EQ(domain.flow_counts().resumes, 1U) << "who has gone is not resumed";
    EXPECT_EQ(domain.paused(), 0U);
    EXPECT_EQ(domain.flow_counts().overflows, 0U);
}

TEST_F(Flow, SenderWaitsForTheSlowest) {
    UserId other_user{};
    ConnectionId other = connect(other_user);
    receive(other, ChannelJoinRequest{other_user, kBusyChannel});
    send(2000);
    EXPECT_EQ(count<Pause>(), 1U);
    written(other, 0, 0);
    EXPECT_EQ(count<Resume>(), 0U);
    written(receiver, 0, 0);
    EXPECT_EQ(count<Resume>(), 1U);
}

TEST_F(Flow, GoneReceiverPausesNobody) {
    send(2000);
    domain.connection_lost(receiver, {});
    domain.take_outputs(outputs);
    EXPECT_EQ(count<Resume>(), 1U);
}

TEST_F(Flow, ControlDoesNotPause) {
    for (int i = 0; i < 300; ++i) receive(sender, ChannelJoinRequest{sending, ChannelId{8}});
    EXPECT_EQ(count<Pause>(), 0U);
}

TEST_F(Flow, RequestsWaitForAFullSuperior) {
    Domain middle{config()};
    ConnectionId above = middle.add_connection({Orientation::above, middle.parameters(), 2, 1}, {});
    ConnectionId below = middle.add_connection({Orientation::below, middle.parameters(), 2, 1}, {});
    middle.take_outputs(outputs);
    std::size_t pauses = 0;
    for (int i = 0; i < 300; ++i) {
        middle.receive(below, 0, *encode_for(2, DomainPdu{MergeChannelsRequest{{}, {ChannelId{9}}}}), {});
        middle.take_outputs(outputs);
        pauses += count<Pause>();
    }
    EXPECT_EQ(pauses, 1U);
    middle.on_transmitted(above, 0, 300, 0, {});
    middle.take_outputs(outputs);
    ASSERT_EQ(count<Resume>(), 1U);
    EXPECT_EQ(std::get<Resume>(outputs[0]).connection, below);
}

TEST_F(Flow, OverflowingReceiverIsClosed) {
    for (int i = 0; i < 20; ++i) {
        send(10'000);
        if (count<Close>() == 0) continue;
        EXPECT_EQ(count<Resume>(), 1U);
        break;
    }
    EXPECT_EQ(domain.flow_counts().overflows, 1U);
    EXPECT_EQ(domain.connection_of(receiving), std::nullopt);
    EXPECT_EQ(domain.connections().size(), 1U);
    EXPECT_EQ(domain.channels().find(kBusyChannel), nullptr);
}

struct FlowOfPriorities : Flow {
    FlowOfPriorities() : Flow(2) {}
};

TEST_F(FlowOfPriorities, FullLowerTransportPausesOnlyItsOwnKind) {
    send(2000, DataPriority::low, 1);
    ASSERT_EQ(count<Pause>(), 1U);
    EXPECT_EQ(std::get<Pause>(outputs.back()).transport, 1);
    send(10);
    EXPECT_EQ(count<Pause>(), 0U);
    EXPECT_TRUE(domain.is_congested(kBusyChannel, DataPriority::low));
    EXPECT_FALSE(domain.is_congested(kBusyChannel, DataPriority::top));
}

/// Enforced throughput: 10000 octets per second with PDUs of 1000.
struct Enforcement : ::testing::Test {
    Domain domain{[] {
        DomainConfig out;
        out.parameters.min_throughput = 10'000;
        out.parameters.max_mcspdu_size = 1000;
        return out;
    }()};
    AttachmentId local = domain.attach();
    ConnectionId child = domain.add_connection({Orientation::below, domain.parameters(), 2, 1}, Instant{});
    std::vector<Output> outputs;

    Enforcement() {
        domain.receive(child, 0, *encode_for(2, DomainPdu{AttachUserRequest{}}), Instant{});
        UserId user = domain.users_below(child).at(0);
        domain.receive(child, 0, *encode_for(2, DomainPdu{ChannelJoinRequest{user, kBusyChannel}}), Instant{});
        domain.on_transmitted(child, 0, 2, 0, Instant{});
        domain.take_outputs(outputs);
        domain.on_transmitted(child, 0, 2, 0, Instant{});
    }
    void send(Instant now) {
        domain.on_time(now);
        domain.send(local, kBusyChannel, DataPriority::top, false, Slice(Bytes(900)));
        domain.take_outputs(outputs);
    }
};

TEST_F(Enforcement, NothingQueuedNothingWatched) {
    EXPECT_EQ(domain.interval(), 1000U);
    EXPECT_FALSE(domain.deadline());
}

TEST_F(Enforcement, SlowReceiverIsClosed) {
    Instant start{};
    send(start);
    ASSERT_TRUE(domain.deadline());
    EXPECT_EQ(*domain.deadline(), start + std::chrono::seconds(1));
    domain.on_transmitted(child, 0, 9, 500, start + std::chrono::milliseconds(500));
    EXPECT_EQ(domain.flow_counts().too_slow, 0U);
    domain.on_time(*domain.deadline());
    EXPECT_EQ(domain.flow_counts().too_slow, 1U);
    EXPECT_EQ(domain.connections().size(), 0U);
    domain.take_outputs(outputs);
    EXPECT_TRUE(std::holds_alternative<Close>(outputs[1]));
}

TEST_F(Enforcement, FastEnoughReceiverStays) {
    Instant now{};
    send(now);
    for (int second = 0; second < 3; ++second) {
        now += std::chrono::milliseconds(900);
        domain.on_transmitted(child, 0, 10, 500, now);
        domain.on_time(now);
        EXPECT_EQ(domain.connections().size(), 1U);
        EXPECT_EQ(*domain.deadline(), now + std::chrono::seconds(1)) << "what came before is no credit";
    }
    domain.on_transmitted(child, 0, 1, 0, now);
    EXPECT_FALSE(domain.deadline());
}

TEST_F(Enforcement, SuperiorIsMorePatient) {
    domain.receive(child, 0, *encode_for(2, DomainPdu{ErectDomainRequest{0, 5000}}), Instant{});
    EXPECT_EQ(domain.interval(), 6000U);
    // With others below it, it may have to wait for one of those.
    domain.receive(child, 0, *encode_for(2, DomainPdu{ErectDomainRequest{1, 5000}}), Instant{});
    EXPECT_EQ(domain.interval(), 21'000U);
}

TEST_F(Enforcement, WhoWaitsForASteadyReceiverDoesNotWaitLong) {
    domain.receive(child, 0, *encode_for(2, DomainPdu{AttachUserRequest{}}), Instant{});
    ConnectionId sender = domain.add_connection({Orientation::below, domain.parameters(), 2, 1}, Instant{});
    domain.receive(sender, 0, *encode_for(2, DomainPdu{AttachUserRequest{}}), Instant{});
    const UserId user = domain.users_below(sender).at(0);
    domain.take_outputs(outputs);
    const DomainPdu pdu = SendDataRequest{user, kBusyChannel, DataPriority::top, kWholeSdu, Slice(Bytes(900))};
    for (int i = 0; i < 700 && domain.paused() == 0; ++i) {
        domain.receive(sender, 0, *encode_for(2, pdu), Instant{});
        domain.take_outputs(outputs);
    }
    ASSERT_EQ(domain.paused(), 1U);
    // A quarter of a second's worth is enough, where it would be 384 KiB without a throughput that is demanded.
    const std::size_t high = DomainConfig{}.high_water;
    domain.on_transmitted(child, 0, 1, high - 2000, Instant{});
    EXPECT_EQ(domain.paused(), 1U);
    domain.on_transmitted(child, 0, 1, high - 2500, Instant{});
    EXPECT_EQ(domain.paused(), 0U);
}

}  // namespace
}  // namespace convene::mcs

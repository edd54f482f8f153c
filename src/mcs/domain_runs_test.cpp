// Frames of one sender that lie side by side leave side by side, and whatever happens between two of them is seen.
#include <gtest/gtest.h>

#include <random>

#include "mcs/testing.hpp"

namespace convene::mcs {
namespace {

constexpr ChannelId kRelayed{7};
constexpr ChannelId kOther{8};

struct Runs : ::testing::Test {
    Domain domain;
    std::vector<Output> outputs;
    ConnectionId sender = connect(), first = connect(), second = connect();
    UserId speaker = attach(sender), listener = attach(first);

    Runs() {
        join(first, listener, kRelayed);
        join(second, attach(second), kRelayed);
    }
    ConnectionId connect(Orientation orientation = Orientation::below, Version version = 2) {
        return domain.add_connection({orientation, domain.parameters(), version, 1}, {});
    }
    UserId attach(ConnectionId below) {
        receive(below, AttachUserRequest{});
        domain.take_outputs(outputs);
        return *std::get<AttachUserConfirm>(*decode_domain_pdu(std::get<Transmit>(outputs.at(0)).tsdu.payload))
                    .initiator;
    }
    void join(ConnectionId below, UserId user, ChannelId channel) {
        receive(below, ChannelJoinRequest{user, channel});
        domain.take_outputs(outputs);
    }
    void receive(ConnectionId from, const DomainPdu& pdu) { domain.receive(from, 0, *encode_for(2, pdu), {}); }

    DomainPdu request(std::string_view text, ChannelId channel = kRelayed) const {
        return SendDataRequest{speaker, channel, DataPriority::high, kWholeSdu, Slice(as_bytes(text))};
    }
    /// As they are received: TSDUs in one buffer, each behind its frame.
    static std::vector<t123::Tsdu> side_by_side(const std::vector<DomainPdu>& pdus) {
        Bytes octets;
        std::vector<std::size_t> ends;
        for (const DomainPdu& pdu : pdus) {
            t123::Tsdu tsdu = framed_copy(encode_for(2, pdu)->payload);
            append(octets, tsdu.payload.widened_front(t123::kDataHeaderSize));
            ends.push_back(octets.size());
        }
        Slice block{octets};
        std::vector<t123::Tsdu> out;
        std::size_t at = 0;
        for (std::size_t end : ends) {
            at += t123::kDataHeaderSize;
            out.push_back({block.sub(at, end - at), true});
            at = end;
        }
        return out;
    }
    /// What goes to `to`, PDU by PDU.
    std::vector<DomainPdu> sent_to(ConnectionId to) const {
        std::vector<DomainPdu> out;
        for (const Output& output : outputs) {
            if (const auto* t = std::get_if<Transmit>(&output); t != nullptr && t->connection == to)
                out.push_back(*decode_domain_pdu(t->tsdu.payload));
            const auto* run = std::get_if<TransmitRun>(&output);
            if (run == nullptr || run->connection != to) continue;
            std::uint32_t count = 0;
            t123::for_each_tsdu(run->frames, [&](const t123::Tsdu& tsdu) {
                ++count;
                EXPECT_LE(tsdu.payload.size() + t123::kDataHeaderSize, run->longest);
                out.push_back(*decode_domain_pdu(tsdu.payload));
            });
            EXPECT_EQ(count, run->count);
        }
        return out;
    }
    std::vector<std::string> texts(ConnectionId to) const {
        std::vector<std::string> out;
        for (const DomainPdu& pdu : sent_to(to)) {
            if (const auto* data = std::get_if<SendDataIndication>(&pdu)) {
                EXPECT_EQ(data->initiator, speaker);
                out.emplace_back(as_text(data->user_data));
            }
        }
        return out;
    }
    std::size_t runs() const {
        std::size_t count = 0;
        for (const Output& output : outputs) count += std::holds_alternative<TransmitRun>(output) ? 1 : 0;
        return count;
    }
};

using Texts = std::vector<std::string>;

TEST_F(Runs, FramesSideBySideLeaveTogether) {
    for (auto& tsdu : side_by_side({request("one"), request("number two"), request("3")}))
        domain.receive(sender, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(outputs.size(), 2U);
    EXPECT_EQ(runs(), 2U);
    EXPECT_EQ(texts(first), (Texts{"one", "number two", "3"}));
    EXPECT_EQ(texts(second), texts(first));
    EXPECT_TRUE(texts(sender).empty());
    EXPECT_EQ(domain.data_counts().of(ChannelKind::permanent, DataPriority::high).pdus, 3u);
    EXPECT_EQ(domain.data_counts().of(ChannelKind::permanent, DataPriority::high).octets, 3u + 10u + 1u);
}

TEST_F(Runs, EachTakingOfOutputsEndsOne) {
    for (auto& tsdu : side_by_side({request("one"), request("two")})) {
        domain.receive(sender, 0, std::move(tsdu), {});
        domain.take_outputs(outputs);
        EXPECT_EQ(runs(), 0U);
        EXPECT_EQ(texts(first).size(), 1U);
    }
}

TEST_F(Runs, WhoJoinsBetweenTwoFramesGetsTheSecond) {
    ConnectionId late = connect();
    UserId user = attach(late);
    auto tsdus = side_by_side({request("one"), request("two")});
    domain.receive(sender, 0, std::move(tsdus[0]), {});
    receive(late, ChannelJoinRequest{user, kRelayed});
    domain.receive(sender, 0, std::move(tsdus[1]), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(texts(late), Texts{"two"});
    EXPECT_EQ(texts(first), (Texts{"one", "two"}));
}

TEST_F(Runs, WhoIsLostBetweenTwoFramesIsWrittenToNoMore) {
    auto tsdus = side_by_side({request("one"), request("two")});
    domain.receive(sender, 0, std::move(tsdus[0]), {});
    domain.connection_lost(second, {});
    domain.receive(sender, 0, std::move(tsdus[1]), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(texts(second), Texts{"one"});
    EXPECT_EQ(texts(first), (Texts{"one", "two"}));
}

TEST_F(Runs, AnotherChannelBeginsAnotherRun) {
    join(first, listener, kOther);
    for (auto& tsdu : side_by_side({request("a"), request("b"), request("c", kOther), request("d", kOther)}))
        domain.receive(sender, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(texts(first), (Texts{"a", "b", "c", "d"}));
    EXPECT_EQ(texts(second), (Texts{"a", "b"}));
}

TEST_F(Runs, ForgedSendersAreFoundWithinARun) {
    auto tsdus = side_by_side({request("mine"), SendDataRequest{listener, kRelayed, DataPriority::high, kWholeSdu,
                                                                Slice(as_bytes("not mine"))}});
    for (auto& tsdu : tsdus) domain.receive(sender, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(texts(second), Texts{"mine"});
}

TEST_F(Runs, LocalUsersAndOtherVersionsHearEveryFrame) {
    AttachmentId local = domain.attach();
    domain.join(local, kRelayed);
    domain.take_outputs(outputs);
    for (auto& tsdu : side_by_side({request("one"), request("two")})) domain.receive(sender, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    std::size_t heard = 0;
    for (const Output& output : outputs) {
        const auto* event = std::get_if<UserEvent>(&output);
        heard += event != nullptr && std::holds_alternative<DataIndication>(event->event) ? 1 : 0;
    }
    EXPECT_EQ(heard, 2U);
    EXPECT_EQ(texts(first), (Texts{"one", "two"}));
}

TEST_F(Runs, SenderOfUniformDataGetsItBack) {
    join(sender, speaker, kRelayed);
    auto uniform = [&](std::string_view text) {
        return DomainPdu{
            UniformSendDataRequest{speaker, kRelayed, DataPriority::high, kWholeSdu, Slice(as_bytes(text))}};
    };
    for (auto& tsdu : side_by_side({uniform("one"), uniform("two")})) domain.receive(sender, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    EXPECT_EQ(runs(), 3U);
    EXPECT_EQ(sent_to(sender), sent_to(first));
    EXPECT_EQ(sent_to(sender).size(), 2U);
}

/// Two domains that see the same, one of them TSDU by TSDU.
struct RunsAtOnce : Runs {
    struct Other : Runs {
        void TestBody() override {}
    };
    Other one_by_one;

    /// What the sender sends next, of everything that can begin, extend or end a run.
    DomainPdu any(std::mt19937& random) {
        const std::string text(random() % 300, 'x');
        const auto priority = random() % 8 == 0 ? DataPriority::low : DataPriority::high;
        const ChannelId channel = random() % 6 == 0 ? kOther : kRelayed;
        switch (random() % 24) {
            case 0:
                return UniformSendDataRequest{speaker, channel, priority, kWholeSdu, Slice(as_bytes(text))};
            case 1:
                return SendDataRequest{listener, channel, priority, kWholeSdu, Slice(as_bytes(text))};
            case 2:
                return ChannelJoinRequest{speaker, random() % 2 == 0 ? kOther : kRelayed};
            case 3:
                return ChannelLeaveRequest{{kRelayed}};
            case 4:
                return SendDataRequest{speaker, channel, priority, {true, false}, Slice(as_bytes(text))};
            default:
                return SendDataRequest{speaker, channel, priority, kWholeSdu, Slice(as_bytes(text))};
        }
    }
};

TEST_F(RunsAtOnce, AreWhatTheyAreOneByOne) {
    std::mt19937 random(5);
    std::size_t together = 0;
    for (int turn = 0; turn < 500; ++turn) {
        std::vector<DomainPdu> pdus;
        for (std::size_t count = 2 + random() % 30; count > 0; --count) pdus.push_back(any(random));
        Bytes octets;
        for (const auto& tsdu : side_by_side(pdus)) append(octets, tsdu.payload.widened_front(t123::kDataHeaderSize));
        domain.receive_run(sender, 0, Slice{octets}, {});
        for (auto& tsdu : side_by_side(pdus)) one_by_one.domain.receive(one_by_one.sender, 0, std::move(tsdu), {});
        domain.take_outputs(outputs);
        one_by_one.domain.take_outputs(one_by_one.outputs);
        for (ConnectionId to : {sender, first, second}) ASSERT_EQ(sent_to(to), one_by_one.sent_to(to)) << turn;
        ASSERT_EQ(outputs.size(), one_by_one.outputs.size());
        together += runs();
    }
    EXPECT_GT(together, 1000U) << "that this was a test at all";
    for (auto priority : {DataPriority::high, DataPriority::low}) {
        const auto& here = domain.data_counts().of(ChannelKind::permanent, priority);
        const auto& there = one_by_one.domain.data_counts().of(ChannelKind::permanent, priority);
        EXPECT_EQ(here.pdus, there.pdus);
        EXPECT_EQ(here.octets, there.octets);
    }
}

TEST_F(RunsAtOnce, OfALostConnectionAreIgnored) {
    Bytes octets;
    for (const auto& tsdu : side_by_side({request("one"), request("two")}))
        append(octets, tsdu.payload.widened_front(t123::kDataHeaderSize));
    domain.connection_lost(sender, {});
    domain.take_outputs(outputs);
    domain.receive_run(sender, 0, Slice{octets}, {});
    domain.take_outputs(outputs);
    EXPECT_TRUE(outputs.empty());
}

TEST(RunsFromAbove, TravelOnDownwards) {
    Domain domain;
    std::vector<Output> outputs;
    ConnectionId above = domain.add_connection({Orientation::above, domain.parameters(), 2, 1}, {});
    ConnectionId below = domain.add_connection({Orientation::below, domain.parameters(), 2, 1}, {});
    auto receive = [&](ConnectionId from, const DomainPdu& pdu) {
        domain.receive(from, 0, *encode_for(2, pdu), {});
        domain.take_outputs(outputs);
    };
    UserId user{6000};
    receive(below, AttachUserRequest{});
    receive(above, AttachUserConfirm{Result::successful, user});
    receive(below, ChannelJoinRequest{user, kRelayed});
    receive(above, ChannelJoinConfirm{Result::successful, user, kRelayed, kRelayed});
    std::vector<DomainPdu> data(
        2, SendDataIndication{UserId{7000}, kRelayed, DataPriority::high, kWholeSdu, Slice(as_bytes("down"))});
    for (auto& tsdu : Runs::side_by_side(data)) domain.receive(above, 0, std::move(tsdu), {});
    domain.take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 1U);
    const auto& run = std::get<TransmitRun>(outputs[0]);
    EXPECT_EQ(run.connection, below);
    EXPECT_EQ(run.count, 2U);
}

}  // namespace
}  // namespace convene::mcs

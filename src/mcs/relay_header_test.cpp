#include "mcs/relay_header.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/hex.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/pdu_routing.hpp"

namespace convene::mcs {
namespace {

/// What the schema decoder makes of the same octets.
void expect_agreement(const Bytes& octets) {
    auto header = read_relay_header(octets);
    auto pdu = decode_domain_pdu(Slice(octets));
    ASSERT_EQ(header.has_value(), pdu.has_value())
        << to_hex(ByteView(octets).first(std::min<std::size_t>(octets.size(), 16)));
    if (!pdu) return;
    EXPECT_EQ(static_cast<std::size_t>(header->kind), pdu->index());
    EXPECT_EQ(user_octets_of_next(*header, octets), header->user_octets(octets));
    std::visit(
        [&](const auto& kind) {
            if constexpr (is_data<std::decay_t<decltype(kind)>>) {
                EXPECT_EQ(header->initiator, kind.initiator);
                EXPECT_EQ(header->channel, kind.channel);
                EXPECT_EQ(header->priority, kind.priority);
                EXPECT_EQ(header->segmentation, kind.segmentation);
                if (header->fragmented) return;
                EXPECT_TRUE(equal(ByteView(octets).subspan(header->data_offset, header->data_size), kind.user_data));
            } else {
                ADD_FAILURE() << "not data";
            }
        },
        *pdu);
}

template <class Pdu>
void try_sizes() {
    for (std::size_t size : {0, 1, 127, 128, 300, 16'383, 16'384, 16'385, 40'000, 65'536, 70'000}) {
        Bytes data(size, std::byte{0x5A});
        Pdu pdu{UserId{1007}, ChannelId{1003}, DataPriority::medium, {true, false}, Slice(data)};
        auto octets = encode_domain_pdu(DomainPdu{pdu});
        ASSERT_TRUE(octets);
        EXPECT_TRUE(carries_data(*octets));
        expect_agreement(*octets);
        for (std::size_t cut : {std::size_t{1}, std::size_t{2}, octets->size() / 2}) {
            Bytes shorter(*octets);
            shorter.resize(octets->size() - std::min(cut, octets->size()));
            if (!shorter.empty()) expect_agreement(shorter);
        }
    }
}

TEST(RelayHeader, AgreesWithTheSchemaForEverySize) {
    try_sizes<SendDataRequest>();
    try_sizes<SendDataIndication>();
    try_sizes<UniformSendDataRequest>();
    try_sizes<UniformSendDataIndication>();
}

TEST(RelayHeader, AgreesWithTheSchemaOnRandomOctets) {
    std::mt19937 random(1);
    for (int i = 0; i < 20'000; ++i) {
        Bytes octets(random() % 40 + 1);
        for (std::byte& octet : octets) octet = static_cast<std::byte>(random());
        octets[0] = static_cast<std::byte>((25 + random() % 4) << 2 | random() % 4);
        if (octets.size() > 6 && random() % 2 == 0) octets[6] = static_cast<std::byte>(random() % 40);
        expect_agreement(octets);
    }
}

TEST(RelayHeader, KnowsWhatIsTheNextOfARun) {
    const Bytes octets = hex("64 00 06 03 eb 70 05 01 02 03 04 05");
    const RelayHeader first = *read_relay_header(octets);
    auto next = [&](std::size_t at, unsigned value) {
        Bytes changed(octets);
        changed[at] = static_cast<std::byte>(value);
        return user_octets_of_next(first, changed);
    };
    EXPECT_EQ(next(5, 0x70), 5U);
    EXPECT_EQ(next(5, 0x60), 5U) << "another segment";
    EXPECT_EQ(next(6, 0x03), 3U) << "shorter";
    EXPECT_EQ(next(6, 0x06), std::nullopt) << "longer than what is there";
    EXPECT_EQ(next(0, 0x68), std::nullopt) << "an indication";
    EXPECT_EQ(next(0, 0x6C), std::nullopt) << "uniform";
    EXPECT_EQ(next(2, 0x07), std::nullopt) << "another sender";
    EXPECT_EQ(next(4, 0xEC), std::nullopt) << "another channel";
    EXPECT_EQ(next(5, 0xB0), std::nullopt) << "another priority";
    EXPECT_EQ(user_octets_of_next(first, ByteView(octets).first(6)), std::nullopt);
}

TEST(RelayHeader, ReadsKnownOctets) {
    auto header = read_relay_header(hex("64 00 06 03 eb 70 05 01 02 03 04 05"));
    ASSERT_TRUE(header);
    EXPECT_EQ(header->initiator, UserId{1007});
    EXPECT_EQ(header->channel, ChannelId{1003});
    EXPECT_EQ(header->priority, DataPriority::high);
    EXPECT_EQ(header->segmentation, kWholeSdu);
    EXPECT_EQ(header->data_offset, 7U);
    EXPECT_EQ(header->data_size, 5U);
}

TEST(RelayHeader, IndicationDiffersInTheFirstOctetAlone) {
    for (bool uniform : {false, true}) {
        SendDataRequest plain{UserId{1007}, ChannelId{1003}, DataPriority::low, {false, true}, Slice(as_bytes("data"))};
        UniformSendDataRequest same{plain.initiator, plain.channel, plain.priority, plain.segmentation,
                                    plain.user_data};
        Bytes request = *encode_domain_pdu(uniform ? DomainPdu{same} : DomainPdu{plain});
        SendDataIndication down{plain.initiator, plain.channel, plain.priority, plain.segmentation, plain.user_data};
        UniformSendDataIndication same_down{plain.initiator, plain.channel, plain.priority, plain.segmentation,
                                            plain.user_data};
        Bytes indication = *encode_domain_pdu(uniform ? DomainPdu{same_down} : DomainPdu{down});
        turn_into_indication(request.data());
        EXPECT_EQ(to_hex(request), to_hex(indication));
    }
}

TEST(RelayHeader, OtherPdusCarryNoData) {
    EXPECT_FALSE(carries_data({}));
    for (unsigned index = 0; index < 64; ++index)
        EXPECT_EQ(carries_data(bytes({index << 2})), index >= 25 && index <= 28);
}

}  // namespace
}  // namespace convene::mcs

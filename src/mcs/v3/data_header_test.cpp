#include "mcs/v3/data_header.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "mcs/v3/convert.hpp"
#include "mcs/v3/domain_pdu.hpp"

namespace convene::mcs::v3 {
namespace {

Bytes joined(const DataParts& parts) {
    Bytes out;
    auto pieces = join_data(parts);
    EXPECT_TRUE(pieces);
    for (const Slice& piece : *pieces) append(out, piece);
    return out;
}

const char* const kPdus[] = {
    "3200000603eb8c03010203",                          // sendDataRequest, top
    "3200000603ebbc03010203",                          // low
    "3280000603eb0000003801aa",                        // unreliable, with a domain reference
    "32e0000603eb80ffff180001ff018000b500534c020102",  // total size and nonStandard
    "3480000603eb000201580101",                        // sendDataIndication
    "3600000603eb840178",                              // uniformSendDataRequest, last segment
    "38c0000603eb0000041801780101",                    // uniformSendDataIndication
    "3300000603eb8c03010203 01 02ffee",                // one member of a newer edition
    "3320000603eb8c01aa 00 01 0100",                   // an empty nonStandard list before it
    "3200000603ebc0000100c001aa",                      // a priority of a newer edition
};

TEST(V3DataHeader, SplitAndJoinGiveTheSameOctets) {
    for (const char* text : kPdus) {
        SCOPED_TRACE(text);
        Slice pdu(hex(text));
        EXPECT_TRUE(v3::carries_data(pdu));
        auto parts = split_data(pdu);
        ASSERT_TRUE(parts) << parts.error().message();
        EXPECT_EQ(to_hex(joined(*parts)), to_hex(pdu));
    }
}

TEST(V3DataHeader, AgreesWithTheSchema) {
    for (const char* text : kPdus) {
        SCOPED_TRACE(text);
        Slice pdu(hex(text));
        auto parts = split_data(pdu);
        auto decoded = decode_domain_pdu(pdu);
        ASSERT_TRUE(parts && decoded) << decoded.error().message();
        EXPECT_EQ(decoded->index(), static_cast<std::size_t>(parts->header.kind));
        std::visit(
            [&](const auto& value) {
                if constexpr (requires { value.reliability; }) {
                    EXPECT_EQ(value.initiator, parts->header.initiator);
                    EXPECT_EQ(value.channel, parts->header.channel);
                    EXPECT_EQ(value.reliability, parts->header.reliability);
                    EXPECT_EQ(value.domain_reference_id, parts->header.domain_reference_id);
                    EXPECT_EQ(value.priority, parts->header.priority);
                    EXPECT_EQ(value.segmentation, parts->header.segmentation);
                    EXPECT_EQ(value.user_data, parts->user_data);
                    EXPECT_EQ(value.total_data_size.has_value(), parts->header.has_total_data_size);
                    EXPECT_EQ(value.non_standard.has_value(), parts->header.has_non_standard);
                } else {
                    FAIL() << "no data PDU";
                }
            },
            *decoded);
    }
}

TEST(V3DataHeader, CopiesNoData) {
    Slice pdu(hex("38c0000603eb0000041801780101"));
    auto parts = split_data(pdu);
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->user_data.data(), pdu.data() + 11);
    EXPECT_EQ(parts->trailer.data(), pdu.data() + 12);
    parts->header.kind = DataKind::indication;
    auto pieces = join_data(*parts);
    ASSERT_TRUE(pieces);
    ASSERT_EQ(pieces->size(), 3U);
    EXPECT_EQ(to_hex((*pieces)[0]), "34c0000603eb0000041801");
    EXPECT_EQ((*pieces)[1].data(), parts->user_data.data());
    EXPECT_EQ((*pieces)[2].data(), parts->trailer.data());
}

TEST(V3DataHeader, LongDataIsFragmentedAsTheCodecDoes) {
    for (std::size_t size : {127U, 128U, 16383U, 16384U, 16385U, 40000U, 65536U, 70000U, 131072U}) {
        SCOPED_TRACE(size);
        Bytes data(size);
        for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::byte>(i * 7);
        mcs::SendDataIndication pdu{UserId{1007}, ChannelId{1003}, DataPriority::high, kWholeSdu, Slice(data)};
        auto whole = encode(mcs::DomainPdu(pdu));
        ASSERT_TRUE(whole);
        auto parts = split_data(Slice(*whole));
        ASSERT_TRUE(parts);
        EXPECT_TRUE(equal(parts->user_data, data));
        EXPECT_EQ(joined(*parts), *whole);
    }
}

TEST(V3DataHeader, BetweenTheVersions) {
    RelayHeader header;
    header.kind = DataKind::uniform_indication;
    header.initiator = UserId{1007};
    header.channel = ChannelId{1003};
    header.priority = DataPriority::medium;
    header.segmentation = {true, false};
    Slice data(bytes({1, 2, 3}));
    auto whole = encode(mcs::DomainPdu(
        mcs::UniformSendDataIndication{header.initiator, header.channel, header.priority, header.segmentation, data}));
    ASSERT_TRUE(whole);
    EXPECT_EQ(joined(from_version_2(header, data)), *whole);

    auto parts = split_data(Slice(hex("32e0000603eb80ffff180001ff018000b500534c020102")));
    ASSERT_TRUE(parts);
    RelayHeader back = to_version_2(*parts);
    EXPECT_EQ(back.kind, DataKind::request);
    EXPECT_EQ(back.initiator, UserId{1007});
    EXPECT_EQ(back.channel, ChannelId{1003});
    EXPECT_EQ(back.priority, DataPriority::top);
    EXPECT_EQ(back.segmentation, kWholeSdu);
    EXPECT_EQ(back.data_size, 0U);
    auto newer = split_data(Slice(hex("3200000603ebc0000100c001aa")));
    ASSERT_TRUE(newer);
    EXPECT_EQ(to_version_2(*newer).priority, DataPriority::low);
}

TEST(V3DataHeader, RefusesWhatAReceiverWouldRefuse) {
    for (const char* text : kPdus) {
        Bytes whole = hex(text);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            Slice cut(ByteView(whole).first(size));
            EXPECT_EQ(split_data(cut).has_value(), decode_domain_pdu(cut).has_value()) << text << " cut at " << size;
        }
    }
    EXPECT_FALSE(split_data(Slice(hex("1400"))));                    // attachUserRequest
    EXPECT_FALSE(split_data(Slice(hex("b200000603eb8c03010203"))));  // an alternative of a newer edition
    EXPECT_FALSE(split_data(Slice(hex("3200fc1703eb8c0100"))));      // user 65536
    EXPECT_FALSE(v3::carries_data({}));
    EXPECT_FALSE(v3::carries_data(hex("3000")));
    EXPECT_FALSE(v3::carries_data(hex("3a00")));
    DataParts nobody;
    EXPECT_FALSE(join_data(nobody)) << "user 0";
}

}  // namespace
}  // namespace convene::mcs::v3

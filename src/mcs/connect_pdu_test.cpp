#include "mcs/connect_pdu.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/hex.hpp"

namespace convene::mcs {
namespace {

// [MS-RDPBCGR] 4.1.3, without TPKT and X.224: integers such as 02 02 FF FF have lost their sign octet.
constexpr const char* kRdpConnectInitial =
    "7f658201940401010401010101ff30190201220201020201000201010201000201010202ffff0201023019020101020101020101"
    "02010102010002010102020420020102301c0202ffff0202fc170202ffff0201010201000201010202ffff020102048201330005"
    "00147c0001812a000800100001c00044756361811c01c0d800040008000005000401ca03aa09040000ce0e000045004c0054004f"
    "004e0053002d0044004500560032000000000000000000000004000000000000000c000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001ca01"
    "0000000000180007000100360039003700310032002d003700380033002d0030003300350037003900370034002d003400320037"
    "003100340000000000000000000000000000000000000000000100000004c00c000d0000000000000002c00c001b000000000000"
    "0003c02c0003000000726470647200000000008080636c6970726472000000a0c0726470736e640000000000c0";

template <class T>
T decoded(ByteView octets) {
    auto pdu = decode_connect_pdu(octets);
    EXPECT_TRUE(pdu) << pdu.error().message();
    if (!pdu || !std::holds_alternative<T>(*pdu)) {
        ADD_FAILURE() << "not the expected PDU";
        return {};
    }
    return std::get<T>(*pdu);
}

TEST(ConnectPdu, ReadsWhatRdpClientsSend) {
    auto pdu = decoded<ConnectInitial>(hex(kRdpConnectInitial));
    EXPECT_EQ(to_hex(pdu.calling_domain_selector), "01");
    EXPECT_EQ(to_hex(pdu.called_domain_selector), "01");
    EXPECT_TRUE(pdu.upward_flag);
    EXPECT_EQ(pdu.target_parameters, (DomainParameters{34, 2, 0, 1, 0, 1, 65535, 2}));
    EXPECT_EQ(pdu.minimum_parameters, (DomainParameters{1, 1, 1, 1, 0, 1, 1056, 2}));
    EXPECT_EQ(pdu.maximum_parameters, (DomainParameters{65535, 64535, 65535, 1, 0, 1, 65535, 2}));
    EXPECT_EQ(pdu.user_data.size(), 307U);
    EXPECT_EQ(to_hex(ByteView(pdu.user_data).first(9)), "000500147c0001812a");

    // What goes out is the strict form: five numbers get their sign octet, the value is the same.
    auto again = encode(pdu);
    ASSERT_TRUE(again);
    EXPECT_EQ(decoded<ConnectInitial>(*again), pdu);
    EXPECT_EQ(again->size(), 409U + 5U);
}

TEST(ConnectPdu, EveryCutOfARealOneIsAnError) {
    Bytes whole = hex(kRdpConnectInitial);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(decode_connect_pdu(ByteView(whole).first(size))) << size;
}

struct Vector {
    ConnectPdu pdu;
    const char* octets;
};

TEST(ConnectPdu, WritesTheDefiniteMinimalForm) {
    const DomainParameters rdp{34, 2, 0, 1, 0, 1, 65535, 2};
    const Vector vectors[] = {
        {ConnectResponse{Result::successful, 0, rdp, hex("0005")},
         "7f66260a0100020100301a020122020102020100020101020100020101020300ffff02010204020005"},
        {ConnectResponse{Result::user_rejected, 0, rdp, {}},
         "7f66240a010f020100301a020122020102020100020101020100020101020300ffff0201020400"},
        {ConnectResponse{Result::successful, 128, {127, 128, 255, 4, 256, 32768, 8388607, 3}, {}},
         "7f662a0a010002020080301f02017f02020080020200ff02010402020100020300800002037fffff0201030400"},
        {ConnectAdditional{5, DataPriority::low}, "7f67060201050a0103"},
        {ConnectResult{Result::successful}, "7f68030a0100"},
        {ConnectResult{Result::unspecified_failure}, "7f68030a010e"},
    };
    for (const Vector& vector : vectors) {
        auto encoded = encode(vector.pdu);
        ASSERT_TRUE(encoded) << encoded.error().message();
        EXPECT_EQ(to_hex(*encoded), vector.octets);
        auto back = decode_connect_pdu(hex(vector.octets));
        ASSERT_TRUE(back) << back.error().message();
        EXPECT_EQ(*back, vector.pdu);
    }
}

TEST(ConnectPdu, ReadsEveryFormOfBer) {
    const ConnectAdditional five{5, DataPriority::high};
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 8106 020105 0a0101")), five);  // long lengths
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 83000006 020105 0a0101")), five);
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 80 020105 0a0101 0000")), five);  // indefinite
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 07 02020005 0a0101")), five);     // leading zero
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 06 020105 0a0101 ffff")), five);  // something after it
    EXPECT_EQ(decoded<ConnectAdditional>(hex("7f67 06 0201ff 0a0101")).called_connect_id, 255U);
}

TEST(ConnectPdu, RefusesWhatIsNone) {
    EXPECT_FALSE(decode_connect_pdu({}));
    EXPECT_FALSE(decode_connect_pdu(hex("7f69030a0100")));        // no such application tag
    EXPECT_FALSE(decode_connect_pdu(hex("0401000100")));          // a domain PDU
    EXPECT_FALSE(decode_connect_pdu(hex("7f68030a0110")));        // no such result
    EXPECT_FALSE(decode_connect_pdu(hex("7f67060201050a0104")));  // no such priority
    EXPECT_FALSE(decode_connect_pdu(hex("7f6703020105")));        // a member is missing
    EXPECT_FALSE(decode_connect_pdu(Bytes(kMaxConnectPduBytes + 1)));
}

TEST(ConnectPdu, IsToldByItsTag) {
    EXPECT_TRUE(looks_like_connect_pdu(hex("7f65")));
    EXPECT_TRUE(looks_like_connect_pdu(hex("7f68030a0100")));
    EXPECT_FALSE(looks_like_connect_pdu(hex("7f69")));
    EXPECT_FALSE(looks_like_connect_pdu(hex("7f")));
    EXPECT_FALSE(looks_like_connect_pdu(hex("0001")));
}

}  // namespace
}  // namespace convene::mcs

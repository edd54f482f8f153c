#include "gcc/codec.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/codec_vectors.hpp"

namespace convene::gcc {
namespace {

const Key kWhiteboardKey = object_key({0, 0, 20, 126, 0, 1});
const Key kMicrosoft = h221_key(hex("B500534C02"));

TEST(GccCodec, connect_vectors_survive_decoding_and_encoding) {
    for (const CodecVector& vector : kConnectVectors) {
        auto pdu = decode_connect_pdu(hex(vector.hex));
        ASSERT_TRUE(pdu) << vector.name << ": " << pdu.error().message();
        auto octets = encode_connect_pdu(*pdu);
        ASSERT_TRUE(octets) << vector.name << ": " << octets.error().message();
        EXPECT_EQ(to_hex(*octets), vector.hex) << vector.name;
    }
}

TEST(GccCodec, pdu_vectors_survive_decoding_and_encoding) {
    for (const CodecVector& vector : kPduVectors) {
        auto pdu = decode_gcc_pdu(hex(vector.hex));
        ASSERT_TRUE(pdu) << vector.name << ": " << pdu.error().message();
        auto octets = encode_gcc_pdu(*pdu);
        ASSERT_TRUE(octets) << vector.name << ": " << octets.error().message();
        EXPECT_EQ(to_hex(*octets), vector.hex) << vector.name;
    }
}

ConferenceCreateRequest full_create_request() {
    ConferenceCreateRequest create;
    create.conference_name = {"0123456789", u"Weekly review", {}};
    create.convener_password = Password{"1111", {}, {}};
    create.password = Password{"2222", u"pw", {}};
    create.locked_conference = create.listed_conference = create.conductible_conference = true;
    create.termination_method = TerminationMethod::manual;
    create.conductor_privileges = PrivilegeList{Privilege::terminate, Privilege::eject_user, Privilege::add,
                                                Privilege::lock_unlock, Privilege::transfer};
    create.conducted_privileges = PrivilegeList{};
    create.non_conducted_privileges = PrivilegeList{Privilege::lock_unlock};
    create.conference_description = u"Description";
    create.caller_identifier = u"Caller";
    create.user_data = UserData{{h221_key(hex("44756361")), hex("01020304")}, {kWhiteboardKey, {}}};
    return create;
}

constexpr const char* kFullCreateRequest =
    "07fa1201234567890d5765656b6c792072657669657700c0111140c02222027077e8050123400001300b0044006500730063007200690070"
    "00740069006f006e0600430061006c006c0065007202c000447563610401020304000500147e0001";
/// The same from a peer whose simple texts have 16 bits a character.
constexpr const char* kWideCreateRequest =
    "07fa1201234567890d005700650065006b006c0079002000720065007600690065007700c0111140c022220200700077e805012340000130"
    "0b004400650073006300720069007000740069006f006e0600430061006c006c0065007202c000447563610401020304000500147e0001";

TEST(GccCodec, a_create_request_carries_what_was_put_in) {
    EXPECT_EQ(to_hex(*encode_connect_pdu(full_create_request())), kFullCreateRequest);
    EXPECT_EQ(*decode_connect_pdu(hex(kFullCreateRequest)), ConnectGccPdu{full_create_request()});
}

TEST(GccCodec, simple_texts_of_16_bits_are_read_too) {
    EXPECT_EQ(*decode_connect_pdu(hex(kWideCreateRequest)), ConnectGccPdu{full_create_request()});
    auto join = decode_connect_pdu(hex(
        "47f40d005700650065006b006c00790020007200650076006900650077003001050030222240040062006f00730073030042006f0062"
        "01c040b500534c0100"));
    ASSERT_TRUE(join);
    const auto& request = std::get<ConferenceJoinRequest>(*join);
    EXPECT_EQ(request.conference_name, ConferenceNameSelector{SimpleText{u"Weekly review"}});
    EXPECT_EQ(request.convener_password, PasswordSelector{SimpleText{u"boss"}});
    EXPECT_EQ(request.caller_identifier, u"Bob");
}

TEST(GccCodec, a_full_roster_means_what_the_vector_says) {
    NodeRecord top;
    top.node_type = NodeType::mcu;
    top.node_name = u"Top";
    NodeRecord alice;
    alice.superior_node = UserId{1001};
    alice.node_properties = {true, true};
    alice.node_name = u"Alice";
    alice.participants_list = std::vector<std::u16string>{u"Alice A.", u""};
    alice.site_information = u"Room 1";
    alice.network_address = NetworkAddress{TransportAddress{hex("54007248720127000001"), hex("05DF")}};
    alice.alternative_node_id = H243NodeId{hex("0102")};
    alice.user_data = UserData{{h221_key(hex("B500534C01")), Bytes{}}};

    ApplicationRecord whiteboard;
    whiteboard.conducting_operation_capable = true;
    whiteboard.startup_channel = ChannelType::dynamic_multicast;
    whiteboard.application_user_id = UserId{1008};
    whiteboard.non_collapsing_capabilities =
        std::vector<NonCollapsingCapability>{{StandardCapability{1}, hex("01")}, {h221_key(hex("01020304")), {}}};
    const std::vector<CollapsedCapability> capabilities = {
        {StandardCapability{1}, Logical{}, 1},
        {StandardCapability{2}, UnsignedMin{384}, 2},
        {object_key({0, 0, 20, 126, 1}), UnsignedMax{65536}, 1},
    };

    RosterUpdateIndication roster;
    roster.full_refresh = true;
    roster.node_information = {std::vector<NodeRefresh>{{UserId{1001}, top}, {UserId{1003}, alice}}, 1, true, false};
    roster.application_information = {
        {SessionKey{kWhiteboardKey, {}}, std::vector<ApplicationRefresh>{{UserId{1003}, EntityId{0}, whiteboard}},
         capabilities, 0, true, false},
        {SessionKey{kMicrosoft, ChannelId{8}}, std::vector<ApplicationRefresh>{}, std::vector<CollapsedCapability>{}, 2,
         false, true},
    };
    for (const CodecVector& vector : kPduVectors)
        if (std::string_view(vector.name) == "in.roster.full") {
            EXPECT_EQ(*decode_gcc_pdu(hex(vector.hex)), GccPdu{IndicationPdu{roster}});
            EXPECT_EQ(to_hex(*encode_gcc_pdu(IndicationPdu{roster})), vector.hex);
        }
}

TEST(GccCodec, dialling_strings_keep_their_order_of_characters) {
    for (const CodecVector& vector : kPduVectors)
        if (std::string_view(vector.name) == "rq.add") {
            auto pdu = decode_gcc_pdu(hex(vector.hex));
            const auto& add = std::get<ConferenceAddRequest>(std::get<RequestPdu>(*pdu));
            const auto& channel = std::get<AggregatedChannel>(add.network_address[0]);
            EXPECT_EQ(channel.international_number, "441234567890");
            EXPECT_EQ(channel.sub_address, "99");
            EXPECT_EQ(channel.extra_dialling, u"123#*,9");
            EXPECT_TRUE(channel.transfer_modes.packet_mode);
            EXPECT_TRUE(add.network_address_v2 && add.network_address_v2->empty());
        }
}

TEST(GccCodec, connect_data_wraps_with_the_constant_identifier) {
    auto octets = encode_connect_data(ConferenceInviteResponse{});
    EXPECT_EQ(to_hex(*octets), "000500147c00010170");
    EXPECT_EQ(*decode_connect_data(*octets), ConnectGccPdu{ConferenceInviteResponse{}});
}

TEST(GccCodec, connect_data_with_a_wrong_length_is_read_to_its_end) {
    const Bytes pdu = hex(kFullCreateRequest);
    for (const char* length : {"00", "2a", "7f", "81ff", "bfff"}) {
        Bytes octets = hex("000500147c0001");
        for (std::byte b : hex(length)) octets.push_back(b);
        octets.insert(octets.end(), pdu.begin(), pdu.end());
        auto decoded = decode_connect_data(octets);
        ASSERT_TRUE(decoded) << length << ": " << decoded.error().message();
        EXPECT_EQ(*decoded, ConnectGccPdu{full_create_request()}) << length;
    }
}

TEST(GccCodec, connect_data_longer_than_a_fragment_comes_back_whole) {
    ConferenceCreateRequest create = full_create_request();
    create.user_data = UserData{{kMicrosoft, Bytes(40'000, std::byte{7})}};
    auto octets = encode_connect_data(create);
    ASSERT_TRUE(octets);
    EXPECT_EQ(*decode_connect_data(*octets), ConnectGccPdu{create});
}

TEST(GccCodec, another_protocol_in_connect_data_is_refused) {
    for (const char* octets : {"80000102030400",
                               "000500147c0002"
                               "0170",
                               "000500147e0001"
                               "0170"}) {
        auto pdu = decode_connect_data(hex(octets));
        ASSERT_FALSE(pdu) << octets;
        EXPECT_EQ(pdu.error().code, asn1::DecodeErrc::unsupported) << octets;
    }
    EXPECT_FALSE(decode_connect_data({}));
    EXPECT_FALSE(decode_connect_data(hex("0005")));
}

TEST(GccCodec, additions_of_later_editions_are_skipped) {
    const auto user_id = [](Tag tag) { return GccPdu{IndicationPdu{UserIdIndication{tag}}}; };
    EXPECT_EQ(*decode_gcc_pdu(hex("80800105038004030102030180")), user_id(5));
    EXPECT_EQ(*decode_gcc_pdu(hex("8080010502800100")), user_id(5));
    auto unknown = decode_gcc_pdu(hex("a0000403010203"));
    ASSERT_TRUE(unknown);
    EXPECT_TRUE(std::holds_alternative<asn1::UnknownAlternative>(std::get<IndicationPdu>(*unknown)));
    auto result = decode_connect_pdu(hex("100000010180"));
    ASSERT_TRUE(result);
    EXPECT_GT(std::get<ConferenceCreateResponse>(*result).result, CreateResult::locked_conference_not_supported);
}

TEST(GccCodec, indexes_without_an_alternative_are_refused) {
    for (const char* octets : {"c0", "1e", "56", "93", ""}) EXPECT_FALSE(decode_gcc_pdu(hex(octets))) << octets;
}

TEST(GccCodec, every_cut_of_a_vector_is_refused_or_read_but_never_more) {
    for (const CodecVector& vector : kPduVectors) {
        const Bytes octets = hex(vector.hex);
        for (std::size_t size = 0; size < octets.size(); ++size) {
            auto pdu = decode_gcc_pdu(ByteView(octets).first(size));
            if (pdu) {
                EXPECT_TRUE(encode_gcc_pdu(*pdu)) << vector.name << " cut to " << size;
            }
        }
    }
}

TEST(GccCodec, values_outside_their_type_are_not_encoded) {
    ConferenceCreateRequest create;
    create.conference_name.numeric = "12a";
    EXPECT_FALSE(encode_connect_data(create));
    create.conference_name.numeric = "";
    EXPECT_FALSE(encode_connect_data(create));
    EXPECT_FALSE(encode_gcc_pdu(IndicationPdu{TextMessageIndication{std::u16string(256, u'x')}}));
    EXPECT_FALSE(encode_gcc_pdu(IndicationPdu{ConductorAssignIndication{UserId{1000}}}));
}

}  // namespace
}  // namespace convene::gcc

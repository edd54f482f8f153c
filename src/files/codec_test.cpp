#include "files/codec.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::files {
namespace {

GraphicString text(std::string_view value) { return {to_bytes(value)}; }
std::vector<GraphicString> texts(std::string_view value) { return {text(value)}; }
FileHeader header(std::string_view name, std::optional<std::int64_t> size = std::nullopt) {
    FileHeader out;
    out.filename = texts(name);
    out.filesize = size;
    return out;
}
Slice slice(std::string_view digits) { return Slice(hex(digits)); }

struct Vector {
    std::string_view name;
    MbftPdu pdu;
    std::string_view octets;
};

std::vector<Vector> vectors() {
    FileOffer broadcast;
    broadcast.header = header("report.txt", 1234);
    broadcast.data_channel = ChannelId{10};
    broadcast.handle = FileHandle{1};
    broadcast.roster_instance = 5;

    FileOffer dated;
    dated.header = header("Notes 2.doc", 70000);
    dated.header.last_modified = "19990102030405Z";
    dated.data_channel = ChannelId{1012};
    dated.handle = FileHandle{2};
    dated.roster_instance = 6;
    dated.mbft_id = UserId{1006};
    dated.ack = true;

    FileOffer compressed;
    compressed.header = header("x.bin", 100000);
    compressed.data_channel = ChannelId{1012};
    compressed.handle = FileHandle{3};
    compressed.transmit_token = TokenId{16384};
    compressed.request_token = TokenId{16385};
    compressed.request_handle = RequestHandle{9};
    compressed.compression = V42bisParameters{2048, 32};
    compressed.compressed_filesize = 60000;
    compressed.ack = true;

    const FileRequest request{header("agenda.txt"), ChannelId{10}, RequestHandle{11}, 5, TokenId{10}, TokenId{11}, 0};
    const FileError error{FileHandle{2}, ErrorType::permanent, 3004, u"no such file"};
    const FileAbort abort{AbortReason::unspecified, ChannelId{1012}, std::nullopt, FileHandle{2}};

    FileStart whole;
    whole.header = header("report.txt", 5);
    whole.handle = FileHandle{1};
    whole.eof = true;
    whole.data = slice("48656c6c6f");

    FileStart more;
    more.header = header("big.bin", 300);
    more.handle = FileHandle{2};
    more.has_crc = true;
    more.data = slice("0101010101010101");

    const DirectoryResponse directory{
        DirectoryResult::successful, texts("docs"), {DirectoryEntry{header("a.txt", 12), false}}};
    const MbftNonStandard file_end{{gcc::h221_key(to_bytes("NetMeeting 1 FileEnd")), hex("0002")}};

    return {
        {"offer, broadcast", broadcast, "0201004000010a7265706f72742e7478740204d200090001000500"},
        {"offer, acknowledged, dated", dated,
         "0221084000010b4e6f74657320322e646f630f31393939303130323033303430355a0301117003f300020006000580"},
        {"offer, tokens, V.42bis", compressed,
         "01d90040000105782e62696e030186a003f300033fff400000090006001a0300ea6080"},
        {"accept", FileAccept{FileHandle{2}}, "080002"},
        {"reject", FileReject{FileHandle{2}, RejectReason::file_not_required}, "10000220"},
        {"request", request, "1880000000010a6167656e64612e7478740009000b00050009000a0100"},
        {"deny", FileDeny{RequestHandle{11}, DenyReason::file_not_present}, "20000b10"},
        {"error", error, "2b000240020bbc0c006e006f00200073007500630068002000660069006c0065"},
        {"abort", abort, "328003f30002"},
        {"start, whole file", whole, "3810040000010a7265706f72742e74787401050001800100000548656c6c6f"},
        {"start, more, CRC", more, "381004000001076269672e62696e02012c000240010000080101010101010101"},
        {"data, more", FileData{FileHandle{2}, false, false, slice("010203"), std::nullopt}, "400002000003010203"},
        {"data, last with CRC", FileData{FileHandle{2}, true, false, slice("656e64"), 3421780262U},
         "420002800003656e64c0cbf43926"},
        {"data, abort", FileData{FileHandle{2}, true, true, {}, std::nullopt}, "400002c00000"},
        {"directory request", DirectoryRequest{texts("docs")}, "4a0104646f6373"},
        {"directory response", directory, "52800104646f637301100400000105612e747874010c00"},
        {"privilege request", PrivilegeRequest{{Privilege::file_transfer, Privilege::private_channel}}, "580202"},
        {"privilege assign", PrivilegeAssign{{UserPrivileges{UserId{1005}, {Privilege::file_transfer}}}},
         "60010000040100"},
        {"non-standard, FileEnd", file_end, "6a204e65744d656574696e6720312046696c65456e64020002"},
        {"join invite", JoinInvite{ChannelId{1010}, ChannelId{1011}, false}, "700009000a00"},
        {"join response", JoinResponse{ChannelId{1010}, InviteResponse::accepted}, "78000920"},
    };
}

TEST(MbftCodec, VectorsEncode) {
    for (const Vector& vector : vectors()) {
        const auto octets = encode(vector.pdu);
        ASSERT_TRUE(octets.has_value()) << vector.name;
        EXPECT_EQ(to_hex(*octets), vector.octets) << vector.name;
    }
}

TEST(MbftCodec, VectorsDecode) {
    for (const Vector& vector : vectors()) {
        const auto decoded = decode_mbft_pdu(hex(vector.octets));
        ASSERT_TRUE(decoded.has_value()) << vector.name << ": " << decoded.error().message();
        EXPECT_EQ(decoded->pdu, vector.pdu) << vector.name;
        EXPECT_EQ(decoded->form, HeaderForm::bits26) << vector.name;
    }
}

TEST(MbftCodec, TruncatedVectorsAreRefused) {
    for (const Vector& vector : vectors()) {
        const Bytes octets = hex(vector.octets);
        for (std::size_t size = 0; size < octets.size(); ++size) {
            const auto decoded = decode_mbft_pdu(ByteView(octets).first(size));
            EXPECT_FALSE(decoded.has_value() && decoded->pdu == vector.pdu) << vector.name << " cut to " << size;
        }
    }
}

TEST(MbftCodec, TheShortHeaderIsFoundAndAnswered) {
    for (const Vector& vector : vectors()) {
        const auto octets = encode(vector.pdu, HeaderForm::bits24);
        ASSERT_TRUE(octets.has_value()) << vector.name;
        for (const HeaderForm expected : {HeaderForm::bits26, HeaderForm::bits24}) {
            const auto decoded = decode_mbft_pdu(*octets, expected);
            ASSERT_TRUE(decoded.has_value()) << vector.name << ": " << decoded.error().message();
            EXPECT_EQ(decoded->pdu, vector.pdu) << vector.name;
            const bool has_header = to_hex(*octets) != vector.octets;
            EXPECT_EQ(decoded->form, has_header ? HeaderForm::bits24 : expected) << vector.name;
        }
    }
}

TEST(MbftCodec, TheLongHeaderIsFoundWhereTheShortOneIsExpected) {
    for (const Vector& vector : vectors()) {
        const auto decoded = decode_mbft_pdu(hex(vector.octets), HeaderForm::bits24);
        ASSERT_TRUE(decoded.has_value()) << vector.name << ": " << decoded.error().message();
        EXPECT_EQ(decoded->pdu, vector.pdu) << vector.name;
    }
}

TEST(MbftCodec, ImplausibleHeadersAreRefused) {
    FileOffer offer;
    offer.header = header("report.txt", -1);
    offer.data_channel = ChannelId{10};
    EXPECT_FALSE(decode_mbft_pdu(*encode(offer)).has_value());
    offer.header = header("re\nport", 1);
    EXPECT_FALSE(decode_mbft_pdu(*encode(offer)).has_value());
    offer.header = header(std::string_view("zero\0\0", 6), 1);
    EXPECT_TRUE(decode_mbft_pdu(*encode(offer)).has_value());
}

TEST(MbftCodec, SizesOver4GiB) {
    FileStart start;
    start.header = header("huge", 0x1'2345'6789'ABLL);
    start.data_offset = 0x1'0000'0000LL;
    const auto decoded = decode_mbft_pdu(*encode(start));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->pdu, MbftPdu(start));
}

TEST(MbftCodec, TooLongAChunkDoesNotEncode) {
    FileData data;
    data.data = Slice(Bytes(kMaxChunk + 1));
    EXPECT_FALSE(encode(data).has_value());
    data.data = Slice(Bytes(kMaxChunk));
    EXPECT_TRUE(encode(data).has_value());
}

TEST(MbftCodec, NamesAreThoseOfTheModule) {
    EXPECT_EQ(name_of(FileOffer{}), "file-OfferPDU");
    EXPECT_EQ(name_of(JoinResponse{}), "privateChannel-Join-ResponsePDU");
    EXPECT_EQ(name_of(asn1::UnknownAlternative{}), "unknown");
}

}  // namespace
}  // namespace convene::files

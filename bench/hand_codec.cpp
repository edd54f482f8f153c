#include "bench/hand_codec.hpp"

namespace convene::bench {
namespace {

auto refuse(asn1::DecodeErrc code, std::size_t octet, const char* member) {
    return tl::make_unexpected(asn1::DecodeError{code, octet * 8, member, "X.691"});
}

}  // namespace

asn1::Decoded<mcs::DomainPdu> hand_decode(const Slice& octets) {
    ByteView in = octets.view();
    auto at = [&](std::size_t i) { return std::to_integer<unsigned>(in[i]); };
    if (in.size() < 7) return refuse(asn1::DecodeErrc::truncated, in.size(), "");
    if (at(0) >> 2 != 26) return refuse(asn1::DecodeErrc::bad_value, 0, "");
    unsigned initiator = (at(1) << 8 | at(2)) + 1001;
    if (initiator > 65535) return refuse(asn1::DecodeErrc::bad_value, 1, "initiator");
    std::size_t header = 7;
    std::size_t size = at(6);
    if (size >= 0x80) {
        if (in.size() < 8) return refuse(asn1::DecodeErrc::truncated, 7, "userData");
        if (size >= 0xC0) return refuse(asn1::DecodeErrc::unsupported, 6, "userData");  // fragments
        size = (size & 0x3F) << 8 | at(7);
        header = 8;
    }
    if (in.size() - header < size) return refuse(asn1::DecodeErrc::truncated, header, "userData");
    mcs::SendDataIndication pdu;
    pdu.initiator = mcs::UserId{static_cast<std::uint16_t>(initiator)};
    pdu.channel = mcs::ChannelId{static_cast<std::uint16_t>(at(3) << 8 | at(4))};
    pdu.priority = static_cast<mcs::DataPriority>(at(5) >> 6);
    pdu.segmentation = {(at(5) & 0x20) != 0, (at(5) & 0x10) != 0};
    pdu.user_data = octets.sub(header, size);
    return mcs::DomainPdu{std::move(pdu)};
}

asn1::Encoded<Bytes> hand_encode(const mcs::DomainPdu& any) {
    const auto* pdu = std::get_if<mcs::SendDataIndication>(&any);
    if (pdu == nullptr) return tl::make_unexpected(asn1::EncodeError{asn1::EncodeErrc::no_value, ""});
    if (pdu->initiator.value < 1001)
        return tl::make_unexpected(asn1::EncodeError{asn1::EncodeErrc::out_of_range, "initiator"});
    ByteView data = pdu->user_data;
    if (data.size() >= 0x4000) return tl::make_unexpected(asn1::EncodeError{asn1::EncodeErrc::bad_size, "userData"});
    Bytes out;
    out.reserve(8 + data.size());
    auto put = [&](unsigned value) { out.push_back(static_cast<std::byte>(value)); };
    unsigned initiator = pdu->initiator.value - 1001U;
    put(26 << 2);
    put(initiator >> 8);
    put(initiator & 0xFF);
    put(pdu->channel.value >> 8);
    put(pdu->channel.value & 0xFF);
    put(static_cast<unsigned>(pdu->priority) << 6 | (pdu->segmentation.begin ? 0x20U : 0U) |
        (pdu->segmentation.end ? 0x10U : 0U));
    if (data.size() >= 0x80) put(0x80 | static_cast<unsigned>(data.size() >> 8));
    put(data.size() & 0xFF);
    append(out, data);
    return out;
}

}  // namespace convene::bench

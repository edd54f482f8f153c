#include "gcc/codec.hpp"

#include <algorithm>

#include "gcc/codec_decode_with.hpp"
#include "gcc/for_size.hpp"

namespace convene::asn1 {

// A page joins, and nobody calls it.
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceCreateRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceCreateResponse> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceQueryRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceQueryResponse> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceInviteRequest> = UseForSize::none;
template <>
inline constexpr UseForSize kUseForSize<gcc::ConferenceInviteResponse> = UseForSize::none;

}  // namespace convene::asn1

namespace convene::gcc {

const Key& t124_identifier() {
    static const Key key = object_key({0, 0, 20, 124, 0, 1});
    return key;
}

asn1::Decoded<ConnectGccPdu> decode_connect_pdu(ByteView octets) { return decode_tolerantly<ConnectGccPdu>(octets); }
asn1::Encoded<Bytes> encode_connect_pdu(const ConnectGccPdu& pdu) { return asn1::per_encode(pdu); }

namespace {

/// All octets after the length of connectPDU, whatever that length says: a remote desktop server always writes 0x2A,
/// and [MS-RDPBCGR] tells its clients to ignore it. T.124 puts nothing after connectPDU.
asn1::Decoded<ByteView> contents_of(ByteView user_data) {
    asn1::PerReader reader(user_data);
    Key identifier;
    if (!asn1::per_get(reader, asn1::ByType{}, identifier)) return tl::make_unexpected(reader.error());
    if (identifier != t124_identifier())
        return tl::make_unexpected(
            asn1::DecodeError{asn1::DecodeErrc::unsupported, 0, "t124Identifier", "T.124 GCC-PROTOCOL part 3"});
    std::size_t length = 0;
    bool more = false;
    if (!reader.length(length, more)) return tl::make_unexpected(reader.error());
    return user_data.subspan(std::min(reader.position() / 8, user_data.size()));
}

}  // namespace

asn1::Decoded<ConnectGccPdu> decode_connect_data(ByteView user_data) {
    // Well-formed data first: only that way is a fragmented connectPDU (16K and more) put together.
    if (auto data = asn1::per_decode<ConnectData>(user_data); data && data->t124_identifier == t124_identifier())
        if (auto pdu = decode_connect_pdu(data->connect_pdu)) return pdu;
    CONVENE_TRY(contents, contents_of(user_data));
    return decode_connect_pdu(contents);
}

asn1::Encoded<Bytes> encode_connect_data(const ConnectGccPdu& pdu) {
    CONVENE_TRY(contents, encode_connect_pdu(pdu));
    return asn1::per_encode(ConnectData{t124_identifier(), std::move(contents)});
}

}  // namespace convene::gcc

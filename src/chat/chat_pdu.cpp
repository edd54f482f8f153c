#include "chat/chat_pdu.hpp"

#include "asn1/per.hpp"
#include "base/utf8.hpp"

namespace convene::chat {
namespace {

/// True when the octets before `text` end with a PER length determinant that says text.size().
bool has_its_length_before(ByteView octets, std::size_t start) {
    std::size_t size = octets.size() - start;
    auto at = [&](std::size_t i) { return std::to_integer<std::size_t>(octets[i]); };
    if (start >= 1 && size < 0x80 && at(start - 1) == size) return true;
    return start >= 2 && size < 0x4000 && at(start - 2) == (0x80 | size >> 8) && at(start - 1) == (size & 0xFF);
}

}  // namespace

asn1::Decoded<ChatPdu> decode_chat_pdu(ByteView octets) {
    asn1::DecodeInfo info;
    auto pdu = asn1::per_decode<ChatPdu>(octets, &info);
    if (pdu && info.octets_used != octets.size())
        return tl::make_unexpected(asn1::DecodeError{asn1::DecodeErrc::bad_length, info.octets_used * 8, {}, "T.134"});
    return pdu;
}

asn1::Encoded<Bytes> encode(const ChatPdu& pdu) { return asn1::per_encode(pdu); }

std::optional<Bytes> t140_data_of(ByteView octets) {
    auto pdu = decode_chat_pdu(octets);
    if (pdu) {
        auto* data = std::get_if<ChatDataPdu>(&*pdu);
        if (data == nullptr) return std::nullopt;
        return std::move(data->t140_data);
    }
    for (std::size_t start = 1; start < octets.size(); ++start) {
        ByteView text = octets.subspan(start);
        if (has_its_length_before(octets, start) && is_utf8(as_text(text))) return to_bytes(text);
    }
    return std::nullopt;
}

}  // namespace convene::chat

/// The PDUs of the text chat protocol. T.134; no public copy of its module was found, so the shape is our reading of
/// it.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "asn1/error.hpp"
#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "gcc/key.hpp"

namespace convene::chat {

/// A run of T.140 text.
struct ChatDataPdu {
    Bytes t140_data;
    std::optional<std::vector<gcc::NonStandardParameter>> non_standard_parameters;

    friend bool operator==(const ChatDataPdu&, const ChatDataPdu&) = default;
};

struct ChatNonStandardPdu {
    gcc::NonStandardParameter non_standard_parameter;

    friend bool operator==(const ChatNonStandardPdu&, const ChatNonStandardPdu&) = default;
};

using ChatPdu = std::variant<ChatDataPdu, ChatNonStandardPdu, asn1::UnknownAlternative>;

asn1::Decoded<ChatPdu> decode_chat_pdu(ByteView octets);
/// Never fails for a ChatDataPdu; a key of a wrong length in a non-standard part is the only thing that can.
asn1::Encoded<Bytes> encode(const ChatPdu& pdu);

/// The T.140 octets of a ChatPdu, or of what a foreign chat entity sent instead: when the PDU does not decode exactly,
/// the longest suffix that is UTF-8 and has its own length before it. Empty when nothing can be made of it.
std::optional<Bytes> t140_data_of(ByteView octets);

}  // namespace convene::chat

namespace convene::asn1 {

template <>
inline constexpr auto schema<chat::ChatDataPdu> =
    sequence(field("t140Data", &chat::ChatDataPdu::t140_data),
             field("nonStandardParameters", &chat::ChatDataPdu::non_standard_parameters, SequenceOf<>{}), extensible);
template <>
inline constexpr auto schema<chat::ChatNonStandardPdu> =
    sequence(field("nonStandardParameter", &chat::ChatNonStandardPdu::non_standard_parameter), extensible);
template <>
inline constexpr auto schema<chat::ChatPdu> = choice("chatDataPDU", "chatNonStandardPDU", extensible);

}  // namespace convene::asn1

#include "t123/tpdu.hpp"

#include <algorithm>
#include <string_view>

#include "base/check.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

constexpr unsigned kConnectionRequest = 0xE0;
constexpr unsigned kConnectionConfirm = 0xD0;
constexpr unsigned kDisconnectRequest = 0x80;
constexpr unsigned kData = 0xF0;
constexpr unsigned kError = 0x70;

constexpr std::size_t kLengthIndicator = kTpktHeaderSize;  // its offset in the frame
constexpr std::size_t kCode = kTpktHeaderSize + 1;
constexpr std::size_t kFixedPart = kTpktHeaderSize + 2;  // what follows the code
constexpr std::size_t kLongestHeader = 254;              // LI 255 is reserved, X.224 13.2.1

// LI of the fixed parts alone.
constexpr std::size_t kConnectFixed = 6;
constexpr std::size_t kDisconnectFixed = 6;
constexpr std::size_t kDataFixed = 2;
constexpr std::size_t kErrorFixed = 4;

unsigned octet(ByteView frame, std::size_t at) { return std::to_integer<unsigned>(frame[at]); }

/// A frame whose LI has been checked: where its header ends.
struct Header {
    ByteView frame;
    std::size_t end{};

    std::uint16_t reference(std::size_t index) const { return read_u16(frame.data() + kFixedPart + 2 * index); }
    unsigned last_fixed(std::size_t fixed) const { return octet(frame, kLengthIndicator + fixed); }
    ByteView variable(std::size_t fixed) const {
        const std::size_t begin = kLengthIndicator + 1 + fixed;
        return frame.subspan(begin, end - begin);
    }
};

Expected<Header, ProtocolError> read_header(ByteView frame, std::size_t fixed, std::string_view clause) {
    const std::size_t length = octet(frame, kLengthIndicator);
    if (length < fixed) {
        return make_unexpected(ProtocolError{ProtocolErrc::header_too_short, kLengthIndicator,
                                             "length indicator below the fixed part", clause});
    }
    if (length > kLongestHeader || kLengthIndicator + 1 + length > frame.size()) {
        return make_unexpected(ProtocolError{ProtocolErrc::header_too_long, kLengthIndicator,
                                             "length indicator beyond the end of the TPDU", "X.224 13.2.1"});
    }
    return Header{frame, kLengthIndicator + 1 + length};
}

template <class Connect>
Expected<Tpdu, ProtocolError> parse_connect(ByteView frame, std::string_view clause) {
    CONVENE_TRY(header, read_header(frame, kConnectFixed, clause));
    if (header.end != frame.size()) {
        return make_unexpected(ProtocolError{ProtocolErrc::trailing_octets, header.end,
                                             "octets after the header of a TPDU without user data", clause});
    }
    Connect out;
    out.destination = header.reference(0);
    out.source = header.reference(1);
    out.transport_class = static_cast<std::uint8_t>(header.last_fixed(kConnectFixed) >> 4);
    out.options = static_cast<std::uint8_t>(header.last_fixed(kConnectFixed) & 15);
    out.parameters = parse_connect_parameters(header.variable(kConnectFixed));
    return out;
}

std::optional<Bytes> find_parameter(ByteView rest, std::uint8_t code) {
    while (auto parameter = take_parameter(rest)) {
        if (parameter->code == code) return to_bytes(parameter->value);
    }
    return std::nullopt;
}

Expected<Tpdu, ProtocolError> parse_disconnect(ByteView frame) {
    CONVENE_TRY(header, read_header(frame, kDisconnectFixed, "X.224 13.5"));
    DisconnectRequest out;
    out.destination = header.reference(0);
    out.source = header.reference(1);
    out.reason = static_cast<DisconnectCode>(header.last_fixed(kDisconnectFixed));
    out.additional_information = find_parameter(header.variable(kDisconnectFixed), kAdditionalInformationCode);
    return out;
}

Expected<Tpdu, ProtocolError> parse_data(ByteView frame) {
    // A longer header, with the checksum of other classes, is stepped over.
    CONVENE_TRY(header, read_header(frame, kDataFixed, "X.224 13.7"));
    const unsigned flags = octet(frame, kFixedPart);
    return DataTpdu{(flags & 0x80) != 0, static_cast<std::uint8_t>(flags & 0x7F), frame.subspan(header.end)};
}

Expected<Tpdu, ProtocolError> parse_error(ByteView frame) {
    CONVENE_TRY(header, read_header(frame, kErrorFixed, "X.224 13.12"));
    ErrorTpdu out;
    out.destination = header.reference(0);
    out.cause = static_cast<RejectCause>(header.last_fixed(kErrorFixed));
    out.rejected = find_parameter(header.variable(kErrorFixed), kCallingTsapCode);
    return out;
}

Bytes begin_frame(unsigned code, std::initializer_list<std::uint16_t> references) {
    Bytes out = bytes({3, 0, 0, 0, 0, code});
    for (unsigned reference : references) append(out, bytes({reference >> 8, reference & 255}));
    return out;
}

// Fills in both lengths; the frame is all header.
Bytes end_frame(Bytes frame) {
    const std::size_t length = frame.size() - kLengthIndicator - 1;
    CONVENE_CHECK(length <= kLongestHeader, "TPDU parameters too long");
    frame[kLengthIndicator] = static_cast<std::byte>(length);
    write_u16(frame.data() + 2, frame.size());
    return frame;
}

template <class Connect>
Bytes serialise_connect(unsigned code, const Connect& tpdu) {
    Bytes out = begin_frame(code, {tpdu.destination, tpdu.source});
    append(out, bytes({(tpdu.transport_class & 15u) << 4 | (tpdu.options & 15u)}));
    append_connect_parameters(out, tpdu.parameters);
    return end_frame(std::move(out));
}

}  // namespace

Expected<Tpdu, ProtocolError> parse_tpdu(ByteView frame) {
    CONVENE_CHECK(frame.size() >= kMinFrame, "a frame must come from a FrameReader");
    const unsigned code = octet(frame, kCode);
    switch (code) {
        case kData:
            return parse_data(frame);
        case kDisconnectRequest:
            return parse_disconnect(frame);
        case kError:
            return parse_error(frame);
        default:
            break;
    }
    switch (code & 0xF0) {  // the low nibble is a credit, which class 0 does not use
        case kConnectionRequest:
            return parse_connect<ConnectionRequest>(frame, "X.224 13.3");
        case kConnectionConfirm:
            return parse_connect<ConnectionConfirm>(frame, "X.224 13.4");
        default:
            break;
    }
    return make_unexpected(
        ProtocolError{ProtocolErrc::unknown_type, kCode, "a TPDU type that class 0 does not have", "X.224 13.2.2"});
}

Bytes serialise(const ConnectionRequest& tpdu) { return serialise_connect(kConnectionRequest, tpdu); }

Bytes serialise(const ConnectionConfirm& tpdu) { return serialise_connect(kConnectionConfirm, tpdu); }

Bytes serialise(const DisconnectRequest& tpdu) {
    Bytes out = begin_frame(kDisconnectRequest, {tpdu.destination, tpdu.source});
    out.push_back(static_cast<std::byte>(tpdu.reason));
    if (tpdu.additional_information) {
        append_parameter(out, kAdditionalInformationCode, *tpdu.additional_information);
    }
    return end_frame(std::move(out));
}

Bytes serialise(const DataTpdu& tpdu) {
    CONVENE_CHECK(tpdu.payload.size() <= kMaxDataPayload, "payload longer than one DT can carry");
    Bytes out(kDataHeaderSize);
    write_data_header(out.data(), tpdu.payload.size(), tpdu.end_of_tsdu);
    out[kFixedPart] |= static_cast<std::byte>(tpdu.number & 0x7F);
    append(out, tpdu.payload);
    return out;
}

Bytes serialise(const ErrorTpdu& tpdu) {
    Bytes out = begin_frame(kError, {tpdu.destination});
    out.push_back(static_cast<std::byte>(tpdu.cause));
    if (tpdu.rejected) append_parameter(out, kCallingTsapCode, *tpdu.rejected);
    return end_frame(std::move(out));
}

std::uint16_t source_reference_of(ByteView frame) {
    constexpr std::size_t kSource = kFixedPart + 2;
    return frame.size() < kSource + 2 ? std::uint16_t{0} : read_u16(frame.data() + kSource);
}

bool is_connection_request(ByteView frame) { return (octet(frame, kCode) & 0xF0) == kConnectionRequest; }

}  // namespace convene::t123

/// The five TPDUs of X.224 class 0 as plain data, read from and written as whole TPKT frames.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "t123/parameters.hpp"
#include "t123/protocol_error.hpp"
#include "t123/reasons.hpp"

namespace convene::t123 {

/// CR, code E0. X.224 13.3.
struct ConnectionRequest {
    std::uint16_t destination{};     ///< 0 by the book; some callers write their own reference here
    std::uint16_t source = 1;        ///< 0 by the book is not allowed, yet RDP clients send it
    std::uint8_t transport_class{};  ///< 0..15; only 0..4 exist
    std::uint8_t options{};          ///< low nibble; without meaning in class 0
    ConnectParameters parameters;

    friend bool operator==(const ConnectionRequest&, const ConnectionRequest&) = default;
};

/// CC, code D0. X.224 13.4.
struct ConnectionConfirm {
    std::uint16_t destination{};  ///< the caller's reference; real responders also send 0
    std::uint16_t source = 1;
    std::uint8_t transport_class{};
    std::uint8_t options{};
    ConnectParameters parameters;

    friend bool operator==(const ConnectionConfirm&, const ConnectionConfirm&) = default;
};

/// DR, code 80. X.224 13.5.
struct DisconnectRequest {
    std::uint16_t destination{};
    std::uint16_t source{};
    DisconnectCode reason{};
    std::optional<Bytes> additional_information;

    friend bool operator==(const DisconnectRequest&, const DisconnectRequest&) = default;
};

/// DT, code F0. X.224 13.7. The payload is borrowed from the frame.
struct DataTpdu {
    bool end_of_tsdu = true;
    std::uint8_t number{};  ///< 0 in class 0; ignored on receipt
    ByteView payload;       ///< up to kMaxDataPayload octets
};

/// ER, code 70. X.224 13.12.
struct ErrorTpdu {
    std::uint16_t destination{};
    RejectCause cause{};
    std::optional<Bytes> rejected;  ///< the header of the rejected TPDU up to the octet that was wrong

    friend bool operator==(const ErrorTpdu&, const ErrorTpdu&) = default;
};

using Tpdu = std::variant<ConnectionRequest, ConnectionConfirm, DisconnectRequest, DataTpdu, ErrorTpdu>;

/// `frame` is one whole frame as FrameReader yields it.
Expected<Tpdu, ProtocolError> parse_tpdu(ByteView frame);

/// Whole frames. The header must fit 254 octets: the caller's parameters are its own.
Bytes serialise(const ConnectionRequest& tpdu);
Bytes serialise(const ConnectionConfirm& tpdu);
Bytes serialise(const DisconnectRequest& tpdu);
Bytes serialise(const DataTpdu& tpdu);
Bytes serialise(const ErrorTpdu& tpdu);

/// SRC-REF as far as `frame`, a CR that does not parse, shows it; 0 when it does not.
std::uint16_t source_reference_of(ByteView frame);

/// True when the code of `frame` (at least kMinFrame octets) is that of a CR.
bool is_connection_request(ByteView frame);

}  // namespace convene::t123

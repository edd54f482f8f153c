/// The PDUs of the connect phase: the first TSDU each way on every transport connection. T.125 §7 part 2; always BER.
#pragma once

#include <cstdint>
#include <variant>

#include "asn1/error.hpp"
#include "asn1/schema.hpp"
#include "base/bytes.hpp"
#include "mcs/enums.hpp"

namespace convene::mcs {

/// The limits of a domain, agreed when its first connection is made. T.125 §5.6; parameters.hpp negotiates them.
struct DomainParameters {
    std::uint64_t max_channel_ids = 0;   ///< channels in use: static, user ids, private and assigned together
    std::uint64_t max_user_ids = 0;      ///< a sublimit on user ids alone
    std::uint64_t max_token_ids = 0;     ///< tokens in use in any way
    std::uint64_t num_priorities = 0;    ///< transport connections in an MCS connection, 1..4
    std::uint64_t min_throughput = 0;    ///< octets per second enforced for every receiver; 0 enforces nothing
    std::uint64_t max_height = 0;        ///< of the top provider
    std::uint64_t max_mcspdu_size = 0;   ///< octets of a domain PDU; connect PDUs are not bound by it (T.125 §9)
    std::uint64_t protocol_version = 0;  ///< 2 or 3, of one connection and not of the domain

    friend bool operator==(const DomainParameters&, const DomainParameters&) = default;
};

/// Asks for an MCS connection, on its first transport connection.
struct ConnectInitial {
    Bytes calling_domain_selector;
    Bytes called_domain_selector;
    bool upward_flag = false;  ///< the called provider is to be the higher one
    DomainParameters target_parameters;
    DomainParameters minimum_parameters;
    DomainParameters maximum_parameters;
    Bytes user_data;

    friend bool operator==(const ConnectInitial&, const ConnectInitial&) = default;
};

/// Answers a ConnectInitial.
struct ConnectResponse {
    Result result = Result::successful;
    std::uint64_t called_connect_id = 0;  ///< names this connection on the transport connections that join it
    DomainParameters domain_parameters;
    Bytes user_data;

    friend bool operator==(const ConnectResponse&, const ConnectResponse&) = default;
};

/// Adds a transport connection to an MCS connection.
struct ConnectAdditional {
    std::uint64_t called_connect_id = 0;
    DataPriority data_priority = DataPriority::high;

    friend bool operator==(const ConnectAdditional&, const ConnectAdditional&) = default;
};

/// Answers a ConnectAdditional.
struct ConnectResult {
    Result result = Result::successful;

    friend bool operator==(const ConnectResult&, const ConnectResult&) = default;
};

using ConnectPdu = std::variant<ConnectInitial, ConnectResponse, ConnectAdditional, ConnectResult>;

/// The largest connect PDU this implementation reads; the standard sets no limit (T.125 §9).
inline constexpr std::size_t kMaxConnectPduBytes = std::size_t{1} << 20;

/// Reads one TSDU. Integers are taken as unsigned, as some peers leave the sign octet away. Octets after the PDU, which
/// no TSDU should have, are passed over.
asn1::Decoded<ConnectPdu> decode_connect_pdu(ByteView tsdu);
asn1::Encoded<Bytes> encode(const ConnectPdu& pdu);

/// True when `tsdu` begins with a tag of a connect PDU. Only of use where nothing but one can stand: the same octet
/// begins a legal domain PDU too.
bool looks_like_connect_pdu(ByteView tsdu);

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::DomainParameters> =
    sequence(universal_tags, field("maxChannelIds", &mcs::DomainParameters::max_channel_ids, IntegerFrom<0>{}),
             field("maxUserIds", &mcs::DomainParameters::max_user_ids, IntegerFrom<0>{}),
             field("maxTokenIds", &mcs::DomainParameters::max_token_ids, IntegerFrom<0>{}),
             field("numPriorities", &mcs::DomainParameters::num_priorities, IntegerFrom<0>{}),
             field("minThroughput", &mcs::DomainParameters::min_throughput, IntegerFrom<0>{}),
             field("maxHeight", &mcs::DomainParameters::max_height, IntegerFrom<0>{}),
             field("maxMCSPDUsize", &mcs::DomainParameters::max_mcspdu_size, IntegerFrom<0>{}),
             field("protocolVersion", &mcs::DomainParameters::protocol_version, IntegerFrom<0>{}));

template <>
inline constexpr auto schema<mcs::ConnectInitial> = application<101>(
    sequence(universal_tags, field("callingDomainSelector", &mcs::ConnectInitial::calling_domain_selector),
             field("calledDomainSelector", &mcs::ConnectInitial::called_domain_selector),
             field("upwardFlag", &mcs::ConnectInitial::upward_flag),
             field("targetParameters", &mcs::ConnectInitial::target_parameters),
             field("minimumParameters", &mcs::ConnectInitial::minimum_parameters),
             field("maximumParameters", &mcs::ConnectInitial::maximum_parameters),
             field("userData", &mcs::ConnectInitial::user_data)));

template <>
inline constexpr auto schema<mcs::ConnectResponse> =
    application<102>(sequence(universal_tags, field("result", &mcs::ConnectResponse::result),
                              field("calledConnectId", &mcs::ConnectResponse::called_connect_id, IntegerFrom<0>{}),
                              field("domainParameters", &mcs::ConnectResponse::domain_parameters),
                              field("userData", &mcs::ConnectResponse::user_data)));

template <>
inline constexpr auto schema<mcs::ConnectAdditional> = application<103>(
    sequence(universal_tags, field("calledConnectId", &mcs::ConnectAdditional::called_connect_id, IntegerFrom<0>{}),
             field("dataPriority", &mcs::ConnectAdditional::data_priority)));

template <>
inline constexpr auto schema<mcs::ConnectResult> =
    application<104>(sequence(universal_tags, field("result", &mcs::ConnectResult::result)));

template <>
inline constexpr auto schema<mcs::ConnectPdu> = choice("connect-initial", "connect-response", "connect-additional",
                                                       "connect-result");

}  // namespace convene::asn1

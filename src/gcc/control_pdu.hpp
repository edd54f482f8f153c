/// Lock, unlock, terminate, eject, add and transfer, asked, answered and announced. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/conference_types.hpp"
#include "gcc/names.hpp"
#include "gcc/network_address_v2.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

/// A PDU without members that an extension may give some.
template <class Name>
struct EmptyPdu {
    friend bool operator==(const EmptyPdu&, const EmptyPdu&) { return true; }
};
using ConferenceLockRequest = EmptyPdu<struct ConferenceLockRequestTag>;
using ConferenceLockIndication = EmptyPdu<struct ConferenceLockIndicationTag>;
using ConferenceUnlockRequest = EmptyPdu<struct ConferenceUnlockRequestTag>;
using ConferenceUnlockIndication = EmptyPdu<struct ConferenceUnlockIndicationTag>;

/// A response that is nothing but its result.
template <class ResultEnum>
struct ResultPdu {
    ResultEnum result{};

    friend bool operator==(const ResultPdu&, const ResultPdu&) = default;
};
enum class LockResult : std::uint8_t { success, invalid_requester, already_locked };
enum class UnlockResult : std::uint8_t { success, invalid_requester, already_unlocked };
enum class TerminateResult : std::uint8_t { success, invalid_requester };
using ConferenceLockResponse = ResultPdu<LockResult>;
using ConferenceUnlockResponse = ResultPdu<UnlockResult>;
using ConferenceTerminateResponse = ResultPdu<TerminateResult>;

enum class TerminateReason : std::uint8_t { user_initiated, timed_conference_termination };
/// ConferenceTerminateRequest and ConferenceTerminateIndication.
template <class Name>
struct TerminatePdu {
    TerminateReason reason{};

    friend bool operator==(const TerminatePdu&, const TerminatePdu&) = default;
};
using ConferenceTerminateRequest = TerminatePdu<struct ConferenceTerminateRequestTag>;
using ConferenceTerminateIndication = TerminatePdu<struct ConferenceTerminateIndicationTag>;

enum class EjectRequestReason : std::uint8_t { user_initiated };
enum class EjectReason : std::uint8_t { user_initiated, higher_node_disconnected, higher_node_ejected };
enum class EjectResult : std::uint8_t { success, invalid_requester, invalid_node };
struct ConferenceEjectUserRequest {
    UserId node_to_eject;
    EjectRequestReason reason{};

    friend bool operator==(const ConferenceEjectUserRequest&, const ConferenceEjectUserRequest&) = default;
};
struct ConferenceEjectUserResponse {
    UserId node_to_eject;
    EjectResult result{};

    friend bool operator==(const ConferenceEjectUserResponse&, const ConferenceEjectUserResponse&) = default;
};
struct ConferenceEjectUserIndication {
    UserId node_to_eject;
    EjectReason reason{};

    friend bool operator==(const ConferenceEjectUserIndication&, const ConferenceEjectUserIndication&) = default;
};

struct ConferenceAddRequest {
    NetworkAddress network_address;
    UserId requesting_node;
    Tag tag = 0;
    std::optional<UserId> adding_mcu;
    std::optional<UserData> user_data;
    std::optional<NodeCategory> node_category;
    std::optional<NetworkAddressV2> network_address_v2;  ///< absent from peers of the first edition

    friend bool operator==(const ConferenceAddRequest&, const ConferenceAddRequest&) = default;
};
enum class AddResult : std::uint8_t {
    success,
    invalid_requester,
    invalid_network_type,
    invalid_network_address,
    added_node_busy,
    network_busy,
    no_ports_available,
    connection_unsuccessful,
};
struct ConferenceAddResponse {
    Tag tag = 0;
    AddResult result{};
    std::optional<UserData> user_data;

    friend bool operator==(const ConferenceAddResponse&, const ConferenceAddResponse&) = default;
};

/// ConferenceTransferRequest and ConferenceTransferIndication.
template <class Name>
struct TransferPdu {
    ConferenceNameSelector conference_name;  ///< the conference to go to
    std::optional<ConferenceNameModifier> conference_name_modifier;
    std::optional<NetworkAddress> network_address;
    std::optional<std::vector<UserId>> transferring_nodes;  ///< 1 to 65536; absent means all
    std::optional<PasswordSelector> password;
    std::optional<NetworkAddressV2> network_address_v2;

    friend bool operator==(const TransferPdu&, const TransferPdu&) = default;
};
using ConferenceTransferRequest = TransferPdu<struct ConferenceTransferRequestTag>;
using ConferenceTransferIndication = TransferPdu<struct ConferenceTransferIndicationTag>;
enum class TransferResult : std::uint8_t { success, invalid_requester };
struct ConferenceTransferResponse {
    ConferenceNameSelector conference_name;
    std::optional<ConferenceNameModifier> conference_name_modifier;
    std::optional<std::vector<UserId>> transferring_nodes;
    TransferResult result{};

    friend bool operator==(const ConferenceTransferResponse&, const ConferenceTransferResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <class Name>
inline constexpr auto schema<gcc::EmptyPdu<Name>> = sequence(extensible);
template <class ResultEnum>
inline constexpr auto schema<gcc::ResultPdu<ResultEnum>> =
    sequence(field("result", &gcc::ResultPdu<ResultEnum>::result), extensible);
template <class Name>
inline constexpr auto schema<gcc::TerminatePdu<Name>> = sequence(field("reason", &gcc::TerminatePdu<Name>::reason),
                                                                 extensible);
template <>
inline constexpr auto schema<gcc::LockResult> = enumerated("success", "invalidRequester", "alreadyLocked", extensible);
template <>
inline constexpr auto schema<gcc::UnlockResult> = enumerated("success", "invalidRequester", "alreadyUnlocked",
                                                             extensible);
template <>
inline constexpr auto schema<gcc::TerminateResult> = enumerated("success", "invalidRequester", extensible);
template <>
inline constexpr auto schema<gcc::TerminateReason> = enumerated("userInitiated", "timedConferenceTermination",
                                                                extensible);
template <>
inline constexpr auto schema<gcc::EjectRequestReason> = enumerated("userInitiated", extensible);
template <>
inline constexpr auto schema<gcc::EjectReason> = enumerated("userInitiated", "higherNodeDisconnected",
                                                            "higherNodeEjected", extensible);
template <>
inline constexpr auto schema<gcc::EjectResult> = enumerated("success", "invalidRequester", "invalidNode", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceEjectUserRequest> =
    sequence(field("nodeToEject", &gcc::ConferenceEjectUserRequest::node_to_eject, gcc::UserIdRange{}),
             field("reason", &gcc::ConferenceEjectUserRequest::reason), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceEjectUserResponse> =
    sequence(field("nodeToEject", &gcc::ConferenceEjectUserResponse::node_to_eject, gcc::UserIdRange{}),
             field("result", &gcc::ConferenceEjectUserResponse::result), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceEjectUserIndication> =
    sequence(field("nodeToEject", &gcc::ConferenceEjectUserIndication::node_to_eject, gcc::UserIdRange{}),
             field("reason", &gcc::ConferenceEjectUserIndication::reason), extensible);
template <>
inline constexpr auto schema<gcc::ConferenceAddRequest> =
    sequence(field("networkAddress", &gcc::ConferenceAddRequest::network_address),
             field("requestingNode", &gcc::ConferenceAddRequest::requesting_node, gcc::UserIdRange{}),
             field("tag", &gcc::ConferenceAddRequest::tag, AnyInteger{}),
             field("addingMCU", &gcc::ConferenceAddRequest::adding_mcu, gcc::UserIdRange{}),
             field("userData", &gcc::ConferenceAddRequest::user_data), extensible,
             field("nodeCategory", &gcc::ConferenceAddRequest::node_category),
             field("networkAddressV2", &gcc::ConferenceAddRequest::network_address_v2));
template <>
inline constexpr auto schema<gcc::AddResult> = enumerated("success", "invalidRequester", "invalidNetworkType",
                                                          "invalidNetworkAddress", "addedNodeBusy", "networkBusy",
                                                          "noPortsAvailable", "connectionUnsuccessful", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceAddResponse> = sequence(
    field("tag", &gcc::ConferenceAddResponse::tag, AnyInteger{}), field("result", &gcc::ConferenceAddResponse::result),
    field("userData", &gcc::ConferenceAddResponse::user_data), extensible);
template <class Name>
inline constexpr auto schema<gcc::TransferPdu<Name>> = sequence(
    field("conferenceName", &gcc::TransferPdu<Name>::conference_name),
    field("conferenceNameModifier", &gcc::TransferPdu<Name>::conference_name_modifier, gcc::SimpleNumericString{}),
    field("networkAddress", &gcc::TransferPdu<Name>::network_address),
    field("transferringNodes", &gcc::TransferPdu<Name>::transferring_nodes, SetOf<1, 65536, gcc::UserIdRange>{}),
    field("password", &gcc::TransferPdu<Name>::password), extensible,
    field("networkAddressV2", &gcc::TransferPdu<Name>::network_address_v2));
template <>
inline constexpr auto schema<gcc::TransferResult> = enumerated("success", "invalidRequester", extensible);
template <>
inline constexpr auto schema<gcc::ConferenceTransferResponse> =
    sequence(field("conferenceName", &gcc::ConferenceTransferResponse::conference_name),
             field("conferenceNameModifier", &gcc::ConferenceTransferResponse::conference_name_modifier,
                   gcc::SimpleNumericString{}),
             field("transferringNodes", &gcc::ConferenceTransferResponse::transferring_nodes,
                   SetOf<1, 65536, gcc::UserIdRange>{}),
             field("result", &gcc::ConferenceTransferResponse::result), extensible);

}  // namespace convene::asn1

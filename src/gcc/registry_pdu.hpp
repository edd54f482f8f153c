/// Requests to the application registry at the top, and its answers. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <optional>

#include "asn1/schema.hpp"
#include "gcc/registry_types.hpp"

namespace convene::gcc {

struct RegistryRegisterChannelRequest {
    EntityId entity_id;
    RegistryKey key;
    ChannelId channel_id;  ///< a dynamic one

    friend bool operator==(const RegistryRegisterChannelRequest&, const RegistryRegisterChannelRequest&) = default;
};

/// The requests that name an entry and nothing else.
template <class Name>
struct RegistryKeyRequest {
    EntityId entity_id;
    RegistryKey key;

    friend bool operator==(const RegistryKeyRequest&, const RegistryKeyRequest&) = default;
};
using RegistryAssignTokenRequest = RegistryKeyRequest<struct RegistryAssignTokenRequestTag>;
using RegistryRetrieveEntryRequest = RegistryKeyRequest<struct RegistryRetrieveEntryRequestTag>;
using RegistryDeleteEntryRequest = RegistryKeyRequest<struct RegistryDeleteEntryRequestTag>;
using RegistryMonitorEntryRequest = RegistryKeyRequest<struct RegistryMonitorEntryRequestTag>;

struct RegistrySetParameterRequest {
    EntityId entity_id;
    RegistryKey key;
    Bytes parameter;  ///< up to 64 octets
    std::optional<RegistryModificationRights> modification_rights;

    friend bool operator==(const RegistrySetParameterRequest&, const RegistrySetParameterRequest&) = default;
};

/// Broadcast whenever a monitored entry changes.
struct RegistryMonitorEntryIndication {
    RegistryKey key;
    RegistryItem item;
    RegistryEntryOwner owner;
    std::optional<RegistryModificationRights> modification_rights;

    friend bool operator==(const RegistryMonitorEntryIndication&, const RegistryMonitorEntryIndication&) = default;
};

enum class RegistryPrimitive : std::uint8_t {
    register_channel,
    assign_token,
    set_parameter,
    retrieve_entry,
    delete_entry,
    monitor_entry,
};
enum class RegistryResult : std::uint8_t {
    successful,
    belongs_to_other,
    too_many_entries,
    inconsistent_type,
    entry_not_found,
    entry_already_exists,
    invalid_requester,
};
struct RegistryResponse {
    EntityId entity_id;  ///< of the requester
    RegistryPrimitive primitive_type{};
    RegistryKey key;
    RegistryItem item;
    RegistryEntryOwner owner;
    std::optional<RegistryModificationRights> modification_rights;
    RegistryResult result{};

    friend bool operator==(const RegistryResponse&, const RegistryResponse&) = default;
};

struct RegistryAllocateHandleRequest {
    EntityId entity_id;
    std::uint16_t number_of_handles = 1;  ///< 1..1024

    friend bool operator==(const RegistryAllocateHandleRequest&, const RegistryAllocateHandleRequest&) = default;
};
enum class AllocateHandleResult : std::uint8_t { successful, no_handles_available };
struct RegistryAllocateHandleResponse {
    EntityId entity_id;
    std::uint16_t number_of_handles = 1;  ///< 1..1024
    Handle first_handle;
    AllocateHandleResult result{};

    friend bool operator==(const RegistryAllocateHandleResponse&, const RegistryAllocateHandleResponse&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::RegistryRegisterChannelRequest> = sequence(
    field("entityID", &gcc::RegistryRegisterChannelRequest::entity_id),
    field("key", &gcc::RegistryRegisterChannelRequest::key),
    field("channelID", &gcc::RegistryRegisterChannelRequest::channel_id, gcc::DynamicChannelIdRange{}), extensible);
template <class Name>
inline constexpr auto schema<gcc::RegistryKeyRequest<Name>> =
    sequence(field("entityID", &gcc::RegistryKeyRequest<Name>::entity_id),
             field("key", &gcc::RegistryKeyRequest<Name>::key), extensible);
template <>
inline constexpr auto schema<gcc::RegistrySetParameterRequest> =
    sequence(field("entityID", &gcc::RegistrySetParameterRequest::entity_id),
             field("key", &gcc::RegistrySetParameterRequest::key),
             field("parameter", &gcc::RegistrySetParameterRequest::parameter, OctetString<0, 64>{}),
             field("modificationRights", &gcc::RegistrySetParameterRequest::modification_rights), extensible);
template <>
inline constexpr auto schema<gcc::RegistryMonitorEntryIndication> = sequence(
    field("key", &gcc::RegistryMonitorEntryIndication::key), field("item", &gcc::RegistryMonitorEntryIndication::item),
    field("owner", &gcc::RegistryMonitorEntryIndication::owner),
    field("modificationRights", &gcc::RegistryMonitorEntryIndication::modification_rights), extensible);
template <>
inline constexpr auto schema<gcc::RegistryPrimitive> = enumerated("registerChannel", "assignToken", "setParameter",
                                                                  "retrieveEntry", "deleteEntry", "monitorEntry",
                                                                  extensible);
template <>
inline constexpr auto schema<gcc::RegistryResult> = enumerated("successful", "belongsToOther", "tooManyEntries",
                                                               "inconsistentType", "entryNotFound",
                                                               "entryAlreadyExists", "invalidRequester", extensible);
template <>
inline constexpr auto schema<gcc::RegistryResponse> =
    sequence(field("entityID", &gcc::RegistryResponse::entity_id),
             field("primitiveType", &gcc::RegistryResponse::primitive_type), field("key", &gcc::RegistryResponse::key),
             field("item", &gcc::RegistryResponse::item), field("owner", &gcc::RegistryResponse::owner),
             field("modificationRights", &gcc::RegistryResponse::modification_rights),
             field("result", &gcc::RegistryResponse::result), extensible);
template <>
inline constexpr auto schema<gcc::RegistryAllocateHandleRequest> = sequence(
    field("entityID", &gcc::RegistryAllocateHandleRequest::entity_id),
    field("numberOfHandles", &gcc::RegistryAllocateHandleRequest::number_of_handles, Integer<1, 1024>{}), extensible);
template <>
inline constexpr auto schema<gcc::AllocateHandleResult> = enumerated("successful", "noHandlesAvailable", extensible);
template <>
inline constexpr auto schema<gcc::RegistryAllocateHandleResponse> =
    sequence(field("entityID", &gcc::RegistryAllocateHandleResponse::entity_id),
             field("numberOfHandles", &gcc::RegistryAllocateHandleResponse::number_of_handles, Integer<1, 1024>{}),
             field("firstHandle", &gcc::RegistryAllocateHandleResponse::first_handle),
             field("result", &gcc::RegistryAllocateHandleResponse::result), extensible);

}  // namespace convene::asn1

/// The enumerations of T.125 §7 parts 1 and 9, in the order in which they are numbered.
#pragma once

#include <cstddef>
#include <cstdint>

#include "asn1/schema.hpp"

namespace convene::mcs {

/// Why a user is detached or a connection ends.
enum class Reason : std::uint8_t {
    domain_disconnected,
    provider_initiated,
    token_purged,
    user_requested,
    channel_purged,
};

/// What became of a request.
enum class Result : std::uint8_t {
    successful,
    domain_merging,
    domain_not_hierarchical,
    no_such_channel,
    no_such_domain,
    no_such_user,
    not_admitted,
    other_user_id,
    parameters_unacceptable,
    token_not_available,
    token_not_possessed,
    too_many_channels,
    too_many_tokens,
    too_many_users,
    unspecified_failure,
    user_rejected,
};

/// A token's state as one user sees it (T.125 §13.8).
enum class TokenStatus : std::uint8_t {
    not_in_use,
    self_grabbed,
    other_grabbed,
    self_inhibited,
    other_inhibited,
    self_recipient,
    self_giving,
    other_giving,
};

enum class DataPriority : std::uint8_t { top, high, medium, low };
inline constexpr std::size_t kDataPriorities = 4;

/// What a RejectMCSPDUUltimatum objects to.
enum class Diagnostic : std::uint8_t {
    inconsistent_merge,
    forbidden_pdu_downward,
    forbidden_pdu_upward,
    invalid_ber_encoding,
    invalid_per_encoding,
    misrouted_user,
    unrequested_confirm,
    wrong_transport_priority,
    channel_id_conflict,
    token_id_conflict,
    not_user_id_channel,
    too_many_channels,
    too_many_tokens,
    too_many_users,
};

/// Where a PDU stands in the user's SDU: both flags when it is the whole of it.
struct Segmentation {
    bool begin = false;
    bool end = false;

    friend bool operator==(const Segmentation&, const Segmentation&) = default;
};
inline constexpr Segmentation kWholeSdu{true, true};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::Reason> = enumerated("rn-domain-disconnected", "rn-provider-initiated",
                                                       "rn-token-purged", "rn-user-requested", "rn-channel-purged");
template <>
inline constexpr auto schema<mcs::Result> =
    enumerated("rt-successful", "rt-domain-merging", "rt-domain-not-hierarchical", "rt-no-such-channel",
               "rt-no-such-domain", "rt-no-such-user", "rt-not-admitted", "rt-other-user-id",
               "rt-parameters-unacceptable", "rt-token-not-available", "rt-token-not-possessed", "rt-too-many-channels",
               "rt-too-many-tokens", "rt-too-many-users", "rt-unspecified-failure", "rt-user-rejected");
template <>
inline constexpr auto schema<mcs::TokenStatus> = enumerated("notInUse", "selfGrabbed", "otherGrabbed", "selfInhibited",
                                                            "otherInhibited", "selfRecipient", "selfGiving",
                                                            "otherGiving");
template <>
inline constexpr auto schema<mcs::DataPriority> = enumerated("top", "high", "medium", "low");
template <>
inline constexpr auto schema<mcs::Diagnostic> = enumerated("dc-inconsistent-merge", "dc-forbidden-PDU-downward",
                                                           "dc-forbidden-PDU-upward", "dc-invalid-BER-encoding",
                                                           "dc-invalid-PER-encoding", "dc-misrouted-user",
                                                           "dc-unrequested-confirm", "dc-wrong-transport-priority",
                                                           "dc-channel-id-conflict", "dc-token-id-conflict",
                                                           "dc-not-user-id-channel", "dc-too-many-channels",
                                                           "dc-too-many-tokens", "dc-too-many-users");
template <>
inline constexpr auto schema<mcs::Segmentation> = bit_flags(flag("begin", &mcs::Segmentation::begin),
                                                            flag("end", &mcs::Segmentation::end));

}  // namespace convene::asn1

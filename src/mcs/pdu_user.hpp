/// PDUs that attach and detach users: T.125 §7 part 5.
#pragma once

#include <optional>
#include <vector>

#include "asn1/schema.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// Asks the top provider for a user id. Alternative 10.
struct AttachUserRequest {
    friend bool operator==(const AttachUserRequest&, const AttachUserRequest&) = default;
};
/// Answers attach requests in the order in which they passed each provider. Alternative 11.
struct AttachUserConfirm {
    Result result{};
    std::optional<UserId> initiator;  ///< the new user, when successful

    friend bool operator==(const AttachUserConfirm&, const AttachUserConfirm&) = default;
};
/// Alternative 12.
struct DetachUserRequest {
    Reason reason{};
    std::vector<UserId> user_ids;

    friend bool operator==(const DetachUserRequest&, const DetachUserRequest&) = default;
};
/// Goes to every provider and every user of the domain. Alternative 13.
struct DetachUserIndication {
    Reason reason{};
    std::vector<UserId> user_ids;

    friend bool operator==(const DetachUserIndication&, const DetachUserIndication&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::AttachUserRequest> = application<10>(sequence(universal_tags));
template <>
inline constexpr auto schema<mcs::AttachUserConfirm> =
    application<11>(sequence(universal_tags, field("result", &mcs::AttachUserConfirm::result),
                             field("initiator", &mcs::AttachUserConfirm::initiator)));
template <>
inline constexpr auto schema<mcs::DetachUserRequest> =
    application<12>(sequence(universal_tags, field("reason", &mcs::DetachUserRequest::reason),
                             field("userIds", &mcs::DetachUserRequest::user_ids, SetOf<>{})));
template <>
inline constexpr auto schema<mcs::DetachUserIndication> =
    application<13>(sequence(universal_tags, field("reason", &mcs::DetachUserIndication::reason),
                             field("userIds", &mcs::DetachUserIndication::user_ids, SetOf<>{})));

}  // namespace convene::asn1

/// Passwords on the wire: in the clear, or as challenge and response. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/key.hpp"
#include "gcc/names.hpp"
#include "gcc/numbers.hpp"

namespace convene::gcc {

using PasswordInTheClear = asn1::Nothing<struct PasswordInTheClearTag>;
using ChallengeResponseAlgorithm = std::variant<PasswordInTheClear, NonStandardParameter, asn1::UnknownAlternative>;
using ChallengeResponseItem = std::variant<PasswordSelector, UserData, asn1::UnknownAlternative>;

/// One way in which the challenge may be answered.
struct ChallengeItem {
    ChallengeResponseAlgorithm response_algorithm;
    UserData challenge_data;

    friend bool operator==(const ChallengeItem&, const ChallengeItem&) = default;
};

struct ChallengeRequest {
    Tag challenge_tag = 0;
    std::vector<ChallengeItem> challenge_set;

    friend bool operator==(const ChallengeRequest&, const ChallengeRequest&) = default;
};

struct ChallengeResponse {
    Tag challenge_tag = 0;                          ///< of the request
    ChallengeResponseAlgorithm response_algorithm;  ///< one out of the request's set
    ChallengeResponseItem response_item;

    friend bool operator==(const ChallengeResponse&, const ChallengeResponse&) = default;
};

struct ChallengeRequestResponse {
    std::optional<ChallengeRequest> challenge_request;
    std::optional<ChallengeResponse> challenge_response;

    friend bool operator==(const ChallengeRequestResponse&, const ChallengeRequestResponse&) = default;
};

/// The first alternative is passwordInTheClear.
using PasswordChallengeRequestResponse =
    std::variant<PasswordSelector, ChallengeRequestResponse, asn1::UnknownAlternative>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::ChallengeResponseAlgorithm> = choice("passwordInTheClear", "nonStandardAlgorithm",
                                                                       extensible);
template <>
inline constexpr auto schema<gcc::ChallengeResponseItem> = choice("passwordString", "responseData", extensible);
template <>
inline constexpr auto schema<gcc::ChallengeItem> = sequence(field("responseAlgorithm",
                                                                  &gcc::ChallengeItem::response_algorithm),
                                                            field("challengeData", &gcc::ChallengeItem::challenge_data),
                                                            extensible);
template <>
inline constexpr auto schema<gcc::ChallengeRequest> =
    sequence(field("challengeTag", &gcc::ChallengeRequest::challenge_tag, AnyInteger{}),
             field("challengeSet", &gcc::ChallengeRequest::challenge_set, SetOf<>{}), extensible);
template <>
inline constexpr auto schema<gcc::ChallengeResponse> =
    sequence(field("challengeTag", &gcc::ChallengeResponse::challenge_tag, AnyInteger{}),
             field("responseAlgorithm", &gcc::ChallengeResponse::response_algorithm),
             field("responseItem", &gcc::ChallengeResponse::response_item), extensible);
template <>
inline constexpr auto schema<gcc::ChallengeRequestResponse> =
    sequence(field("challengeRequest", &gcc::ChallengeRequestResponse::challenge_request),
             field("challengeResponse", &gcc::ChallengeRequestResponse::challenge_response), extensible);
template <>
inline constexpr auto schema<gcc::PasswordChallengeRequestResponse> = choice("passwordInTheClear",
                                                                             "challengeRequestResponse", extensible);

}  // namespace convene::asn1

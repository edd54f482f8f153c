/// PDUs that manage tokens: T.125 §7 part 8.
#pragma once

#include "asn1/schema.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// Alternative 29.
struct TokenGrabRequest {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenGrabRequest&, const TokenGrabRequest&) = default;
};

/// Alternative 30.
struct TokenGrabConfirm {
    Result result{};
    UserId initiator;
    TokenId token;
    TokenStatus status{};  ///< as the initiator sees it

    friend bool operator==(const TokenGrabConfirm&, const TokenGrabConfirm&) = default;
};

/// Asks to share the token with other inhibitors. Alternative 31.
struct TokenInhibitRequest {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenInhibitRequest&, const TokenInhibitRequest&) = default;
};

/// Alternative 32.
struct TokenInhibitConfirm {
    Result result{};
    UserId initiator;
    TokenId token;
    TokenStatus status{};  ///< as the initiator sees it

    friend bool operator==(const TokenInhibitConfirm&, const TokenInhibitConfirm&) = default;
};

/// The grabber offers the token to another user. Alternative 33.
struct TokenGiveRequest {
    UserId initiator;
    TokenId token;
    UserId recipient;

    friend bool operator==(const TokenGiveRequest&, const TokenGiveRequest&) = default;
};

/// Alternative 34.
struct TokenGiveIndication {
    UserId initiator;
    TokenId token;
    UserId recipient;

    friend bool operator==(const TokenGiveIndication&, const TokenGiveIndication&) = default;
};

/// The recipient accepts (rt-successful) or declines. Alternative 35.
struct TokenGiveResponse {
    Result result{};
    UserId recipient;
    TokenId token;

    friend bool operator==(const TokenGiveResponse&, const TokenGiveResponse&) = default;
};

/// Alternative 36.
struct TokenGiveConfirm {
    Result result{};
    UserId initiator;
    TokenId token;
    TokenStatus status{};  ///< as the initiator sees it

    friend bool operator==(const TokenGiveConfirm&, const TokenGiveConfirm&) = default;
};

/// Asks whoever uses the token to give it up. Alternative 37.
struct TokenPleaseRequest {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenPleaseRequest&, const TokenPleaseRequest&) = default;
};

/// Alternative 38.
struct TokenPleaseIndication {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenPleaseIndication&, const TokenPleaseIndication&) = default;
};

/// Alternative 39.
struct TokenReleaseRequest {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenReleaseRequest&, const TokenReleaseRequest&) = default;
};

/// Alternative 40.
struct TokenReleaseConfirm {
    Result result{};
    UserId initiator;
    TokenId token;
    TokenStatus status{};  ///< as the initiator sees it

    friend bool operator==(const TokenReleaseConfirm&, const TokenReleaseConfirm&) = default;
};

/// Alternative 41.
struct TokenTestRequest {
    UserId initiator;
    TokenId token;

    friend bool operator==(const TokenTestRequest&, const TokenTestRequest&) = default;
};

/// Alternative 42.
struct TokenTestConfirm {
    UserId initiator;
    TokenId token;
    TokenStatus status{};  ///< as the initiator sees it

    friend bool operator==(const TokenTestConfirm&, const TokenTestConfirm&) = default;
};

}  // namespace convene::mcs

namespace convene::asn1 {

template <>
inline constexpr auto schema<mcs::TokenGrabRequest> =
    application<29>(sequence(universal_tags, field("initiator", &mcs::TokenGrabRequest::initiator),
                             field("tokenId", &mcs::TokenGrabRequest::token)));
template <>
inline constexpr auto schema<mcs::TokenGrabConfirm> = application<30>(
    sequence(universal_tags, field("result", &mcs::TokenGrabConfirm::result),
             field("initiator", &mcs::TokenGrabConfirm::initiator), field("tokenId", &mcs::TokenGrabConfirm::token),
             field("tokenStatus", &mcs::TokenGrabConfirm::status)));
template <>
inline constexpr auto schema<mcs::TokenInhibitRequest> =
    application<31>(sequence(universal_tags, field("initiator", &mcs::TokenInhibitRequest::initiator),
                             field("tokenId", &mcs::TokenInhibitRequest::token)));
template <>
inline constexpr auto schema<mcs::TokenInhibitConfirm> = application<32>(sequence(
    universal_tags, field("result", &mcs::TokenInhibitConfirm::result),
    field("initiator", &mcs::TokenInhibitConfirm::initiator), field("tokenId", &mcs::TokenInhibitConfirm::token),
    field("tokenStatus", &mcs::TokenInhibitConfirm::status)));
template <>
inline constexpr auto schema<mcs::TokenGiveRequest> = application<33>(
    sequence(universal_tags, field("initiator", &mcs::TokenGiveRequest::initiator),
             field("tokenId", &mcs::TokenGiveRequest::token), field("recipient", &mcs::TokenGiveRequest::recipient)));
template <>
inline constexpr auto schema<mcs::TokenGiveIndication> = application<34>(sequence(
    universal_tags, field("initiator", &mcs::TokenGiveIndication::initiator),
    field("tokenId", &mcs::TokenGiveIndication::token), field("recipient", &mcs::TokenGiveIndication::recipient)));
template <>
inline constexpr auto schema<mcs::TokenGiveResponse> = application<35>(
    sequence(universal_tags, field("result", &mcs::TokenGiveResponse::result),
             field("recipient", &mcs::TokenGiveResponse::recipient), field("tokenId", &mcs::TokenGiveResponse::token)));
template <>
inline constexpr auto schema<mcs::TokenGiveConfirm> = application<36>(
    sequence(universal_tags, field("result", &mcs::TokenGiveConfirm::result),
             field("initiator", &mcs::TokenGiveConfirm::initiator), field("tokenId", &mcs::TokenGiveConfirm::token),
             field("tokenStatus", &mcs::TokenGiveConfirm::status)));
template <>
inline constexpr auto schema<mcs::TokenPleaseRequest> =
    application<37>(sequence(universal_tags, field("initiator", &mcs::TokenPleaseRequest::initiator),
                             field("tokenId", &mcs::TokenPleaseRequest::token)));
template <>
inline constexpr auto schema<mcs::TokenPleaseIndication> =
    application<38>(sequence(universal_tags, field("initiator", &mcs::TokenPleaseIndication::initiator),
                             field("tokenId", &mcs::TokenPleaseIndication::token)));
template <>
inline constexpr auto schema<mcs::TokenReleaseRequest> =
    application<39>(sequence(universal_tags, field("initiator", &mcs::TokenReleaseRequest::initiator),
                             field("tokenId", &mcs::TokenReleaseRequest::token)));
template <>
inline constexpr auto schema<mcs::TokenReleaseConfirm> = application<40>(sequence(
    universal_tags, field("result", &mcs::TokenReleaseConfirm::result),
    field("initiator", &mcs::TokenReleaseConfirm::initiator), field("tokenId", &mcs::TokenReleaseConfirm::token),
    field("tokenStatus", &mcs::TokenReleaseConfirm::status)));
template <>
inline constexpr auto schema<mcs::TokenTestRequest> =
    application<41>(sequence(universal_tags, field("initiator", &mcs::TokenTestRequest::initiator),
                             field("tokenId", &mcs::TokenTestRequest::token)));
template <>
inline constexpr auto schema<mcs::TokenTestConfirm> = application<42>(
    sequence(universal_tags, field("initiator", &mcs::TokenTestConfirm::initiator),
             field("tokenId", &mcs::TokenTestConfirm::token), field("tokenStatus", &mcs::TokenTestConfirm::status)));

}  // namespace convene::asn1

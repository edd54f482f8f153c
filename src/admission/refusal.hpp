/// Why somebody was not let in, or may not do what was asked: the stable codes of the JSON interface.
#pragma once

#include <cstdint>
#include <string_view>

namespace convene::admission {

enum class Refusal : std::uint8_t {
    not_found,
    password_needed,
    password_wrong,
    unauthorized,
    forbidden,
    locked,
    full,
    expired,
    used_up,
    revoked,
    exists,
    invalid,
    too_many,
    unavailable,
};

/// As it stands in problem documents.
constexpr std::string_view code_of(Refusal refusal) {
    constexpr std::string_view kCodes[] = {"notFound", "passwordNeeded", "passwordWrong", "unauthorized", "forbidden",
                                           "locked",   "full",           "expired",       "usedUp",       "revoked",
                                           "exists",   "invalid",        "tooMany",       "unavailable"};
    return kCodes[static_cast<std::size_t>(refusal)];
}

}  // namespace convene::admission

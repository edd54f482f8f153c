/// The secret that administrators show to the JSON interface.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "base/sha256.hpp"
#include "server/settings.hpp"

namespace convene::server {

inline constexpr std::size_t kMinAdminToken = 16;  ///< characters; a shorter one could be guessed

class AdminToken {
public:
    /// Nobody has it.
    AdminToken() = default;
    explicit AdminToken(std::string_view text);

    bool fits(std::string_view shown) const;

    /// The one in web.admin_token_file; without that setting, the one in the data directory, made there where there is
    /// none; without a data directory, a new one, which `told` then is, to be shown once. The error is a sentence.
    static Expected<AdminToken, std::string> open(const Settings& settings, std::optional<std::string>& told);

private:
    std::optional<Sha256Digest> digest_;
};

}  // namespace convene::server

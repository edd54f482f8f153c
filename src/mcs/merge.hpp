/// How far a former top provider has come in bringing its domain into a larger one. T.125 §13.5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "mcs/ids.hpp"

namespace convene::mcs {

struct Merge {
    enum class Step : std::uint8_t { users, tokens, channels };

    Step step = Step::users;
    std::size_t outstanding = 0;  ///< requests of this step without a confirm
    /// What did not fit into the first request about the same id, and is sent when that was accepted.
    std::map<ChannelId, std::vector<UserId>> admitted_later;
    std::map<TokenId, std::vector<UserId>> inhibitors_later;
};

}  // namespace convene::mcs

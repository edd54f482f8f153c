/// Who and what the tests of rosters, of the registry and of conductorship are about.
#pragma once

#include "gcc/key.hpp"
#include "gcc/records.hpp"
#include "gcc/types.hpp"

namespace convene::gcc::testing {

inline constexpr UserId kTop{1001}, kAda{1002}, kBob{1003}, kCyd{1004}, kDan{1005};

inline const SessionKey kBoard{object_key({0, 0, 20, 126, 0, 1}), ChannelId{8}};
inline const SessionKey kChat{object_key({0, 0, 20, 134, 0, 1}), std::nullopt};

/// Takes every node for one of the subtree.
inline bool anybody(UserId) { return true; }

inline CapabilityId capability(StandardCapability number) { return CapabilityId{number}; }

}  // namespace convene::gcc::testing

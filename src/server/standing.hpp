/// What people are told of how they stand at a door.
#pragma once

#include <string>

#include "admission/door.hpp"

namespace convene::server {

/// The standings of one door as it is now. What all see is written once, however many are told.
class Standings {
public:
    explicit Standings(const admission::Door& door);
    /// JSON, for whom the entry stands: `Standing` of the interface (docs/api.md).
    std::string of(const admission::Entry& entry) const;

private:
    std::string rules_;
    std::string rights_;   ///< of those inside
    std::string waiting_;  ///< who waits
};

}  // namespace convene::server

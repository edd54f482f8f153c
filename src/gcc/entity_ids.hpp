/// Numbers for the application protocol entities of one node.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "gcc/numbers.hpp"

namespace convene::gcc {

/// Gives out ids that are unique at the node and comes back to a released one only after all others, because peers may
/// still speak of the entity that had it.
class EntityIds {
public:
    /// Nothing when all 65536 are in use.
    std::optional<EntityId> allocate() {
        if (used_.size() > UINT16_MAX) return std::nullopt;
        while (used_.count(next_) != 0) ++next_;
        used_.insert(next_);
        return EntityId{next_++};
    }
    void release(EntityId id) { used_.erase(id.value); }

private:
    std::set<std::uint16_t> used_;
    std::uint16_t next_ = 0;
};

}  // namespace convene::gcc

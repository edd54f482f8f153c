#include "gcc/registry_types.hpp"

#include <algorithm>

namespace convene::gcc {

bool RegistryKeyOrder::operator()(const RegistryKey& left, const RegistryKey& right) const {
    const SessionKeyOrder before;
    if (before(left.session_key, right.session_key)) return true;
    if (before(right.session_key, left.session_key)) return false;
    return std::lexicographical_compare(left.resource_id.begin(), left.resource_id.end(), right.resource_id.begin(),
                                        right.resource_id.end());
}

}  // namespace convene::gcc

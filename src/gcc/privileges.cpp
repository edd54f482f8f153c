#include "gcc/privileges.hpp"

#include <algorithm>

namespace convene::gcc {

bool Privileges::permit(Privilege privilege, const Standing& requester) const {
    if (requester.is_convener) return true;
    const auto& list = !requester.is_conducted ? non_conducted : requester.is_conductor ? conductor : conducted;
    return list && std::find(list->begin(), list->end(), privilege) != list->end();
}

bool Privileges::permit_eject(const Standing& requester, bool is_child_of_requester) const {
    return is_child_of_requester || permit(Privilege::eject_user, requester);
}

PrivilegeList without_repetitions(const PrivilegeList& list) {
    PrivilegeList out;
    for (const Privilege privilege : list) {
        if (std::find(out.begin(), out.end(), privilege) == out.end()) out.push_back(privilege);
    }
    return out;
}

}  // namespace convene::gcc

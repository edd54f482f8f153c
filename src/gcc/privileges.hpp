/// Which privileged operations a node may ask of the top GCC provider.
#pragma once

#include <optional>

#include "gcc/conference_types.hpp"

namespace convene::gcc {

/// What a requester is at the moment of its request.
struct Standing {
    bool is_convener = false;
    bool is_conducted = false;  ///< the conference is in conducted mode
    bool is_conductor = false;  ///< and the requester conducts it
};

/// The three lists of a conference, as it was created with them. An absent list grants nothing.
struct Privileges {
    std::optional<PrivilegeList> conductor{};      ///< for the conductor
    std::optional<PrivilegeList> conducted{};      ///< for the others while somebody conducts
    std::optional<PrivilegeList> non_conducted{};  ///< for everybody while nobody conducts

    /// The convener always may; for the others the list that fits their standing decides.
    bool permit(Privilege privilege, const Standing& requester) const;
    /// As permit(eject_user), but a node may eject its own children in any case.
    bool permit_eject(const Standing& requester, bool is_child_of_requester) const;

    friend bool operator==(const Privileges&, const Privileges&) = default;
};

/// `list` as the standard wants it: no privilege twice.
PrivilegeList without_repetitions(const PrivilegeList& list);

}  // namespace convene::gcc

/// What a conference is like and who may do what in it. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/key.hpp"

namespace convene::gcc {

enum class Privilege : std::uint8_t { terminate, eject_user, add, lock_unlock, transfer };
/// SET OF Privilege; none stands in it twice.
using PrivilegeList = std::vector<Privilege>;

/// automatic: the conference ends with its last participant; manual: it stays until somebody terminates it.
enum class TerminationMethod : std::uint8_t { automatic, manual };

using ConferencePriorityScheme = std::variant<NonStandardParameter, asn1::UnknownAlternative>;
struct ConferencePriority {
    std::uint16_t priority = 0;
    ConferencePriorityScheme scheme;

    friend bool operator==(const ConferencePriority&, const ConferencePriority&) = default;
};

using Conventional = asn1::Nothing<struct ConventionalTag>;
using Counted = asn1::Nothing<struct CountedTag>;
using Anonymous = asn1::Nothing<struct AnonymousTag>;
using NodeCategory = std::variant<Conventional, Counted, Anonymous, NonStandardParameter, asn1::UnknownAlternative>;

using ConventionalOnly = asn1::Nothing<struct ConventionalOnlyTag>;
using CountedOnly = asn1::Nothing<struct CountedOnlyTag>;
using AnonymousOnly = asn1::Nothing<struct AnonymousOnlyTag>;
using ConventionalControl = asn1::Nothing<struct ConventionalControlTag>;
using UnrestrictedMode = asn1::Nothing<struct UnrestrictedModeTag>;
using ConferenceMode = std::variant<ConventionalOnly, CountedOnly, AnonymousOnly, ConventionalControl, UnrestrictedMode,
                                    NonStandardParameter, asn1::UnknownAlternative>;

enum class NodeType : std::uint8_t { terminal, multiport_terminal, mcu };

struct NodeProperties {
    bool management_device = false;  ///< such as a reservation system
    bool peripheral_device = false;  ///< belongs to a primary node

    friend bool operator==(const NodeProperties&, const NodeProperties&) = default;
};

using CallingNode = asn1::Nothing<struct CallingNodeTag>;
using CalledNode = asn1::Nothing<struct CalledNodeTag>;
/// Who called whom; a random number when both sides must find out.
using AsymmetryIndicator = std::variant<CallingNode, CalledNode, std::uint32_t>;

using H243NodeId = Tagged<struct H243NodeIdTag, Bytes>;
using AlternativeNodeId = std::variant<H243NodeId, asn1::UnknownAlternative>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::Privilege> = enumerated("terminate", "ejectUser", "add", "lockUnlock", "transfer",
                                                          extensible);
template <>
inline constexpr auto schema<gcc::PrivilegeList> = SetOf<>{};
template <>
inline constexpr auto schema<gcc::TerminationMethod> = enumerated("automatic", "manual", extensible);
template <>
inline constexpr auto schema<gcc::ConferencePriorityScheme> = choice("nonStandardScheme", extensible);
template <>
inline constexpr auto schema<gcc::ConferencePriority> = sequence(field("priority", &gcc::ConferencePriority::priority,
                                                                       Integer<0, 65535>{}),
                                                                 field("scheme", &gcc::ConferencePriority::scheme),
                                                                 extensible);
template <>
inline constexpr auto schema<gcc::NodeCategory> = choice("conventional", "counted", "anonymous", "nonStandardCategory",
                                                         extensible);
template <>
inline constexpr auto schema<gcc::ConferenceMode> = choice("conventional-only", "counted-only", "anonymous-only",
                                                           "conventional-control", "unrestricted-mode",
                                                           "non-standard-mode", extensible);
template <>
inline constexpr auto schema<gcc::NodeType> = enumerated("terminal", "multiportTerminal", "mcu", extensible);
template <>
inline constexpr auto schema<gcc::NodeProperties> =
    sequence(field("managementDevice", &gcc::NodeProperties::management_device),
             field("peripheralDevice", &gcc::NodeProperties::peripheral_device), extensible);
template <>
inline constexpr auto schema<gcc::AsymmetryIndicator> = choice("callingNode", "calledNode",
                                                               alt("unknown", Integer<0U, 4294967295U>{}));
template <>
inline constexpr auto schema<gcc::H243NodeId> = OctetString<2, 2>{};
template <>
inline constexpr auto schema<gcc::AlternativeNodeId> = choice("h243NodeID", extensible);

}  // namespace convene::asn1

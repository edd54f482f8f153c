/// RosterUpdateIndication: who is in the conference and which applications they run. T.124, module GCC-PROTOCOL part 2.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/records.hpp"

namespace convene::gcc {

/// This part of the roster is as it was.
using NoChange = asn1::Nothing<struct NoChangeTag>;
using RemoveRecord = asn1::Nothing<struct RemoveRecordTag>;

struct NodeRefresh {
    UserId node_id;
    NodeRecord node_record;

    friend bool operator==(const NodeRefresh&, const NodeRefresh&) = default;
};

using AddNode = Tagged<struct AddNodeTag, NodeRecord>;
using ReplaceNode = Tagged<struct ReplaceNodeTag, NodeRecord>;
struct NodeUpdate {
    UserId node_id;
    std::variant<AddNode, ReplaceNode, RemoveRecord, asn1::UnknownAlternative> node_update;

    friend bool operator==(const NodeUpdate&, const NodeUpdate&) = default;
};

/// refresh and update hold 1 to 65536 nodes, none twice.
using NodeRecordList =
    std::variant<NoChange, std::vector<NodeRefresh>, std::vector<NodeUpdate>, asn1::UnknownAlternative>;

struct NodeInformation {
    NodeRecordList node_record_list;
    std::uint16_t roster_instance_number = 0;
    bool nodes_added = false;    ///< since the last instance
    bool nodes_removed = false;  ///< since the last instance

    friend bool operator==(const NodeInformation&, const NodeInformation&) = default;
};

struct ApplicationRefresh {
    UserId node_id;
    EntityId entity_id;
    ApplicationRecord application_record;

    friend bool operator==(const ApplicationRefresh&, const ApplicationRefresh&) = default;
};

using AddApplication = Tagged<struct AddApplicationTag, ApplicationRecord>;
using ReplaceApplication = Tagged<struct ReplaceApplicationTag, ApplicationRecord>;
struct ApplicationUpdate {
    UserId node_id;
    EntityId entity_id;
    std::variant<AddApplication, ReplaceApplication, RemoveRecord, asn1::UnknownAlternative> application_update;

    friend bool operator==(const ApplicationUpdate&, const ApplicationUpdate&) = default;
};

/// refresh holds 0 to 65535 entities, update 1 to 65536, none twice.
using ApplicationRecordList =
    std::variant<NoChange, std::vector<ApplicationRefresh>, std::vector<ApplicationUpdate>, asn1::UnknownAlternative>;
using ApplicationCapabilitiesList = std::variant<NoChange, std::vector<CollapsedCapability>, asn1::UnknownAlternative>;

/// One session.
struct ApplicationInformation {
    SessionKey session_key;
    ApplicationRecordList application_record_list;
    ApplicationCapabilitiesList application_capabilities_list;
    std::uint16_t roster_instance_number = 0;
    bool peer_entities_added = false;    ///< since the last instance
    bool peer_entities_removed = false;  ///< since the last instance

    friend bool operator==(const ApplicationInformation&, const ApplicationInformation&) = default;
};

/// From a node to the node above it: its subtree; from the top to channel 1: the conference.
struct RosterUpdateIndication {
    bool full_refresh = false;  ///< the node list and every session are refreshed
    NodeInformation node_information;
    std::vector<ApplicationInformation> application_information;

    friend bool operator==(const RosterUpdateIndication&, const RosterUpdateIndication&) = default;
};

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::AddNode> = schema<gcc::NodeRecord>;
template <>
inline constexpr auto schema<gcc::ReplaceNode> = schema<gcc::NodeRecord>;
template <>
inline constexpr auto schema<gcc::AddApplication> = schema<gcc::ApplicationRecord>;
template <>
inline constexpr auto schema<gcc::ReplaceApplication> = schema<gcc::ApplicationRecord>;
template <>
inline constexpr auto schema<gcc::NodeRefresh> = sequence(field("nodeID", &gcc::NodeRefresh::node_id,
                                                                gcc::UserIdRange{}),
                                                          field("nodeRecord", &gcc::NodeRefresh::node_record));
template <>
inline constexpr auto schema<gcc::NodeUpdate> = sequence(field("nodeID", &gcc::NodeUpdate::node_id, gcc::UserIdRange{}),
                                                         field("nodeUpdate", &gcc::NodeUpdate::node_update,
                                                               choice("addRecord", "replaceRecord", "removeRecord",
                                                                      extensible)));
template <>
inline constexpr auto schema<gcc::NodeRecordList> = choice("noChange", alt("refresh", SetOf<1, 65536>{}),
                                                           alt("update", SetOf<1, 65536>{}), extensible);
template <>
inline constexpr auto schema<gcc::NodeInformation> =
    sequence(field("nodeRecordList", &gcc::NodeInformation::node_record_list),
             field("rosterInstanceNumber", &gcc::NodeInformation::roster_instance_number, gcc::RosterInstanceRange{}),
             field("nodesAdded", &gcc::NodeInformation::nodes_added),
             field("nodesRemoved", &gcc::NodeInformation::nodes_removed), extensible);
template <>
inline constexpr auto schema<gcc::ApplicationRefresh> =
    sequence(field("nodeID", &gcc::ApplicationRefresh::node_id, gcc::UserIdRange{}),
             field("entityID", &gcc::ApplicationRefresh::entity_id),
             field("applicationRecord", &gcc::ApplicationRefresh::application_record));
template <>
inline constexpr auto schema<gcc::ApplicationUpdate> =
    sequence(field("nodeID", &gcc::ApplicationUpdate::node_id, gcc::UserIdRange{}),
             field("entityID", &gcc::ApplicationUpdate::entity_id),
             field("applicationUpdate", &gcc::ApplicationUpdate::application_update,
                   choice("addRecord", "replaceRecord", "removeRecord", extensible)));
template <>
inline constexpr auto schema<gcc::ApplicationRecordList> = choice("noChange", alt("refresh", SetOf<0, 65535>{}),
                                                                  alt("update", SetOf<1, 65536>{}), extensible);
template <>
inline constexpr auto schema<gcc::ApplicationCapabilitiesList> = choice("noChange", alt("refresh", SetOf<>{}),
                                                                        extensible);
template <>
inline constexpr auto schema<gcc::ApplicationInformation> = sequence(
    field("sessionKey", &gcc::ApplicationInformation::session_key),
    field("applicationRecordList", &gcc::ApplicationInformation::application_record_list),
    field("applicationCapabilitiesList", &gcc::ApplicationInformation::application_capabilities_list),
    field("rosterInstanceNumber", &gcc::ApplicationInformation::roster_instance_number, gcc::RosterInstanceRange{}),
    field("peerEntitiesAdded", &gcc::ApplicationInformation::peer_entities_added),
    field("peerEntitiesRemoved", &gcc::ApplicationInformation::peer_entities_removed), extensible);
template <>
inline constexpr auto schema<gcc::RosterUpdateIndication> =
    sequence(field("fullRefresh", &gcc::RosterUpdateIndication::full_refresh),
             field("nodeInformation", &gcc::RosterUpdateIndication::node_information),
             field("applicationInformation", &gcc::RosterUpdateIndication::application_information, SetOf<0, 65535>{}),
             extensible);

}  // namespace convene::asn1

#include "gcc/roster_exchange.hpp"

namespace convene::gcc {
namespace {

std::optional<RosterUpdateIndication> publish(Rosters& rosters, bool is_full, Extent nodes) {
    if (!is_full && !rosters.has_news()) return std::nullopt;
    RosterUpdateIndication out;
    out.full_refresh = is_full;
    out.node_information = rosters.nodes.publish(nodes);
    out.application_information = rosters.applications.publish(is_full ? Extent::everything : Extent::changes);
    // News that cancelled each other out leave nothing to say.
    const bool is_empty =
        std::holds_alternative<NoChange>(out.node_information.node_record_list) && out.application_information.empty();
    if (is_empty) return std::nullopt;
    return out;
}

}  // namespace

std::optional<RosterUpdateIndication> next_broadcast(Rosters& rosters) {
    return publish(rosters, rosters.nodes.has_new_nodes(), Extent::for_everyone);
}

std::optional<RosterUpdateIndication> next_report(Rosters& rosters, bool is_first) {
    return publish(rosters, is_first, is_first ? Extent::everything : Extent::changes);
}

MergeOutcome merge_report(Rosters& rosters, UserId child, const RosterUpdateIndication& report,
                          const InSubtree& in_subtree) {
    MergeOutcome out;
    out.nodes = rosters.nodes.merge(child, report.node_information, in_subtree, out.incidents);
    out.applications_changed = rosters.applications.merge(child, report.full_refresh, report.application_information,
                                                          in_subtree, out.incidents);
    for (const UserId node : out.nodes.removed) {
        rosters.applications.remove_node(node);
        out.applications_changed = true;
    }
    return out;
}

std::vector<UserId> remove_subtree(Rosters& rosters, UserId node) {
    std::vector<UserId> gone = rosters.nodes.remove(node);
    for (const UserId each : gone) rosters.applications.remove_node(each);
    // It may have enrolled before its node record came.
    rosters.applications.remove_node(node);
    return gone;
}

RosterChanges receive_broadcast(RosterCopies& copies, const RosterUpdateIndication& broadcast) {
    RosterChanges out;
    out.nodes = copies.nodes.receive(broadcast.node_information);
    out.sessions = copies.applications.receive(broadcast.full_refresh, broadcast.application_information);
    return out;
}

RosterChanges remove_node(RosterCopies& copies, UserId node) {
    return {copies.nodes.remove(node), copies.applications.remove_node(node)};
}

}  // namespace convene::gcc

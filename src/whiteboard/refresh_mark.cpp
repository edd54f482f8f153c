#include "whiteboard/refresh_mark.hpp"

#include "whiteboard/wire_octets.hpp"

namespace convene::whiteboard {
namespace {

NonStandardIdentifier mark_key() { return {gcc::h221_key(to_bytes("Convene refresh"))}; }
NonStandardIdentifier request_key() { return {gcc::h221_key(to_bytes("Convene refresh request"))}; }

}  // namespace

WorkspaceRefreshStatusPdu status_with(const RefreshMark& mark) {
    OctetWriter out;
    out.number(mark.serial, 4);
    for (mcs::UserId target : mark.targets) out.number(target.value, 2);
    return {true, NonStandardParameters{{mark_key(), out.take()}}};
}

std::optional<RefreshMark> mark_of(const WorkspaceRefreshStatusPdu& pdu) {
    if (!pdu.refresh_status || !pdu.non_standard_parameters) return std::nullopt;
    for (const auto& extra : *pdu.non_standard_parameters) {
        if (!(extra.identifier == mark_key())) continue;
        OctetReader in(extra.data);
        RefreshMark mark;
        mark.serial = static_cast<std::uint32_t>(in.number(4));
        while (in.is_good() && !in.is_done()) mark.targets.push_back({static_cast<std::uint16_t>(in.number(2))});
        if (in.is_good()) return mark;
    }
    return std::nullopt;
}

NonStandardPdu refresh_request() { return {{request_key(), {}}}; }

bool is_refresh_request(const NonStandardPdu& pdu) { return pdu.transaction.identifier == request_key(); }

}  // namespace convene::whiteboard

#include "gcc/capability_collapse.hpp"

#include <algorithm>
#include <set>

#include "gcc/roster_limits.hpp"

namespace convene::gcc {
namespace {

constexpr std::uint32_t kMaxNumberOfEntities = 65'536;  // INTEGER (1..65536)

}  // namespace

void CapabilityCollapse::add(const CapabilityId& id, const CapabilityClass& capability_class, std::uint32_t entities) {
    const auto [found, is_new] = lines_.try_emplace(id, Line{capability_class, 0});
    Line& line = found->second;
    if (!is_new) {
        if (line.capability_class.index() != capability_class.index()) return;
        if (auto* least = std::get_if<UnsignedMin>(&line.capability_class)) {
            least->value = std::min(least->value, std::get<UnsignedMin>(capability_class).value);
        } else if (auto* most = std::get_if<UnsignedMax>(&line.capability_class)) {
            most->value = std::max(most->value, std::get<UnsignedMax>(capability_class).value);
        } else if (!(line.capability_class == capability_class)) {
            return;
        }
    }
    line.entities = std::min(line.entities + std::min(entities, kMaxNumberOfEntities), kMaxNumberOfEntities);
}

void CapabilityCollapse::add(const std::vector<Capability>& listed_by_one) {
    std::set<CapabilityId, CapabilityIdOrder> counted;
    for (const Capability& each : listed_by_one) {
        if (counted.insert(each.capability_id).second) add(each.capability_id, each.capability_class, 1);
    }
}

void CapabilityCollapse::add(const std::vector<CollapsedCapability>& collapsed) {
    std::set<CapabilityId, CapabilityIdOrder> counted;
    for (const CollapsedCapability& each : collapsed) {
        if (counted.insert(each.capability_id).second) {
            add(each.capability_id, each.capability_class, each.number_of_entities);
        }
    }
}

std::vector<CollapsedCapability> CapabilityCollapse::list() const {
    std::vector<CollapsedCapability> out;
    for (const auto& [id, line] : lines_) {
        if (out.size() == kMaxCapabilities) break;
        out.push_back(CollapsedCapability{id, line.capability_class, line.entities});
    }
    return out;
}

}  // namespace convene::gcc

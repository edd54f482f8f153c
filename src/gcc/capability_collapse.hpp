/// Many entities' capabilities as one list: what GCC reports about a session as a whole.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gcc/records.hpp"

namespace convene::gcc {

/// Adds up capabilities by identifier: the smallest of an unsignedMin, the largest of an unsignedMax, and how many
/// entities listed it. When two classes are given for one identifier the first stays and the other is not counted; the
/// same holds for two different values of a class that a later edition added, which nobody here can combine. The order
/// of input decides in that case alone.
class CapabilityCollapse {
public:
    /// One active entity's own list; an identifier that stands in it twice counts once.
    void add(const std::vector<Capability>& listed_by_one);
    /// A list that was collapsed below.
    void add(const std::vector<CollapsedCapability>& collapsed);

    /// In the order of identifiers; at most kMaxCapabilities lines, the later identifiers are left out.
    std::vector<CollapsedCapability> list() const;

private:
    struct Line {
        CapabilityClass capability_class;
        std::uint32_t entities = 0;
    };
    void add(const CapabilityId& id, const CapabilityClass& capability_class, std::uint32_t entities);

    std::map<CapabilityId, Line, CapabilityIdOrder> lines_;
};

}  // namespace convene::gcc

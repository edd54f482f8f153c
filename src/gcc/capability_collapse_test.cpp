#include "gcc/capability_collapse.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_limits.hpp"

namespace convene::gcc {
namespace {

CapabilityId id(StandardCapability number) { return CapabilityId{number}; }
using List = std::vector<CollapsedCapability>;

TEST(CapabilityCollapse, EachClassIsCombinedInItsWay) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{id(1), Logical{}}, {id(2), UnsignedMin{7}}, {id(3), UnsignedMax{7}}});
    collapse.add(std::vector<Capability>{{id(2), UnsignedMin{5}}, {id(3), UnsignedMax{9}}});
    collapse.add(std::vector<Capability>{{id(1), Logical{}}, {id(2), UnsignedMin{6}}});
    EXPECT_EQ(collapse.list(), (List{{id(1), Logical{}, 2}, {id(2), UnsignedMin{5}, 3}, {id(3), UnsignedMax{9}, 2}}));
}

TEST(CapabilityCollapse, SubtreesAddUp) {
    CapabilityCollapse collapse;
    collapse.add(List{{id(1), Logical{}, 10}, {id(2), UnsignedMin{5}, 3}});
    collapse.add(List{{id(1), Logical{}, 5}, {id(2), UnsignedMin{4}, 1}});
    collapse.add(std::vector<Capability>{{id(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{id(1), Logical{}, 16}, {id(2), UnsignedMin{4}, 4}}));
}

TEST(CapabilityCollapse, TheFirstClassStays) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{id(1), UnsignedMin{3}}});
    collapse.add(std::vector<Capability>{{id(1), UnsignedMax{9}}});
    collapse.add(std::vector<Capability>{{id(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{id(1), UnsignedMin{3}, 1}}));
}

TEST(CapabilityCollapse, OneEntityCountsOnceForAnIdentifier) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{id(1), Logical{}}, {id(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{id(1), Logical{}, 1}}));
}

TEST(CapabilityCollapse, KeysAreIdentifiersTooAndUnknownClassesAreKept) {
    const CapabilityId ours = h221_key(Bytes(4));
    const asn1::UnknownAlternative later{0, Bytes(2)};
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{ours, Logical{}}, {id(0), later}});
    collapse.add(std::vector<Capability>{{ours, Logical{}}, {id(0), later}});
    collapse.add(std::vector<Capability>{{id(0), asn1::UnknownAlternative{0, Bytes(3)}}});
    EXPECT_EQ(collapse.list(), (List{{id(0), later, 2}, {ours, Logical{}, 2}}));
}

TEST(CapabilityCollapse, CountsAndLinesAreBounded) {
    CapabilityCollapse collapse;
    for (std::size_t i = 0; i < kMaxCapabilities + 5; ++i) {
        collapse.add(List{{id(static_cast<StandardCapability>(i)), Logical{}, 65'536}});
    }
    collapse.add(List{{id(0), Logical{}, 65'536}});
    EXPECT_EQ(collapse.list().size(), kMaxCapabilities);
    EXPECT_EQ(collapse.list()[0].number_of_entities, 65'536U);
}

}  // namespace
}  // namespace convene::gcc

#include "gcc/capability_collapse.hpp"

#include <gtest/gtest.h>

#include "gcc/roster_limits.hpp"
#include "gcc/roster_testing.hpp"

namespace convene::gcc {
namespace {

using testing::capability;

using List = std::vector<CollapsedCapability>;

TEST(CapabilityCollapse, EachClassIsCombinedInItsWay) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{
        {capability(1), Logical{}}, {capability(2), UnsignedMin{7}}, {capability(3), UnsignedMax{7}}});
    collapse.add(std::vector<Capability>{{capability(2), UnsignedMin{5}}, {capability(3), UnsignedMax{9}}});
    collapse.add(std::vector<Capability>{{capability(1), Logical{}}, {capability(2), UnsignedMin{6}}});
    EXPECT_EQ(
        collapse.list(),
        (List{{capability(1), Logical{}, 2}, {capability(2), UnsignedMin{5}, 3}, {capability(3), UnsignedMax{9}, 2}}));
}

TEST(CapabilityCollapse, SubtreesAddUp) {
    CapabilityCollapse collapse;
    collapse.add(List{{capability(1), Logical{}, 10}, {capability(2), UnsignedMin{5}, 3}});
    collapse.add(List{{capability(1), Logical{}, 5}, {capability(2), UnsignedMin{4}, 1}});
    collapse.add(std::vector<Capability>{{capability(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{capability(1), Logical{}, 16}, {capability(2), UnsignedMin{4}, 4}}));
}

TEST(CapabilityCollapse, TheFirstClassStays) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{capability(1), UnsignedMin{3}}});
    collapse.add(std::vector<Capability>{{capability(1), UnsignedMax{9}}});
    collapse.add(std::vector<Capability>{{capability(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{capability(1), UnsignedMin{3}, 1}}));
}

TEST(CapabilityCollapse, OneEntityCountsOnceForAnIdentifier) {
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{capability(1), Logical{}}, {capability(1), Logical{}}});
    EXPECT_EQ(collapse.list(), (List{{capability(1), Logical{}, 1}}));
}

TEST(CapabilityCollapse, KeysAreIdentifiersTooAndUnknownClassesAreKept) {
    const CapabilityId ours = h221_key(Bytes(4));
    const asn1::UnknownAlternative later{0, Bytes(2)};
    CapabilityCollapse collapse;
    collapse.add(std::vector<Capability>{{ours, Logical{}}, {capability(0), later}});
    collapse.add(std::vector<Capability>{{ours, Logical{}}, {capability(0), later}});
    collapse.add(std::vector<Capability>{{capability(0), asn1::UnknownAlternative{0, Bytes(3)}}});
    EXPECT_EQ(collapse.list(), (List{{capability(0), later, 2}, {ours, Logical{}, 2}}));
}

TEST(CapabilityCollapse, CountsAndLinesAreBounded) {
    CapabilityCollapse collapse;
    for (std::size_t i = 0; i < kMaxCapabilities + 5; ++i) {
        collapse.add(List{{capability(static_cast<StandardCapability>(i)), Logical{}, 65'536}});
    }
    collapse.add(List{{capability(0), Logical{}, 65'536}});
    EXPECT_EQ(collapse.list().size(), kMaxCapabilities);
    EXPECT_EQ(collapse.list()[0].number_of_entities, 65'536U);
}

}  // namespace
}  // namespace convene::gcc

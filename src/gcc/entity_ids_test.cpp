#include "gcc/entity_ids.hpp"

#include <gtest/gtest.h>

namespace convene::gcc {
namespace {

TEST(EntityIds, AReleasedOneComesBackLast) {
    EntityIds ids;
    const EntityId first = ids.allocate().value();
    ids.release(first);
    for (int i = 1; i < 65'536; ++i) ASSERT_NE(ids.allocate(), first);
    EXPECT_EQ(ids.allocate(), first);
    EXPECT_EQ(ids.allocate(), std::nullopt);
    ids.release(EntityId{77});
    EXPECT_EQ(ids.allocate(), EntityId{77});
}

}  // namespace
}  // namespace convene::gcc

#include "files/crc32.hpp"

#include <gtest/gtest.h>

namespace convene::files {
namespace {

TEST(Crc32, CheckValue) {
    Crc32 crc;
    EXPECT_EQ(crc.value(), 0U);
    crc.update(as_bytes("1234"));
    crc.update(as_bytes("56789"));
    EXPECT_EQ(crc.value(), 0xCBF43926U);
}

}  // namespace
}  // namespace convene::files

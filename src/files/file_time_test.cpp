#include "files/file_time.hpp"

#include <gtest/gtest.h>

namespace convene::files {
namespace {

TEST(FileTime, KnownMoments) {
    EXPECT_EQ(to_generalized_time(0), "19700101000000Z");
    EXPECT_EQ(to_generalized_time(915246245), "19990102030405Z");
    EXPECT_EQ(to_generalized_time(-1), "19691231235959Z");
    EXPECT_EQ(to_generalized_time(951782400), "20000229000000Z");
    EXPECT_EQ(to_generalized_time(253402300800), std::nullopt);
    for (const FileTime time :
         {FileTime{0}, FileTime{915246245}, FileTime{-1}, FileTime{-62167219200}, FileTime{253402300799}})
        EXPECT_EQ(from_generalized_time(*to_generalized_time(time)), time) << time;
}

TEST(FileTime, WhatPeersWrite) {
    EXPECT_EQ(from_generalized_time("19990102030405.25Z"), 915246245);
    EXPECT_EQ(from_generalized_time("19990102030405"), 915246245);
    EXPECT_EQ(from_generalized_time("19990102040405+0100"), 915246245);
    EXPECT_EQ(from_generalized_time("19990101233405.5-0330"), 915246245);
    EXPECT_EQ(from_generalized_time("199901020304Z"), 915246240);
    EXPECT_EQ(from_generalized_time("1999010203"), 915246000);
}

TEST(FileTime, WhatIsNoTime) {
    for (std::string_view text : {"", "1999", "19990231000000Z", "19991301000000Z", "19990102250000Z", "199901020360Z",
                                  "19990102030405X", "19990102030405+", "19990102030405+0199Z", "nineteen ninety"})
        EXPECT_EQ(from_generalized_time(text), std::nullopt) << text;
}

}  // namespace
}  // namespace convene::files

#include "files/extras.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::files {
namespace {

TEST(FileExtras, ThereAndBack) {
    const Sha256Digest digest = sha256(as_bytes("abc"));
    for (const Extra& extra : std::initializer_list<Extra>{FileEnd{}, FileEnd{FileHandle{2}}, ChannelLeave{},
                                                           FileDigest{FileHandle{7}, 0x1'0000'0000ULL, digest},
                                                           HeldDigest{RequestHandle{65535}, 12, digest}}) {
        EXPECT_EQ(read_extra(to_pdu(extra)), extra);
    }
}

TEST(FileExtras, NetMeetingsTextIsFoundAnywhereInTheKey) {
    Bytes prefixed = hex("b500534c");
    append(prefixed, as_bytes(std::string_view("NetMeeting 1 FileEnd\0", 21)));
    EXPECT_EQ(read_extra({{gcc::h221_key(prefixed), hex("0102")}}), Extra(FileEnd{FileHandle{0x102}}));
    EXPECT_EQ(read_extra({{gcc::h221_key(prefixed), hex("010203")}}), Extra(FileEnd{}));
    EXPECT_EQ(read_extra({{gcc::h221_key(to_bytes("xxNetMeeting 1 ChannelLeave")), {}}}), Extra(ChannelLeave{}));
}

TEST(FileExtras, OthersAreIgnored) {
    EXPECT_EQ(read_extra({{gcc::h221_key(to_bytes("NetMeeting 1 MBFT")), {}}}), std::nullopt);
    EXPECT_EQ(read_extra({{gcc::h221_key(to_bytes("Convene 1 FileDigest")), hex("0102")}}), std::nullopt);
    EXPECT_EQ(read_extra({{gcc::object_key({0, 0, 20, 127, 0, 1}), {}}}), std::nullopt);
}

TEST(FileExtras, CapabilitiesTellWhoUnderstands) {
    gcc::ApplicationRecord record;
    EXPECT_FALSE(is_convene(record));
    record.non_collapsing_capabilities = {{convene_capability(), std::nullopt}};
    EXPECT_TRUE(is_convene(record));
    EXPECT_FALSE(is_netmeeting(record));
    record.non_collapsing_capabilities = {{gcc::Key(gcc::h221_key(to_bytes("NetMeeting 1 MBFT"))), std::nullopt}};
    EXPECT_TRUE(is_netmeeting(record));
}

}  // namespace
}  // namespace convene::files

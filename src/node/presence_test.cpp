#include "node/presence.hpp"

#include <gtest/gtest.h>

#include "node/receipt.hpp"
#include "whiteboard/codec.hpp"

namespace convene::node {
namespace {

Presence some_presence() {
    return {whiteboard::ItemId{17}, {-300, 20}, {1024, 768}, whiteboard::Point{5, -6}, true, true};
}

Bytes si_pdu(gcc::Key key, Bytes data) {
    return *whiteboard::encode(whiteboard::NonStandardPdu{{{std::move(key)}, std::move(data)}});
}

TEST(Presence, ComesBackAsItWasSaid) {
    const auto told = decode_presence(encode(std::optional(some_presence())));
    ASSERT_TRUE(told && told->presence);
    EXPECT_EQ(*told->presence, some_presence());

    Presence quiet = some_presence();
    quiet.cursor.reset();
    quiet.is_laser = false;
    EXPECT_EQ(decode_presence(encode(std::optional(quiet)))->presence, quiet);

    const auto gone = decode_presence(encode(std::nullopt));
    ASSERT_TRUE(gone);
    EXPECT_FALSE(gone->presence);
}

TEST(Presence, WhatIsNoneIsNothing) {
    const Bytes whole = encode(std::optional(some_presence()));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(decode_presence(ByteView(whole).first(size))) << size;
}

TEST(Presence, IsKnownByItsFirstOctets) {
    EXPECT_TRUE(is_presence_pdu(si_pdu(presence_key(), encode(std::optional(some_presence())))));
    EXPECT_TRUE(is_presence_pdu(si_pdu(presence_key(), encode(std::nullopt))));
    EXPECT_FALSE(is_presence_pdu(si_pdu(receipt_key(), encode(Receipt{3}))));
    EXPECT_FALSE(is_presence_pdu({}));
}

}  // namespace
}  // namespace convene::node

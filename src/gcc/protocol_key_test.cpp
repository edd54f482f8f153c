#include "gcc/protocol_key.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::gcc {
namespace {

TEST(SameProtocol, IgnoresATrailingVersionOfObjectIdentifiers) {
    const Key versioned = object_key({0, 0, 20, 126, 0, 1});
    const Key plain = object_key({0, 0, 20, 126});
    EXPECT_TRUE(same_protocol(versioned, plain));
    EXPECT_TRUE(same_protocol(plain, versioned));
    EXPECT_TRUE(same_protocol(plain, plain));
    EXPECT_FALSE(same_protocol(plain, object_key({0, 0, 20, 127, 0, 1})));
    EXPECT_FALSE(same_protocol(versioned, object_key({0, 0, 20, 126, 0, 2})));
}

TEST(SameProtocol, SeesWhereAnArcBegins) {
    const Key plain = object_key({0, 0, 20, 128});
    EXPECT_TRUE(same_protocol(plain, object_key({0, 0, 20, 128, 0, 1})));
    EXPECT_FALSE(same_protocol(object_key({0, 0, 20, 128, 1}), asn1::ObjectIdentifier{hex("001481")}));
}

TEST(SameProtocol, ComparesOtherKeysWhole) {
    const Key shorter = h221_key(hex("b500534c")), longer = h221_key(hex("b500534c0001"));
    EXPECT_TRUE(same_protocol(shorter, shorter));
    EXPECT_FALSE(same_protocol(shorter, longer));
    EXPECT_FALSE(same_protocol(shorter, asn1::ObjectIdentifier{hex("b500534c")}));
    EXPECT_FALSE(same_protocol(asn1::ObjectIdentifier{hex("0001")}, asn1::ObjectIdentifier{}))
        << "nothing would be left";
}

}  // namespace
}  // namespace convene::gcc

/// What tests of file transfer expect of a hub and its parties.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "files/testing.hpp"

namespace convene::files::testing {

/// Some parties that know each other.
inline std::vector<Party*> assemble(Hub& hub, std::size_t count) {
    std::vector<Party*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(&hub.add());
    hub.run(std::chrono::seconds(1));
    for (Party* party : out) EXPECT_EQ(party->entity.members().size(), count - 1);
    return out;
}

inline void expect_received(const Party& party, const std::string& name, std::size_t size,
                            Verified verified = Verified::yes) {
    const auto received = party.last<Received>();
    ASSERT_TRUE(received.has_value()) << name;
    EXPECT_EQ(party.names.at(received->transfer), name);
    EXPECT_EQ(received->octets, size);
    EXPECT_EQ(received->verified, verified);
    const auto file = party.disk.find(received->transfer);
    const Bytes found = file == party.disk.end() ? Bytes{} : file->second;
    EXPECT_TRUE(found == contents_of(name, size)) << name << ": other octets";
    EXPECT_EQ(received->digest, sha256(found));
}

inline void expect_nothing_left(Hub& hub) {
    for (const auto& party : hub.parties()) {
        if (!party->is_connected) continue;
        EXPECT_EQ(party->entity.outgoing(), 0U);
        EXPECT_EQ(party->entity.incoming(), 0U);
        EXPECT_EQ(party->entity.sub_sessions(), 0U);
        EXPECT_EQ(party->entity.deadline(), std::nullopt);
    }
    EXPECT_EQ(hub.dynamic_channels(), 0U);
    EXPECT_EQ(hub.tokens(), 0U);
}

}  // namespace convene::files::testing

/// What the tests of both sides of the connect phase share.
#pragma once

#include "mcs/connect.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "base/hex.hpp"
#include "base/overloaded.hpp"

namespace convene::mcs {

inline constexpr Instant kStart{};
inline constexpr std::uint64_t kRandom = 0xFEDC'BA98'7654'3210;
inline const std::string kPeer = "192.0.2.7";

inline ConnectInitial request(std::uint64_t priorities, std::uint64_t version) {
    ParameterOffer offer = default_offer();
    offer.target.num_priorities = priorities;
    offer.target.protocol_version = version;
    offer.maximum.protocol_version = version;
    return {bytes({1}), bytes({1}), true, offer.target, offer.minimum, offer.maximum, to_bytes("create")};
}

inline Bytes octets(const ConnectPdu& pdu) { return *encode(pdu); }

template <class T, class Output>
std::vector<T> all(const std::vector<Output>& outputs) {
    std::vector<T> found;
    for (const Output& output : outputs)
        if (const T* one = std::get_if<T>(&output)) found.push_back(*one);
    return found;
}
template <class T, class Output>
T one(const std::vector<Output>& outputs) {
    auto found = all<T>(outputs);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? T{} : found[0];
}

}  // namespace convene::mcs

/// For tests: the codec by tables and the one of templates, side by side.
#pragma once

#include <gtest/gtest.h>

#include "asn1/error.hpp"
#include "asn1/per_shape_of.hpp"
#include "asn1/random.hpp"

namespace convene::asn1 {

template <class T>
Encoded<Bytes> encode_by_shape(const T& value) {
    Bytes octets;
    PerWriter writer(octets);
    if (!per_write_shape(writer, *shapes::shape_for<shapes::OfType<T>, T>(), &value))
        return tl::make_unexpected(writer.error());
    writer.finish();
    return octets;
}

template <class T>
Decoded<T> decode_by_shape(ByteView octets) {
    PerReader reader(octets);
    Decoded<T> value{};
    if (!per_read_shape(reader, *shapes::shape_for<shapes::OfType<T>, T>(), &*value))
        return tl::make_unexpected(reader.error());
    return value;
}

/// Random values, and octets that are damaged, must come to the same in both codecs. `encode` and `decode` are those of
/// the room, made of templates.
template <class T, class Encode, class Decode>
void expect_same_by_shape(Encode encode, Decode decode) {
    constexpr int kRuns = 1500;
    Random random(5, {.additions = true, .unknown = true, .big = false});
    int refused = 0;
    for (int run = 0; run < kRuns; ++run) {
        const T value = random_value<T>(random);
        const auto octets = encode(value);
        const auto by_shape = encode_by_shape(value);
        ASSERT_EQ(octets.has_value(), by_shape.has_value()) << run;
        if (!octets) {
            EXPECT_EQ(octets.error().code, by_shape.error().code) << run;
            continue;
        }
        ASSERT_EQ(*octets, *by_shape) << run;
        const auto decoded = decode_by_shape<T>(*octets);
        ASSERT_TRUE(decoded.has_value()) << run << ": " << decoded.error().message();
        ASSERT_EQ(*decoded, value) << run;

        Bytes damaged = *octets;
        for (auto damage = 1 + random.up_to(3); damage > 0; --damage)
            damaged[random.up_to(damaged.size() - 1)] = static_cast<std::byte>(random.next() & 0xFF);
        if (random.one_in(4)) damaged.resize(random.up_to(damaged.size()));
        const auto one = decode(ByteView(damaged));
        const auto other = decode_by_shape<T>(damaged);
        ASSERT_EQ(one.has_value(), other.has_value()) << run;
        if (one) {
            ASSERT_EQ(*one, *other) << run;
        } else {
            ++refused;
            ASSERT_EQ(one.error().code, other.error().code) << run;
            ASSERT_EQ(one.error().bit_offset, other.error().bit_offset) << run;
            ASSERT_EQ(one.error().clause, other.error().clause) << run;
        }
    }
    EXPECT_GT(refused, 0);
}

}  // namespace convene::asn1

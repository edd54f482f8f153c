#include "asn1/random.hpp"

#include <gtest/gtest.h>

#include "asn1/ber.hpp"
#include "asn1/json.hpp"
#include "asn1/per.hpp"
#include "asn1/shape_testing.hpp"

namespace convene {
namespace {

enum class Colour : std::uint8_t { red, green, blue };
struct Flags {
    bool begin = false, end = false;
    friend bool operator==(const Flags&, const Flags&) = default;
};
struct Leaf {
    std::int32_t number = 0;
    std::optional<std::u16string> text;
    std::optional<Colour> colour;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};
using Pick = std::variant<Leaf, asn1::ObjectIdentifier, Bytes, asn1::UnknownAlternative>;
struct Tree {
    std::uint64_t big = 0;
    std::int64_t any = 0;
    Flags flags;
    asn1::BitString bits;
    std::string digits;
    std::vector<Pick> picks;
    std::uint8_t level = 5;
    std::array<std::byte, 5> five{};
    friend bool operator==(const Tree&, const Tree&) = default;
};

}  // namespace

namespace asn1 {
template <>
inline constexpr auto schema<Colour> = enumerated("red", "green", extensible, "blue");
template <>
inline constexpr auto schema<Flags> = bit_flags(flag("begin", &Flags::begin), flag("end", &Flags::end));
template <>
inline constexpr auto schema<Leaf> = sequence(field("number", &Leaf::number, Integer<-70000, 70000>{}), extensible,
                                              field("text", &Leaf::text, CharacterString<BmpCharacters, 0, 255>{}),
                                              field("colour", &Leaf::colour));
template <>
inline constexpr auto schema<Pick> = choice("leaf", extensible, "key", "octets");
template <>
inline constexpr auto schema<Tree> = sequence(field("big", &Tree::big, IntegerFrom<0>{}),
                                              field("any", &Tree::any, AnyInteger{}), field("flags", &Tree::flags),
                                              field("bits", &Tree::bits, BitStringOf<>{}),
                                              field("digits", &Tree::digits, CharacterString<DigitCharacters>{}),
                                              field("picks", &Tree::picks, SequenceOf<>{}),
                                              default_field("level", &Tree::level, std::uint8_t{5}, Integer<0, 255>{}),
                                              field("five", &Tree::five, OctetString<5, 5>{}));
}  // namespace asn1

namespace {

constexpr int kRuns = 600;

TEST(Random, EveryValueSurvivesPerAndJson) {
    asn1::Random random(1);
    std::size_t largest = 0;
    for (int i = 0; i < kRuns; ++i) {
        auto value = asn1::random_value<Tree>(random);
        auto octets = asn1::per_encode(value);
        ASSERT_TRUE(octets.has_value()) << octets.error().message();
        auto decoded = asn1::per_decode<Tree>(ByteView(*octets));
        ASSERT_TRUE(decoded.has_value()) << i << ": " << decoded.error().message();
        ASSERT_EQ(*decoded, value) << i;
        auto read = asn1::from_json<Tree>(asn1::to_json(value));
        ASSERT_TRUE(read.has_value()) << i << ": " << read.error().message();
        ASSERT_EQ(*read, value) << i;
        largest = std::max(largest, octets->size());
    }
    EXPECT_GT(largest, 65536U) << "fragments must occur";
}

TEST(Random, EveryKnownValueSurvivesBer) {
    asn1::Random random(2, {.additions = true, .unknown = false, .big = true});
    for (int i = 0; i < kRuns; ++i) {
        auto value = asn1::random_value<Tree>(random);
        auto octets = asn1::ber_encode(value);
        ASSERT_TRUE(octets.has_value()) << octets.error().message();
        auto decoded = asn1::ber_decode<Tree>(ByteView(*octets));
        ASSERT_TRUE(decoded.has_value()) << i << ": " << decoded.error().message();
        ASSERT_EQ(*decoded, value) << i;
    }
}

TEST(Random, SameSeedSameValues) {
    asn1::Random first(7), second(7), third(8);
    auto value = asn1::random_value<Tree>(first);
    EXPECT_EQ(value, asn1::random_value<Tree>(second));
    EXPECT_FALSE(value == asn1::random_value<Tree>(third));
}

TEST(Random, OptionsAreKept) {
    asn1::Random random(3, {.additions = false, .unknown = false, .big = false});
    for (int i = 0; i < kRuns; ++i) {
        auto value = asn1::random_value<Tree>(random);
        ASSERT_LE(value.digits.size(), 400U);
        for (const auto& pick : value.picks) {
            ASSERT_EQ(pick.index(), 0U);
            ASSERT_FALSE(std::get<Leaf>(pick).text.has_value());
        }
    }
}

// Whatever the input, decoding ends, and what decodes can be encoded and decoded again to the same.
TEST(Random, DamagedInputIsRefusedOrUnderstood) {
    asn1::Random random(4, {.additions = true, .unknown = true, .big = false});
    std::size_t understood = 0;
    for (int i = 0; i < kRuns; ++i) {
        auto octets = *asn1::per_encode(asn1::random_value<Tree>(random));
        for (std::uint64_t damage = 1 + random.up_to(3); damage > 0; --damage)
            octets[random.up_to(octets.size() - 1)] = static_cast<std::byte>(random.next() & 0xFF);
        auto decoded = asn1::per_decode<Tree>(ByteView(octets));
        if (!decoded) continue;
        ++understood;
        auto again = asn1::per_encode(*decoded);
        ASSERT_TRUE(again.has_value()) << i << ": " << again.error().message();
        auto value = asn1::per_decode<Tree>(ByteView(*again));
        ASSERT_TRUE(value.has_value()) << i;
        ASSERT_EQ(*value, *decoded) << i;
    }
    EXPECT_GT(understood, 0U);
}

TEST(Random, ByTablesAsByTemplates) {
    asn1::expect_same_by_shape<Tree>([](const Tree& tree) { return asn1::per_encode(tree); },
                                     [](ByteView octets) { return asn1::per_decode<Tree>(octets); });
}

}  // namespace
}  // namespace convene

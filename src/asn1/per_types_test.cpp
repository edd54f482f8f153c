// Every kind of type in aligned PER, with its encoding worked out by hand from X.691.
#include <gtest/gtest.h>

#include "asn1/per.hpp"
#include "base/hex.hpp"

namespace convene {
namespace {

enum class Small : std::uint8_t { a, b, c };
enum class Growing : std::uint16_t { a, b, c };

struct Bits17 {
    bool b0 = false, b1 = false, b2 = false, b3 = false, b4 = false, b5 = false, b6 = false, b7 = false, b8 = false;
    bool b9 = false, b10 = false, b11 = false, b12 = false, b13 = false, b14 = false, b15 = false, b16 = false;
    friend bool operator==(const Bits17&, const Bits17&) = default;
};
struct Defaults {
    std::uint8_t level = 0;
    std::string name;
    std::optional<bool> flag;
    std::uint8_t added = 0;
    friend bool operator==(const Defaults&, const Defaults&) = default;
};
struct Unordered {
    bool first = false;
    std::uint8_t second = 0;
    friend bool operator==(const Unordered&, const Unordered&) = default;
};
struct Pair {
    std::optional<bool> left;
    std::optional<bool> right;
    friend bool operator==(const Pair&, const Pair&) = default;
};
struct Grouped {
    bool root = false;
    std::optional<Pair> pair;
    std::optional<Bytes> more;
    friend bool operator==(const Grouped&, const Grouped&) = default;
};
using Nested = std::variant<bool, Grouped, asn1::UnknownAlternative>;
struct Holder {
    std::optional<Nested> nested;
    std::optional<Slice> data;
    friend bool operator==(const Holder&, const Holder&) = default;
};

}  // namespace

namespace asn1 {
template <>
inline constexpr auto schema<Small> = enumerated("a", "b", "c");
template <>
inline constexpr auto schema<Growing> = enumerated("a", "b", extensible, "c");
template <>
inline constexpr auto schema<Bits17> = bit_flags(flag("0", &Bits17::b0), flag("1", &Bits17::b1), flag("2", &Bits17::b2),
                                                 flag("3", &Bits17::b3), flag("4", &Bits17::b4), flag("5", &Bits17::b5),
                                                 flag("6", &Bits17::b6), flag("7", &Bits17::b7), flag("8", &Bits17::b8),
                                                 flag("9", &Bits17::b9), flag("10", &Bits17::b10),
                                                 flag("11", &Bits17::b11), flag("12", &Bits17::b12),
                                                 flag("13", &Bits17::b13), flag("14", &Bits17::b14),
                                                 flag("15", &Bits17::b15), flag("16", &Bits17::b16));
template <>
inline constexpr auto schema<Defaults> =
    sequence(default_field("level", &Defaults::level, std::uint8_t{7}, Integer<0, 15>{}),
             default_field("name", &Defaults::name, std::string_view("none"), CharacterString<Ia5Characters, 0, 9>{}),
             field("flag", &Defaults::flag), extensible,
             default_field("added", &Defaults::added, std::uint8_t{3}, Integer<0, 255>{}));
template <>
inline constexpr auto schema<Unordered> = set(field("first", &Unordered::first),
                                              field("second", &Unordered::second, Integer<0, 7>{}));
template <>
inline constexpr auto schema<Pair> = sequence(field("left", &Pair::left), field("right", &Pair::right));
template <>
inline constexpr auto schema<Grouped> = sequence(field("root", &Grouped::root), extensible,
                                                 group("pair", &Grouped::pair), field("more", &Grouped::more));
template <>
inline constexpr auto schema<Nested> = choice("flag", extensible, "grouped");
template <>
inline constexpr auto schema<Holder> = sequence(extensible, field("nested", &Holder::nested),
                                                field("data", &Holder::data));
}  // namespace asn1

namespace {

/// A value under a node given on the spot, after `Before` bits that are one.
template <class Node, class T>
std::string encoded(const T& value, unsigned before = 0, const Node& node = {}) {
    Bytes octets;
    asn1::PerWriter writer(octets);
    for (unsigned i = 0; i < before; ++i) writer.bit(true);
    if (!asn1::per_put(writer, node, value)) return std::string(asn1::to_string(writer.error().code));
    writer.finish();

    asn1::PerReader reader{ByteView(octets)};
    std::uint64_t ones = 0;
    T again{};
    EXPECT_TRUE(reader.bits(before, ones) && asn1::per_get(reader, node, again)) << reader.error().message();
    EXPECT_EQ(again, value);
    EXPECT_LT(octets.size() * 8 - reader.position(), 8U + (reader.position() == 0 ? 1U : 0U));
    return to_hex(octets);
}

template <class T>
std::string encoded_type(const T& value) {
    return encoded<asn1::ByType>(value);
}

template <class Node, class T>
asn1::DecodeError refused(std::string_view octets, const Node& node = {}) {
    Bytes input = hex(octets);
    asn1::PerReader reader{ByteView(input)};
    T value{};
    EXPECT_FALSE(asn1::per_get(reader, node, value)) << octets;
    return reader.error();
}

TEST(PerTypes, ConstrainedIntegers) {
    using asn1::Integer;
    EXPECT_EQ((encoded<Integer<5, 5>>(5)), "00");
    EXPECT_EQ((encoded<Integer<0, 1>>(1)), "80");
    EXPECT_EQ((encoded<Integer<0, 5>>(5)), "a0");
    EXPECT_EQ((encoded<Integer<-2, 5>>(-1)), "20");
    EXPECT_EQ((encoded<Integer<0, 254>>(254, 1)), "ff00");
    EXPECT_EQ((encoded<Integer<0, 255>>(254, 1)), "80fe");
    EXPECT_EQ((encoded<Integer<0, 256>>(256, 1)), "800100");
    EXPECT_EQ((encoded<Integer<1, 65536>>(65536, 1)), "80ffff");
    // A range over 64K: the number of octets in few bits, then as many octets.
    EXPECT_EQ((encoded<Integer<0, 65536>>(5, 1)), "8005");
    EXPECT_EQ((encoded<Integer<0, 65536>>(65536, 1)), "c0010000");
    EXPECT_EQ((encoded<Integer<0U, 4294967295U>>(std::uint32_t{0})), "0000");
    EXPECT_EQ((encoded<Integer<0U, 4294967295U>>(std::uint32_t{256})), "400100");
    EXPECT_EQ((encoded<Integer<0U, 4294967295U>>(std::uint32_t{4294967295U})), "c0ffffffff");
    constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ((encoded<Integer<lowest, highest>>(lowest)), "0000");
    EXPECT_EQ((encoded<Integer<lowest, highest>>(std::int64_t{0})), "e08000000000000000");
    EXPECT_EQ((encoded<Integer<lowest, highest>>(highest)), "e0ffffffffffffffff");
    EXPECT_EQ((encoded<Integer<std::uint64_t{0}, ~std::uint64_t{0}>>(std::uint64_t{1} << 40)), "a0010000000000");
    EXPECT_EQ((encoded<Integer<0, 5>>(6)), "value out of range");
    EXPECT_EQ((encoded<Integer<-2, 5>>(-3)), "value out of range");
    EXPECT_EQ((refused<Integer<0, 5>, int>("c0")).code, asn1::DecodeErrc::bad_value);
    EXPECT_EQ((refused<Integer<0, 65536>, int>("80010001")).code, asn1::DecodeErrc::bad_value);
}

TEST(PerTypes, UnboundedIntegers) {
    using asn1::AnyInteger;
    using asn1::IntegerFrom;
    EXPECT_EQ((encoded<IntegerFrom<0>>(std::uint64_t{0}, 1)), "800100");
    EXPECT_EQ((encoded<IntegerFrom<0>>(std::uint64_t{255})), "01ff");
    EXPECT_EQ((encoded<IntegerFrom<0>>(~std::uint64_t{0})), "08ffffffffffffffff");
    EXPECT_EQ((encoded<IntegerFrom<1>>(std::uint64_t{256})), "01ff");
    EXPECT_EQ((encoded<IntegerFrom<-5>>(std::int64_t{-5})), "0100");
    EXPECT_EQ((encoded<IntegerFrom<1>>(std::uint64_t{0})), "value out of range");
    EXPECT_EQ((encoded<AnyInteger>(std::int64_t{0})), "0100");
    EXPECT_EQ((encoded<AnyInteger>(std::int64_t{127})), "017f");
    EXPECT_EQ((encoded<AnyInteger>(std::int64_t{128})), "020080");
    EXPECT_EQ((encoded<AnyInteger>(std::int64_t{-128})), "0180");
    EXPECT_EQ((encoded<AnyInteger>(std::int64_t{-129})), "02ff7f");
    EXPECT_EQ((encoded<AnyInteger>(std::numeric_limits<std::int64_t>::min())), "088000000000000000");
    EXPECT_EQ((encoded<AnyInteger>(~std::uint64_t{0})), "value out of range");
    EXPECT_EQ((refused<AnyInteger, std::uint8_t>("01ff")).code, asn1::DecodeErrc::unsupported);
    EXPECT_EQ((refused<AnyInteger, std::int64_t>("09010000000000000000")).code, asn1::DecodeErrc::unsupported);
    EXPECT_EQ((refused<IntegerFrom<0>, std::uint8_t>("020100")).code, asn1::DecodeErrc::unsupported);
    EXPECT_EQ((refused<IntegerFrom<0>, std::uint64_t>("00")).code, asn1::DecodeErrc::bad_length);
}

TEST(PerTypes, Enumerations) {
    EXPECT_EQ(encoded_type(Small::c), "80");
    EXPECT_EQ((refused<asn1::ByType, Small>("c0")).code, asn1::DecodeErrc::bad_value);
    EXPECT_EQ(encoded_type(static_cast<Small>(3)), "value out of range");
    EXPECT_EQ(encoded_type(Growing::b), "40");
    EXPECT_EQ(encoded_type(Growing::c), "80");
    EXPECT_EQ(encoded_type(static_cast<Growing>(2 + 63)), "bf");
    // Beyond 63 the extension's number has a length of its own.
    EXPECT_EQ(encoded_type(static_cast<Growing>(2 + 64)), "c00140");
    EXPECT_EQ(encoded_type(static_cast<Growing>(2 + 300)), "c002012c");
    EXPECT_EQ((refused<asn1::ByType, Growing>("c004000000")).code, asn1::DecodeErrc::truncated);
    EXPECT_EQ((refused<asn1::ByType, Growing>("c003010000")).code, asn1::DecodeErrc::bad_value);
}

TEST(PerTypes, BitStrings) {
    using asn1::BitString;
    using asn1::BitStringOf;
    EXPECT_EQ((encoded<BitStringOf<3, 3>>(BitString{hex("a0"), 3}, 1)), "d0");
    EXPECT_EQ((encoded<BitStringOf<16, 16>>(BitString{hex("8001"), 16}, 1)), "c00080");
    EXPECT_EQ((encoded<BitStringOf<17, 17>>(BitString{hex("800180"), 17}, 1)), "80800180");
    EXPECT_EQ((encoded<BitStringOf<0, 7>>(BitString{hex("c0"), 2}, 1)), "a0c0");
    EXPECT_EQ((encoded<BitStringOf<0, 7>>(BitString{}, 1)), "80");
    EXPECT_EQ((encoded<BitStringOf<>>(BitString{hex("fe"), 7})), "07fe");
    EXPECT_EQ((encoded<BitStringOf<3, 3>>(BitString{hex("a0"), 4})), "size out of range");
    EXPECT_EQ((encoded<BitStringOf<>>(BitString{hex("a0"), 9})), "size out of range");
    BitString big{Bytes(2050, std::byte{0xFF}), 16400};
    EXPECT_EQ((encoded<BitStringOf<>>(big)), "c1" + to_hex(Bytes(2048, std::byte{0xFF})) + "10ffff");
    Bits17 flags;
    flags.b0 = flags.b16 = true;
    EXPECT_EQ((encoded<asn1::ByType>(flags, 1)), "80800080");
}

TEST(PerTypes, OctetStrings) {
    using asn1::OctetString;
    EXPECT_EQ((encoded<OctetString<2, 2>>(hex("ffff"), 1)), "ffff80");
    EXPECT_EQ((encoded<OctetString<3, 3>>(hex("ffffff"), 1)), "80ffffff");
    EXPECT_EQ((encoded<OctetString<0, 64>>(Bytes{}, 1)), "80");  // nothing to align
    EXPECT_EQ((encoded<OctetString<0, 64>>(hex("ab"), 1)), "81ab");
    EXPECT_EQ((encoded<OctetString<4, 255>>(hex("01020304"), 1)), "800001020304");
    EXPECT_EQ((encoded<OctetString<1, 70000>>(hex("ab"), 1)), "8001ab");
    EXPECT_EQ((encoded<OctetString<2, 3>>(hex("ab"))), "size out of range");
    EXPECT_EQ((refused<OctetString<4, 255>, Bytes>("fb")).code, asn1::DecodeErrc::truncated);
    EXPECT_EQ((refused<OctetString<2, 70000>, Bytes>("01ff")).code, asn1::DecodeErrc::bad_value);
    std::array<std::byte, 5> five{std::byte{1}};
    EXPECT_EQ((encoded<OctetString<5, 5>>(five, 1)), "800100000000");
}

TEST(PerTypes, Texts) {
    using namespace asn1;
    EXPECT_EQ((encoded<CharacterString<DigitCharacters, 1, 3>>(std::string("123"), 1)), "c246");
    EXPECT_EQ((encoded<CharacterString<DigitCharacters, 1, 255>>(std::string("15"), 1)), "808015");
    EXPECT_EQ((encoded<CharacterString<NumericCharacters, 0, 2>>(std::string("1 "), 1)), "c400");
    EXPECT_EQ((encoded<CharacterString<DiallingCharacters, 1, 255>>(std::u16string(u"*#"))), "0110");
    EXPECT_EQ((encoded<CharacterString<BmpCharacters, 0, 255>>(std::u16string(u"\x263A"), 1)), "8001263a");
    EXPECT_EQ((encoded<CharacterString<LatinBmpCharacters, 0, 255>>(std::u16string(u"\xE9"), 1)), "8001e9");
    EXPECT_EQ((encoded<CharacterString<LatinBmpCharacters, 0, 255>>(std::u16string(u"\x263A"))), "value out of range");
    EXPECT_EQ((encoded<CharacterString<GeneralizedTimeCharacters>>(std::string("20261122Z"), 1)),
              "8009" + to_hex(as_bytes("20261122Z")));
    EXPECT_EQ((encoded<CharacterString<VisibleCharacters, 2, 2>>(std::string("ab"), 1)), "b0b100");
    EXPECT_EQ((encoded<CharacterString<VisibleCharacters, 3, 3>>(std::string("abc"), 1)), "80616263");
    EXPECT_EQ((refused<CharacterString<DigitCharacters, 2, 2>, std::string>("fa")).code, DecodeErrc::bad_value);
    EXPECT_EQ((encoded<CharacterString<BmpCharacters>>(std::u16string(20000, u'a'))).substr(0, 6), "c10061");
}

TEST(PerTypes, LongListsAreFragmented) {
    std::vector<std::uint16_t> list(16385, 7);
    using Node = asn1::SequenceOf<0, asn1::kNoLimit, asn1::Integer<0, 65535>>;
    std::string octets = encoded<Node>(list);
    EXPECT_EQ(octets.substr(0, 10), "c100070007");
    EXPECT_EQ(octets.substr(octets.size() - 6), "010007");
    std::vector<std::uint16_t> exact(65536 + 16384, 7);
    octets = encoded<Node>(exact);
    EXPECT_EQ(octets.substr(0, 6), "c40007");
    EXPECT_EQ(octets.substr(octets.size() - 2), "00");
    EXPECT_EQ(encoded<Node>(std::vector<std::uint16_t>(128, 7)).substr(0, 8), "80800007");
    using Few = asn1::SequenceOf<1, 3, asn1::Integer<0, 7>>;
    EXPECT_EQ((encoded<Few>(std::vector<std::uint16_t>{1, 2})), "4a");
    EXPECT_EQ((encoded<Few>(std::vector<std::uint16_t>{})), "size out of range");
}

TEST(PerTypes, DefaultsAreNotSent) {
    EXPECT_EQ(encoded_type(Defaults{7, "none", std::nullopt, 3}), "00");
    EXPECT_EQ(encoded_type(Defaults{8, "none", true, 3}), "5880");
    EXPECT_EQ(encoded_type(Defaults{7, "x", std::nullopt, 3}), "2178");
    EXPECT_EQ(encoded_type(Defaults{7, "none", std::nullopt, 4}), "80100104");
    // Members that are not there get their defaults, wherever they stand.
    auto value = asn1::per_decode<Defaults>(ByteView(hex("00")));
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(*value, (Defaults{7, "none", std::nullopt, 3}));
}

TEST(PerTypes, SetsAreLikeSequences) { EXPECT_EQ(encoded_type(Unordered{true, 5}), "d0"); }

TEST(PerTypes, AdditionGroups) {
    EXPECT_EQ(encoded_type(Grouped{true, std::nullopt, std::nullopt}), "40");
    EXPECT_EQ(encoded_type(Grouped{true, Pair{true, std::nullopt}, std::nullopt}), "c0c001a0");
    EXPECT_EQ(encoded_type(Grouped{true, std::nullopt, hex("ab")}), "c0a00201ab");
    // A group without any member is not sent.
    EXPECT_EQ(to_hex(*asn1::per_encode(Grouped{true, Pair{}, std::nullopt})), "40");
}

TEST(PerTypes, OpenTypesShareBufferBudgetAndPath) {
    Holder holder;
    holder.nested = Grouped{true, Pair{false, true}, std::nullopt};
    holder.data = Slice(hex("0102"));
    Slice input(*asn1::per_encode(holder));
    auto decoded = asn1::per_decode<Holder>(input);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
    EXPECT_EQ(*decoded, holder);
    EXPECT_EQ(decoded->data->data(), input.data() + input.size() - 2) << "not copied";

    // Fragments cannot be shared.
    holder.data = Slice(Bytes(20000, std::byte{7}));
    auto long_one = asn1::per_decode<Holder>(Slice(*asn1::per_encode(holder)));
    ASSERT_TRUE(long_one.has_value()) << long_one.error().message();
    EXPECT_EQ(*long_one, holder);

    // Open types inside each other: the octets of "more" are one short of their length.
    auto error = refused<asn1::ByType, Holder>(
        "8180"
        "07"
        "80"
        "05"
        "c0a0"
        "0202ab");
    EXPECT_EQ(error.code, asn1::DecodeErrc::truncated);
    EXPECT_EQ(error.path, "nested.grouped.more");
    EXPECT_EQ(error.bit_offset, 9U * 8);
}

TEST(PerTypes, UnknownAdditionsInsideAdditionsAreCounted) {
    asn1::DecodeInfo info;
    // Holder with nested = grouped with an addition that nobody knows.
    auto value = asn1::per_decode<Holder>(ByteView(hex("8180"
                                                       "07"
                                                       "80"
                                                       "05"
                                                       "c110"
                                                       "0200aa")),
                                          &info);
    ASSERT_TRUE(value.has_value()) << value.error().message();
    EXPECT_EQ(info.unknown_additions, 1U);
}

TEST(PerTypes, MemoryIsBounded) {
    // An empty Holder is one bit on the wire and over a hundred octets here. A few are what anybody may send ...
    using Node = asn1::SequenceOf<0, asn1::kNoLimit>;
    std::vector<Holder> list;
    Bytes few = hex("812c" + to_hex(Bytes(38)));
    asn1::PerReader reader{ByteView(few)};
    ASSERT_TRUE(asn1::per_get(reader, Node{}, list)) << reader.error().message();
    EXPECT_EQ(list.size(), 300U);
    // ... 16,384 in two kilobytes are not.
    static_assert(sizeof(Holder) * 16384 > 2050 * asn1::kMemoryPerInputOctet + asn1::kMemoryAlways);
    auto error = refused<Node, std::vector<Holder>>("c1" + to_hex(Bytes(2048)) + "00");
    EXPECT_EQ(error.code, asn1::DecodeErrc::too_long);
    // More elements than bits are refused before any memory is taken.
    EXPECT_EQ((refused<Node, std::vector<Holder>>("c40000")).code, asn1::DecodeErrc::truncated);
}

}  // namespace
}  // namespace convene

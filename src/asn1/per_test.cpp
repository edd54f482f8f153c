#include "asn1/per.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene {
namespace {

enum class Colour : std::uint8_t { red, green, blue, mauve };

struct Flags {
    bool begin = false, end = false;
    friend bool operator==(const Flags&, const Flags&) = default;
};

struct Item {
    std::uint16_t id = 0;
    std::optional<std::uint64_t> size;
    friend bool operator==(const Item&, const Item&) = default;
};

struct Extra {
    bool flag = false;
    std::uint32_t number = 0;
    friend bool operator==(const Extra&, const Extra&) = default;
};

struct Record {
    bool on = false;
    Flags flags;
    std::string digits;
    std::u16string text;
    Bytes data;
    std::vector<Item> items;
    std::optional<Colour> colour;
    std::optional<Extra> extra;
    friend bool operator==(const Record&, const Record&) = default;
};

using Pick = std::variant<Item, asn1::Nothing<struct A>, std::uint64_t, asn1::UnknownAlternative>;
using Size = Tagged<struct SizeTag, std::variant<std::uint8_t, Bytes>>;

}  // namespace

namespace asn1 {
template <>
inline constexpr auto schema<Colour> = enumerated("red", "green", "blue", extensible, "mauve");
template <>
inline constexpr auto schema<Flags> = bit_flags(flag("begin", &Flags::begin), flag("end", &Flags::end));
template <>
inline constexpr auto schema<Item> = sequence(field("id", &Item::id, Integer<1001, 65535>{}),
                                              field("size", &Item::size, IntegerFrom<0>{}), extensible);
template <>
inline constexpr auto schema<Extra> = sequence(field("flag", &Extra::flag),
                                               field("number", &Extra::number, Integer<0, 4294967295U>{}));
template <>
inline constexpr auto schema<Record> = sequence(field("on", &Record::on), field("flags", &Record::flags),
                                                field("digits", &Record::digits,
                                                      CharacterString<DigitCharacters, 1, 255>{}),
                                                field("text", &Record::text, CharacterString<BmpCharacters, 0, 255>{}),
                                                field("data", &Record::data),
                                                field("items", &Record::items, SequenceOf<0, 65535>{}), extensible,
                                                field("colour", &Record::colour), group("extra", &Record::extra));
template <>
inline constexpr auto schema<Pick> = choice("item", "none", extensible, alt("big", IntegerFrom<0>{}));
template <>
inline constexpr auto schema<Size> = choice(alt("small", Integer<0, 255>{}), alt("octets", OctetString<4, 4>{}));
}  // namespace asn1

namespace {

template <class T>
void expect_round_trip(const T& value, std::string_view expected_hex = {}) {
    auto encoded = asn1::per_encode(value);
    ASSERT_TRUE(encoded.has_value()) << encoded.error().message();
    if (!expected_hex.empty()) {
        EXPECT_EQ(to_hex(*encoded), expected_hex);
    }
    asn1::DecodeInfo info;
    auto decoded = asn1::per_decode<T>(ByteView(*encoded), &info);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
    EXPECT_TRUE(*decoded == value);
    EXPECT_EQ(info.octets_used, encoded->size());
    // Every shorter input is refused, whatever the cut.
    for (std::size_t size = 0; size + 1 < std::min<std::size_t>(encoded->size(), 300); ++size)
        EXPECT_FALSE(asn1::per_decode<T>(ByteView(*encoded).first(size)).has_value()) << size;
}

TEST(Per, SequenceWithEverything) {
    Record record;
    record.on = true;
    record.flags = {true, false};
    record.digits = "1503";
    record.text = u"Hi";
    record.data = hex("00ff");
    record.items = {{1001, std::nullopt}, {1007, 300}};
    // 0 ext, 1 on, 10 flags, length-1 = 3 in 8 unaligned bits; aligned nibbles; BMP; octets; count in 16 bits; items
    expect_round_trip(record,
                      "6030"
                      "1503"
                      "02"
                      "00480069"
                      "0200ff"
                      "0002"
                      "000000"
                      "40000602012c");
    record.colour = Colour::blue;
    record.extra = Extra{true, 70000};
    expect_round_trip(record);
    record.colour = Colour::mauve;
    record.extra.reset();
    expect_round_trip(record);
}

TEST(Per, LongOctetStringsAreFragmented) {
    for (std::size_t size : {127U, 128U, 16383U, 16384U, 16385U, 65536U, 70000U, 131072U}) {
        Record record;
        record.digits = "1";
        record.data.assign(size, std::byte{0x5A});
        expect_round_trip(record);
    }
}

TEST(Per, ChoicesAndTheirExtensions) {
    expect_round_trip(Pick{Item{1001, 5}});
    expect_round_trip(Pick{std::in_place_index<1>, asn1::Nothing<A>{}}, "40");
    expect_round_trip(Pick{std::uint64_t{5}}, "80020105");
    expect_round_trip(Pick{asn1::UnknownAlternative{7, hex("0102")}}, "87020102");
    expect_round_trip(Size{std::uint8_t{9}});
    expect_round_trip(Size{hex("01020304")});
}

TEST(Per, UnknownAdditionsAreSkippedAndCounted) {
    // An Item with id 1001 and one addition of three octets.
    asn1::DecodeInfo info;
    auto item = asn1::per_decode<Item>(ByteView(hex("80"
                                                    "0000"
                                                    "01"
                                                    "03"
                                                    "aabbcc")),
                                       &info);
    ASSERT_TRUE(item.has_value()) << item.error().message();
    EXPECT_EQ(item->id, 1001);
    EXPECT_EQ(info.unknown_additions, 1U);
}

TEST(Per, ErrorsSayWhere) {
    Record record;
    record.digits = "1";
    record.items = {{1001, 5}, {1002, 6}};
    auto octets = *asn1::per_encode(record);
    octets[octets.size() - 2] = std::byte{9};  // the length of the last size
    auto decoded = asn1::per_decode<Record>(ByteView(octets));
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().path, "items[1].size");
    EXPECT_EQ(decoded.error().code, asn1::DecodeErrc::truncated);
}

TEST(Per, AnnouncedCountsAreNotBelieved) {
    // 65535 items announced, none there: refused before memory is taken.
    auto decoded =
        asn1::per_decode<Record>(ByteView(hex("0000"
                                              "10"
                                              "00"
                                              "00"
                                              "ffff")));
    ASSERT_FALSE(decoded.has_value());
    EXPECT_EQ(decoded.error().path, "items");
}

TEST(Per, EncoderRefusesWhatDoesNotFit) {
    auto encoded = asn1::per_encode(Item{1000, std::nullopt});
    ASSERT_FALSE(encoded.has_value());
    EXPECT_EQ(encoded.error().path, "id");
    Record record;
    record.digits = "12a";
    EXPECT_FALSE(asn1::per_encode(record).has_value());
}

}  // namespace
}  // namespace convene

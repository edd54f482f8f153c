#include "asn1/ber.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene {
namespace {

enum class Result : std::uint8_t { successful, merging, refused };

struct Parameters {
    std::uint64_t channels = 0, users = 0;
    friend bool operator==(const Parameters&, const Parameters&) = default;
};
struct Initial {
    Bytes selector;
    bool upward = false;
    Parameters target;
    Slice data;
    friend bool operator==(const Initial&, const Initial&) = default;
};
struct Outcome {
    Result result{};
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
using Connect = std::variant<Initial, Outcome>;

struct Flags {
    bool begin = false, end = false;
    friend bool operator==(const Flags&, const Flags&) = default;
};
struct Extra {
    bool flag = false;
    std::optional<std::int32_t> number;
    friend bool operator==(const Extra&, const Extra&) = default;
};
using Inner = std::variant<std::uint8_t, Bytes>;
using Outer = std::variant<Inner, asn1::Null, asn1::UnknownAlternative>;
enum class Mode : std::uint8_t { one, two, three };

struct Automatic {
    std::int64_t number = 0;
    std::optional<std::u16string> text;
    Flags flags;
    Outer outer;
    std::uint8_t level = 5;
    std::vector<Outer> list;
    Mode mode{};
    asn1::ObjectIdentifier key;
    asn1::BitString bits;
    std::optional<std::uint16_t> added;
    std::optional<Extra> extra;
    std::optional<std::string> digits;
    friend bool operator==(const Automatic&, const Automatic&) = default;
};
struct Unordered {
    std::uint8_t a = 0;
    std::optional<bool> b;
    std::uint8_t c = 9;
    friend bool operator==(const Unordered&, const Unordered&) = default;
};

}  // namespace

namespace asn1 {
template <>
inline constexpr auto schema<Result> = enumerated("successful", "merging", "refused");
template <>
inline constexpr auto schema<Parameters> = sequence(universal_tags,
                                                    field("channels", &Parameters::channels, IntegerFrom<0>{}),
                                                    field("users", &Parameters::users, IntegerFrom<0>{}));
template <>
inline constexpr auto schema<Initial> = application<101>(sequence(universal_tags, field("selector", &Initial::selector),
                                                                  field("upward", &Initial::upward),
                                                                  field("target", &Initial::target),
                                                                  field("data", &Initial::data)));
template <>
inline constexpr auto schema<Outcome> = application<104>(sequence(universal_tags, field("result", &Outcome::result)));
template <>
inline constexpr auto schema<Connect> = choice("initial", "outcome");
template <>
inline constexpr auto schema<Flags> = bit_flags(flag("begin", &Flags::begin), flag("end", &Flags::end));
template <>
inline constexpr auto schema<Extra> = sequence(field("flag", &Extra::flag),
                                               field("number", &Extra::number, AnyInteger{}));
template <>
inline constexpr auto schema<Inner> = choice(alt("small", Integer<0, 255>{}), "octets");
template <>
inline constexpr auto schema<Outer> = choice("inner", "none", extensible);
template <>
inline constexpr auto schema<Mode> = null_choice("one", "two", extensible, "three");
template <>
inline constexpr auto schema<Automatic> = sequence(
    field("number", &Automatic::number, Integer<-128, 100000>{}),
    field("text", &Automatic::text, CharacterString<BmpCharacters, 0, 255>{}), field("flags", &Automatic::flags),
    field("outer", &Automatic::outer), default_field("level", &Automatic::level, std::uint8_t{5}, Integer<0, 255>{}),
    field("list", &Automatic::list, SequenceOf<0, 3>{}), field("mode", &Automatic::mode), field("key", &Automatic::key),
    field("bits", &Automatic::bits, BitStringOf<>{}), extensible,
    field("added", &Automatic::added, Integer<0, 65535>{}), group("extra", &Automatic::extra),
    field("digits", &Automatic::digits, CharacterString<DigitCharacters, 1, 9>{}));
template <>
inline constexpr auto schema<Unordered> = set(field("a", &Unordered::a, Integer<0, 255>{}), field("b", &Unordered::b),
                                              default_field("c", &Unordered::c, std::uint8_t{9}, Integer<0, 255>{}));
}  // namespace asn1

namespace {

template <class T>
T decoded(std::string_view text, asn1::DecodeInfo* info = nullptr) {
    auto value = asn1::ber_decode<T>(ByteView(hex(text)), info);
    EXPECT_TRUE(value.has_value()) << text << ": " << value.error().message();
    return value.has_value() ? *value : T{};
}

template <class T>
asn1::DecodeError refused(std::string_view text) {
    auto value = asn1::ber_decode<T>(ByteView(hex(text)));
    EXPECT_FALSE(value.has_value()) << text;
    return value.has_value() ? asn1::DecodeError{} : value.error();
}

template <class T>
void expect_round_trip(const T& value, std::string_view expected_hex) {
    auto encoded = asn1::ber_encode(value);
    ASSERT_TRUE(encoded.has_value()) << encoded.error().message();
    EXPECT_EQ(to_hex(*encoded), expected_hex);
    asn1::DecodeInfo info;
    auto again = asn1::ber_decode<T>(ByteView(*encoded), &info);
    ASSERT_TRUE(again.has_value()) << again.error().message();
    EXPECT_TRUE(*again == value);
    EXPECT_EQ(info.octets_used, encoded->size());
    EXPECT_EQ(info.unknown_additions, 0U);
    for (std::size_t size = 0; size < encoded->size(); ++size)
        EXPECT_FALSE(asn1::ber_decode<T>(ByteView(*encoded).first(size)).has_value()) << size;
}

TEST(Ber, ApplicationTagsAndUniversalMembers) {
    expect_round_trip(Connect{Outcome{Result::merging}}, "7f68030a0101");
    expect_round_trip(Connect{Initial{hex("01"), true, {65535, 128}, Slice(hex("abcd"))}},
                      "7f6515"
                      "040101"
                      "0101ff"
                      "3009020300ffff02020080"
                      "0402abcd");
}

TEST(Ber, AutomaticTags) {
    Automatic value;
    value.number = -2;
    value.flags.begin = true;
    value.outer = Inner{std::uint8_t{200}};
    value.list = {asn1::Null{}, Inner{hex("0a")}};
    value.mode = Mode::two;
    value.key = asn1::ObjectIdentifier::of({0, 0, 20});
    value.bits = {hex("a0"), 3};
    // A CHOICE inside a tag keeps its own tag; the member with its default value is left away.
    expect_round_trip(value,
                      "3024"
                      "8001fe"
                      "82020680"
                      "a306a004800200c8"
                      "a5078100a003"
                      "81010a"
                      "a6028100"
                      "87020014"
                      "880205a0");
    value.text = u"Hi";
    value.level = 6;
    value.mode = Mode::three;
    value.added = 7;
    value.extra = Extra{true, -300};
    value.digits = "15";
    // The members of the addition group stand in the outer sequence and take numbers there.
    expect_round_trip(value,
                      "303b"
                      "8001fe"
                      "810400480069"
                      "82020680"
                      "a306a004800200c8"
                      "840106"
                      "a5078100a00381010a"
                      "a6028200"
                      "87020014"
                      "880205a0"
                      "890107"
                      "8a01ff"
                      "8b02fed4"
                      "8c023135");
}

TEST(Ber, SetsInAnyOrder) {
    expect_round_trip(Unordered{1, true, 2}, "31098001018101ff820102");
    EXPECT_EQ(decoded<Unordered>("3109820102800101810101"), (Unordered{1, true, 2}));
    EXPECT_EQ(decoded<Unordered>("3103800101"), (Unordered{1, std::nullopt, 9}));
    EXPECT_EQ(refused<Unordered>("3106800101800101").code, asn1::DecodeErrc::bad_tag);
    EXPECT_EQ(refused<Unordered>("3103820101").path, "a");
}

TEST(Ber, EveryFormThatBerAllows) {
    const Connect merging = Outcome{Result::merging};
    EXPECT_EQ(decoded<Connect>("7f68800a01010000"), merging);  // indefinite
    EXPECT_EQ(decoded<Connect>("7f688200030a0101"), merging);  // length in more octets than needed
    EXPECT_EQ(decoded<Connect>("7f6884000000030a0101"), merging);
    EXPECT_EQ(decoded<Connect>("7f68050a03000001"), merging);  // number in more octets than needed
    const auto initial =
        std::get<Initial>(decoded<Connect>("7f6580"
                                           "2480"
                                           "040101"
                                           "2404"
                                           "04020203"
                                           "0000"
                                           "010101"
                                           "3080"
                                           "0202ffff"
                                           "02020080"
                                           "0000"
                                           "2400"
                                           "0000"));
    EXPECT_EQ(initial, (Initial{hex("010203"), true, {65535, 128}, Slice()}));
}

TEST(Ber, SlicesShareTheInput) {
    Slice input(hex("7f65150401010101ff3009020300ffff020200800402abcd"));
    auto value = asn1::ber_decode<Connect>(input);
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(std::get<Initial>(*value).data.data(), input.data() + input.size() - 2);
}

TEST(Ber, UnknownAdditionsAreSkippedAndCounted) {
    asn1::DecodeInfo info;
    auto value = decoded<Automatic>(
        "3080"
        "8001fe8202068"
        "0"
        "a3028100"
        "a500"
        "a6028000"
        "87020014"
        "880100"
        "ad03020100"
        "8e0155"
        "bf8100800000"
        "0000",
        &info);
    EXPECT_EQ(info.unknown_additions, 3U);
    EXPECT_EQ(value.outer, Outer{asn1::Null{}});
    auto unknown = decoded<Outer>("a903020107");
    EXPECT_EQ(unknown, Outer(asn1::UnknownAlternative{7, hex("a903020107")}));
    EXPECT_EQ(to_hex(*asn1::ber_encode(unknown)), "a903020107");
}

TEST(Ber, BadInputIsRefused) {
    using asn1::DecodeErrc;
    EXPECT_EQ(refused<Connect>("").code, DecodeErrc::truncated);
    EXPECT_EQ(refused<Connect>("7f64030a0100").code, DecodeErrc::bad_tag);
    EXPECT_EQ(refused<Connect>("7f68030a0103").code, DecodeErrc::bad_value);
    EXPECT_EQ(refused<Connect>("7f68040a0100").code, DecodeErrc::truncated);
    EXPECT_EQ(refused<Connect>("7f6884ffffffff0a0100").code, DecodeErrc::truncated);
    EXPECT_EQ(refused<Connect>("7f6889ffffffffffffffffff0a0100").code, DecodeErrc::bad_length);
    EXPECT_EQ(refused<Connect>("7f68050a0100"
                               "0500")
                  .code,
              DecodeErrc::bad_length);
    EXPECT_EQ(refused<Connect>("7f68020a00").code, DecodeErrc::bad_length);
    EXPECT_EQ(refused<Connect>("7f68800a010000").code, DecodeErrc::bad_length);
    EXPECT_EQ(refused<Connect>("5f68030a0100").code, DecodeErrc::bad_tag);
    EXPECT_EQ(refused<Connect>("7fffffffffffff68030a0100").code, DecodeErrc::bad_tag);
    EXPECT_EQ(refused<Parameters>("300e"
                                  "02090100000000000000"
                                  "00"
                                  "020100")
                  .code,
              DecodeErrc::unsupported);
}

TEST(Ber, ErrorsSayWhere) {
    auto error = refused<Connect>(
        "7f65120401010101ff3006020300ffff0a00"
        "0402abcd");
    EXPECT_EQ(error.path, "initial.target.users");
    EXPECT_EQ(error.code, asn1::DecodeErrc::bad_tag);
    EXPECT_EQ(error.bit_offset, 16U * 8);
}

TEST(Ber, NestingIsBounded) {
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += "2480";
    EXPECT_EQ(refused<Bytes>(deep).code, asn1::DecodeErrc::too_deep);
    // Inside what is skipped, too.
    EXPECT_EQ(refused<Outer>("a280" + deep).code, asn1::DecodeErrc::too_deep);
}

TEST(Ber, EncoderRefusesWhatDoesNotFit) {
    Automatic value;
    value.number = 100001;
    EXPECT_EQ(asn1::ber_encode(value).error().path, "number");
    value.number = 0;
    value.digits = "x";
    EXPECT_EQ(asn1::ber_encode(value).error().path, "digits");
    value.digits.reset();
    value.list.resize(4);
    EXPECT_EQ(asn1::ber_encode(value).error().path, "list");
}

}  // namespace
}  // namespace convene

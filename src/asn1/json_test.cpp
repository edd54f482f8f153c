#include "asn1/json.hpp"

#include <gtest/gtest.h>

#include "asn1/text.hpp"
#include "base/hex.hpp"

namespace convene {
namespace {

enum class Mode : std::uint8_t { one, two };
enum class Kind : std::uint8_t { plain, fancy };
struct Flags {
    bool begin = false, end = false;
    friend bool operator==(const Flags&, const Flags&) = default;
};
struct Extra {
    std::optional<bool> flag;
    std::int32_t number = 0;
    friend bool operator==(const Extra&, const Extra&) = default;
};
using Pick = std::variant<asn1::Null, Bytes, asn1::UnknownAlternative>;
struct Everything {
    bool on = false;
    std::uint64_t big = 0;
    std::int64_t any = 0;
    Mode mode{};
    Kind kind{};
    Flags flags;
    asn1::BitString bits;
    std::u16string text;
    std::string digits;
    asn1::ObjectIdentifier key;
    std::vector<Pick> picks;
    std::optional<Bytes> data;
    std::uint8_t level = 5;
    std::optional<Extra> extra;
    friend bool operator==(const Everything&, const Everything&) = default;
};

}  // namespace

namespace asn1 {
template <>
inline constexpr auto schema<Mode> = enumerated("one", "two", extensible);
template <>
inline constexpr auto schema<Kind> = null_choice("plain", "fancy", extensible);
template <>
inline constexpr auto schema<Flags> = bit_flags(flag("begin", &Flags::begin), flag("end", &Flags::end));
template <>
inline constexpr auto schema<Extra> = sequence(field("flag", &Extra::flag),
                                               field("number", &Extra::number, Integer<-5, 5>{}));
template <>
inline constexpr auto schema<Pick> = choice("none", "octets", extensible);
template <>
inline constexpr auto schema<Everything> = sequence(
    field("on", &Everything::on), field("big", &Everything::big, IntegerFrom<0>{}),
    field("any", &Everything::any, AnyInteger{}), field("mode", &Everything::mode), field("kind", &Everything::kind),
    field("flags", &Everything::flags), field("bits", &Everything::bits, BitStringOf<>{}),
    field("text", &Everything::text, CharacterString<BmpCharacters, 0, 255>{}),
    field("digits", &Everything::digits, CharacterString<DigitCharacters, 1, 9>{}), field("key", &Everything::key),
    field("picks", &Everything::picks, SequenceOf<0, 3>{}), field("data", &Everything::data, OctetString<0, 4>{}),
    default_field("level", &Everything::level, std::uint8_t{5}, Integer<0, 255>{}), extensible,
    group("extra", &Everything::extra));
}  // namespace asn1

namespace {

Everything full() {
    Everything value;
    value.on = true;
    value.big = ~std::uint64_t{0};
    value.any = -7;
    value.mode = static_cast<Mode>(9);
    value.kind = Kind::fancy;
    value.flags.end = true;
    value.bits = {hex("a0"), 3};
    value.text = u"Grüße";
    value.digits = "1503";
    value.key = asn1::ObjectIdentifier::of({0, 0, 20, 124, 0, 1});
    value.picks = {asn1::Null{}, hex("00ff"), asn1::UnknownAlternative{7, hex("01")}};
    value.data = hex("");
    value.level = 6;
    value.extra = Extra{std::nullopt, -3};
    return value;
}

constexpr std::string_view kFull =
    R"({"on":true,"big":18446744073709551615,"any":-7,"mode":{"unknown":9},"kind":"fancy","flags":["end"],)"
    R"("bits":{"bits":3,"hex":"a0"},"text":"Grüße","digits":"1503","key":"0.0.20.124.0.1",)"
    R"("picks":[{"none":null},{"octets":"00ff"},{"unknown":{"index":7,"hex":"01"}}],"data":"","level":6,"number":-3})";

asn1::JsonError refused(std::string_view member, std::string_view value) {
    auto json = asn1::to_json(full());
    json[std::string(member)] = *asn1::parse_json(value);
    auto read = asn1::from_json<Everything>(json);
    EXPECT_FALSE(read.has_value()) << member << ": " << value;
    return read.has_value() ? asn1::JsonError{} : read.error();
}

TEST(Json, EverythingBothWays) {
    auto json = asn1::to_json(full());
    EXPECT_EQ(json.dump(), kFull);
    auto read = asn1::from_json<Everything>(*asn1::parse_json(kFull));
    ASSERT_TRUE(read.has_value()) << read.error().message();
    EXPECT_EQ(*read, full());
}

TEST(Json, AbsentMembers) {
    auto json = asn1::to_json(full());
    json.erase("data");
    json.erase("level");
    json.erase("number");
    auto read = asn1::from_json<Everything>(json);
    ASSERT_TRUE(read.has_value()) << read.error().message();
    EXPECT_FALSE(read->data.has_value());
    EXPECT_FALSE(read->extra.has_value());
    EXPECT_EQ(read->level, 5);
}

TEST(Json, ErrorsSayWhere) {
    EXPECT_EQ(refused("on", "1").path, "on");
    EXPECT_EQ(refused("big", "-1").path, "big");
    EXPECT_EQ(refused("any", "18446744073709551615").path, "any");
    EXPECT_EQ(refused("any", "1.5").path, "any");
    EXPECT_EQ(refused("mode", "\"three\"").what, "no such name: \"three\"");
    EXPECT_EQ(refused("kind", "{\"unknown\": -1}").path, "kind.unknown");
    EXPECT_EQ(refused("flags", "[\"begin\", \"middle\"]").path, "flags[1]");
    EXPECT_EQ(refused("bits", "{\"bits\": 3, \"hex\": \"a1\"}").path, "bits");
    EXPECT_EQ(refused("bits", "{\"bits\": 9, \"hex\": \"a0\"}").path, "bits");
    EXPECT_EQ(refused("text", "\"\\\\u12\"").path, "text");
    EXPECT_EQ(refused("digits", "\"12a\"").path, "digits");
    EXPECT_EQ(refused("digits", "\"1234567890\"").path, "digits");
    EXPECT_EQ(refused("key", "\"9.1\"").path, "key");
    EXPECT_EQ(refused("picks", "[{\"none\": null}, {\"octets\": \"0\"}]").path, "picks[1].octets");
    EXPECT_EQ(refused("picks", "[{\"none\": null, \"octets\": \"00\"}]").path, "picks[0]");
    EXPECT_EQ(refused("picks", "[{\"some\": null}]").what, "no such alternative: \"some\"");
    EXPECT_EQ(refused("picks", "[{\"unknown\": {\"index\": 1}}]").path, "picks[0].unknown");
    EXPECT_EQ(refused("data", "\"0102030405\"").path, "data");
    EXPECT_EQ(refused("level", "256").path, "level");
    EXPECT_EQ(refused("number", "6").path, "number");
    EXPECT_EQ(refused("stranger", "0").path, "stranger");
    auto json = asn1::to_json(full());
    json.erase("on");
    EXPECT_EQ(asn1::from_json<Everything>(json).error().message(), "missing in on");
    EXPECT_FALSE(asn1::parse_json("{").has_value());
}

TEST(Json, EveryTextSurvives) {
    const std::u16string samples[] = {u"",
                                      u"a",
                                      u"\\",
                                      u"\\\\",
                                      u"\\u",
                                      u"\\\\u0041",
                                      u"C:\\temp\\users",
                                      u"\xD800",
                                      u"a\xDC00z",
                                      u"\xDC00\xD800",
                                      u"\xD83D\xDE00",
                                      u"\\\xD800",
                                      u"\\\\\xDFFF",
                                      u"\xD800\xD83D\xDE00",
                                      u"\xFFFF",
                                      u"\xFFFE\x01",
                                      std::u16string(u"a\0b", 3)};
    for (const auto& sample : samples) {
        std::string text = asn1::text_of_units(sample);
        std::u16string again;
        EXPECT_TRUE(asn1::units_of_text(text, again)) << text;
        EXPECT_EQ(again, sample) << text;
    }
    EXPECT_EQ(asn1::text_of_units(u"\xD83D\xDE00"), "\xF0\x9F\x98\x80");
    EXPECT_EQ(asn1::text_of_units(u"a\xD800"), "a\\uD800");
    EXPECT_EQ(asn1::text_of_units(u"C:\\temp"), "C:\\temp");
    std::u16string units;
    for (std::string_view bad :
         {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xE2\x82", "\xF4\x90\x80\x80", "\\u0041", "\\uD8"})
        EXPECT_FALSE(asn1::units_of_text(bad, units)) << bad;
}

TEST(Text, IsReadable) {
    auto json = *asn1::parse_json(
        R"({"request":{"join":{"name":{"text":"Weekly review"},"list":[1,2],"empty":{},"data":"00ff",)"
        R"("nodes":[{"id":1001,"on":true},{"id":1002}]}}})");
    EXPECT_EQ(asn1::to_text(json),
              "request: join:\n"
              "  name:\n"
              "    text: \"Weekly review\"\n"
              "  list: [1, 2]\n"
              "  empty: {}\n"
              "  data: 00ff\n"
              "  nodes:\n"
              "    - id: 1001\n"
              "      on: true\n"
              "    - id: 1002\n");
    EXPECT_EQ(asn1::to_text(*asn1::parse_json("\"0011223344\""), {2, 4}), "0011... (10 characters)\n");
}

}  // namespace
}  // namespace convene

// Every named type with its rules: the first octet of the input chooses the rule and, with the second, the type; the
// rest is decoded. What decodes must encode again, and that must decode to the same value.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/check.hpp"
#include "catalogue/catalogue.hpp"

using namespace convene;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto types = catalogue::all_types();
    if (size < 2) return 0;
    const auto& type = *types[((data[0] & 0x7FU) << 8 | data[1]) % types.size()];
    const auto rule = type.has_ber && (data[0] & 0x80) != 0 ? catalogue::Rule::ber : catalogue::Rule::aper;
    const ByteView input{reinterpret_cast<const std::byte*>(data) + 2, size - 2};

    asn1::Json first, second;
    asn1::Encoded<Bytes> octets;
    if (!type.decode(rule, input, &first, &octets)) return 0;
    CONVENE_CHECK(octets.has_value(), "what was decoded can be encoded");
    CONVENE_CHECK(type.decode(rule, *octets, &second, nullptr).has_value(), "what was encoded can be decoded");
    CONVENE_CHECK(first == second, "the value is the same");
    auto from_json = type.encode(rule, first);
    CONVENE_CHECK(from_json.has_value(), "JSON that was written can be read");
    CONVENE_CHECK(*from_json == *octets, "JSON describes the value");
    return 0;
}

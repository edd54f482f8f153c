#include "t123/parameters.hpp"

#include <bit>

#include "t123/rdp.hpp"

namespace convene::t123 {
namespace {

constexpr unsigned kSmallestExponent = 7;  // C0 holds the logarithm of the size: 128 octets …
constexpr unsigned kLargestExponent = 13;  // … to 8192; class 0 proper stops at 2048, TCP peers do not

std::optional<std::uint32_t> size_of(ByteView value) {
    if (value.size() != 1) return std::nullopt;
    const auto exponent = std::to_integer<unsigned>(value[0]);
    if (exponent < kSmallestExponent || exponent > kLargestExponent) return std::nullopt;
    return std::uint32_t{1} << exponent;
}

std::optional<std::uint32_t> preferred_of(ByteView value) {
    if (value.empty() || value.size() > 4) return std::nullopt;
    std::uint32_t units = 0;
    for (std::byte octet : value) units = units << 8 | std::to_integer<std::uint32_t>(octet);
    if (units == 0) return std::nullopt;
    return units;
}

Bytes preferred_value(std::uint32_t units) {
    Bytes out;
    for (unsigned shift = 32; shift > 0;) {
        shift -= 8;
        if (!out.empty() || units >> shift != 0) out.push_back(static_cast<std::byte>(units >> shift));
    }
    return out;
}

}  // namespace

std::optional<Parameter> take_parameter(ByteView& rest) {
    if (rest.size() < 2) return std::nullopt;
    const auto length = std::to_integer<std::size_t>(rest[1]);
    if (rest.size() - 2 < length) return std::nullopt;
    Parameter out{std::to_integer<std::uint8_t>(rest[0]), rest.subspan(2, length)};
    rest = rest.subspan(2 + length);
    return out;
}

void append_parameter(Bytes& out, std::uint8_t code, ByteView value) {
    out.push_back(std::byte{code});
    out.push_back(static_cast<std::byte>(value.size()));
    append(out, value);
}

ConnectParameters parse_connect_parameters(ByteView rest) {
    ConnectParameters out;
    // These would often pass as parameters, so they are looked for first.
    const bool is_rdp = parse_rdp_request(rest) || parse_rdp_answer(rest);
    while (!is_rdp) {
        auto parameter = take_parameter(rest);
        if (!parameter) break;
        switch (parameter->code) {
            case kTpduSizeCode:
                out.sizes.size = size_of(parameter->value);
                break;
            case kPreferredSizeCode:
                out.sizes.preferred = preferred_of(parameter->value);
                break;
            case kCallingTsapCode:
                out.calling_tsap = to_bytes(parameter->value);
                break;
            case kCalledTsapCode:
                out.called_tsap = to_bytes(parameter->value);
                break;
            case kAlternativeClassesCode:
                out.alternative_classes = to_bytes(parameter->value);
                break;
            default:
                break;  // checksum, security, quality of service: without meaning in class 0
        }
    }
    out.opaque = to_bytes(rest);
    return out;
}

void append_connect_parameters(Bytes& out, const ConnectParameters& parameters) {
    if (parameters.sizes.size) {
        const unsigned exponent = static_cast<unsigned>(std::countr_zero(*parameters.sizes.size));
        append_parameter(out, kTpduSizeCode, bytes({exponent}));
    }
    if (parameters.calling_tsap) append_parameter(out, kCallingTsapCode, *parameters.calling_tsap);
    if (parameters.called_tsap) append_parameter(out, kCalledTsapCode, *parameters.called_tsap);
    if (!parameters.alternative_classes.empty()) {
        append_parameter(out, kAlternativeClassesCode, parameters.alternative_classes);
    }
    if (parameters.sizes.preferred) {
        append_parameter(out, kPreferredSizeCode, preferred_value(*parameters.sizes.preferred));
    }
    append(out, parameters.opaque);
}

}  // namespace convene::t123

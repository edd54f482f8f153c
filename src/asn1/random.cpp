#include "asn1/random.hpp"

namespace convene::asn1 {
namespace {

/// Where encodings change their form: bits, octets, one and two octets of length, fragments of one to four units.
constexpr std::uint64_t kEdges[] = {0,     1,     2,     63,    64,    127,   128,    254,      255,
                                    256,   257,   16383, 16384, 16385, 32767, 32768,  49152,    65534,
                                    65535, 65536, 65537, 70000, 81920, 98304, 131072, 16777216, 4294967295U};
constexpr std::size_t kLargestSmall = 4;
constexpr std::size_t kLargestMedium = 300;
constexpr std::uint32_t kMostArcs = 8;
constexpr std::uint32_t kHighestSecondArc = 4294967295U - 80;  // the first two share 32 bits here

}  // namespace

// SplitMix64: any seed will do, and every bit of it counts.
std::uint64_t Random::next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

std::uint64_t Random::up_to(std::uint64_t limit) { return limit == ~std::uint64_t{0} ? next() : next() % (limit + 1); }

std::uint64_t Random::offset(std::uint64_t span) {
    switch (up_to(5)) {
        case 0:
            return 0;
        case 1:
            return span;
        case 2:
            return std::min(kEdges[up_to(std::size(kEdges) - 1)], span);
        case 3:
            return std::min(next() >> up_to(63), span);
        default:
            return up_to(span);
    }
}

std::size_t Random::size(std::size_t low, std::size_t high) {
    std::size_t most = std::min(high, std::max(low, units_left_));
    std::uint64_t wanted = low + up_to(kLargestSmall);
    if (one_in(6)) wanted = up_to(kLargestMedium);
    if (one_in(12)) wanted = high;
    if (one_in(8)) wanted = low;
    bool edge = options_.big && one_in(100);
    if (edge) wanted = kEdges[up_to(std::size(kEdges) - 1)];
    if (!edge && wanted > kLargestMedium) wanted = low + up_to(kLargestMedium);
    std::size_t size = std::clamp(static_cast<std::size_t>(wanted), low, most);
    units_left_ -= std::min(units_left_, size);
    return size;
}

Bytes Random::octets(std::size_t count) {
    Bytes out(count);
    for (std::byte& octet : out) octet = static_cast<std::byte>(next() >> 56);
    return out;
}

char16_t Random::character(char32_t highest) {
    constexpr char32_t kFirstVisible = 0x20, kLastAscii = 0x7E;
    if (highest <= 0x7F || up_to(3) > 0)
        return static_cast<char16_t>(kFirstVisible + up_to(std::min(highest, kLastAscii) - kFirstVisible));
    return static_cast<char16_t>(up_to(highest));
}

ObjectIdentifier Random::identifier() {
    auto first = static_cast<std::uint32_t>(up_to(2));
    std::string dotted =
        std::to_string(first) + "." + std::to_string(first == 2 ? offset(kHighestSecondArc) : up_to(39));
    for (std::uint64_t more = up_to(kMostArcs); more > 0; --more) dotted += "." + std::to_string(offset(4294967295U));
    return *ObjectIdentifier::parse(dotted);
}

BitString Random::bits(std::size_t count) {
    BitString out{octets((count + 7) / 8), count};
    if (count % 8 != 0) out.octets.back() &= static_cast<std::byte>(0xFF00U >> (count % 8));
    return out;
}

UnknownAlternative Random::unknown_alternative(std::size_t first_index) {
    return {static_cast<std::uint32_t>(first_index + offset(1000)), octets(size(1, 300))};
}

}  // namespace convene::asn1

/// Decoding with the second try that some peers need. Included by the codec's own sources alone.
#pragma once

#include "asn1/per.hpp"

namespace convene::gcc {

/// Decodes `octets` as `T`. When that fails or leaves whole octets over, tries again with simple texts of 16 bits a
/// character, as peers send them whose module had lost the limit to U+00FF, and takes that if it fits exactly.
template <class T>
asn1::Decoded<T> decode_tolerantly(ByteView octets) {
    asn1::Decoded<T> narrow{};
    asn1::PerReader reader(octets);
    const bool narrow_fits = asn1::per_get(reader, asn1::ByType{}, *narrow);
    if (narrow_fits && octets.size() * 8 - reader.position() < 8) return narrow;

    asn1::PerReader wide_reader(octets);
    wide_reader.read_latin_wide();
    asn1::Decoded<T> wide{};
    if (asn1::per_get(wide_reader, asn1::ByType{}, *wide) && octets.size() * 8 - wide_reader.position() < 8)
        return wide;

    if (!narrow_fits) return tl::make_unexpected(reader.error());
    return narrow;
}

}  // namespace convene::gcc

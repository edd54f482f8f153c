/// BER of whole values (X.690). Include this only where a type's codec is instantiated.
///
/// Written is the definite, minimal form. Read is everything BER allows, and what peers are known to do besides:
/// numbers that cannot be negative are taken as unsigned, so that a missing sign octet does no harm.
/// Where the module has AUTOMATIC TAGS the tags follow from the order of the members; a sequence with `universal_tags`
/// has members with tags of their own.
#pragma once

#include "asn1/ber_decode.hpp"
#include "asn1/ber_encode.hpp"
#include "asn1/decode_info.hpp"

namespace convene::asn1 {

namespace detail {

template <class T>
Decoded<T> ber_decode_with(BerReader& reader, DecodeInfo* info) {
    Decoded<T> out{};
    if (!ber_get(reader, ByType{}, *out)) return tl::make_unexpected(reader.error());
    if (info != nullptr) *info = {reader.position(), reader.unknown_additions()};
    return out;
}

}  // namespace detail

/// Decodes one value from the start of `input`; octets after it are left alone. The result owns its memory.
template <class T>
Decoded<T> ber_decode(ByteView input, DecodeInfo* info = nullptr) {
    BerReader reader(input);
    return detail::ber_decode_with<T>(reader, info);
}

/// As above; Slice members share the buffer of `input`.
template <class T>
Decoded<T> ber_decode(const Slice& input, DecodeInfo* info = nullptr) {
    BerReader reader(input);
    return detail::ber_decode_with<T>(reader, info);
}

template <class T>
Encoded<Bytes> ber_encode(const T& value) {
    BerWriter writer;
    if (!ber_put(writer, ByType{}, value)) return tl::make_unexpected(writer.error());
    return writer.take();
}

}  // namespace convene::asn1

/// Aligned basic PER of whole values (X.691). Include this only where a type's codec is instantiated.
#pragma once

#include "asn1/decode_info.hpp"
#include "asn1/per_decode.hpp"
#include "asn1/per_encode.hpp"

namespace convene::asn1 {

namespace detail {

template <class T>
Decoded<T> per_decode_with(PerReader& reader, DecodeInfo* info) {
    Decoded<T> out{};  // the one object returned, so that nothing is moved
    if (!per_get(reader, ByType{}, *out)) {
        out = tl::make_unexpected(reader.error());
    } else if (info != nullptr) {
        *info = {(reader.position() + 7) / 8, reader.unknown_additions()};
    }
    return out;
}

template <class Node, class T>
Encoded<Bytes> per_encode_with(const Node& node, const T& value) {
    Encoded<Bytes> out{};  // here too
    PerWriter writer(*out);
    if (per_put(writer, node, value)) {
        writer.finish();
    } else {
        out = tl::make_unexpected(writer.error());
    }
    return out;
}

}  // namespace detail

// Types whose node stands elsewhere than in their schema: `Where::node()` gives it.

template <class Where, class T>
bool per_get_as(PerReader& reader, T& value) {
    if constexpr (kForSize) {
        return per_read_shape(reader, *shapes::shape_for<Where, T>(), &value);
    } else {
        return per_get(reader, Where::node(), value);
    }
}

template <class Where, class T>
Encoded<Bytes> per_encode_as(const T& value) {
    if constexpr (kForSize) {
        return detail::per_encode_with(shapes::NodeOf<Where>{}, value);
    } else {
        return detail::per_encode_with(Where::node(), value);
    }
}

/// Decodes one value from the start of `input`; octets after it are left alone. The result owns its memory.
template <class T>
Decoded<T> per_decode(ByteView input, DecodeInfo* info = nullptr) {
    PerReader reader(input);
    return detail::per_decode_with<T>(reader, info);
}

/// As above; Slice members share the buffer of `input`.
template <class T>
Decoded<T> per_decode(const Slice& input, DecodeInfo* info = nullptr) {
    PerReader reader(input);
    return detail::per_decode_with<T>(reader, info);
}

template <class T>
Encoded<Bytes> per_encode(const T& value) {
    return detail::per_encode_with(ByType{}, value);
}

}  // namespace convene::asn1

/// Makes the entry of a type from its schema. Included only by the lists of types, for it instantiates every codec.
#pragma once

#include "asn1/ber.hpp"
#include "asn1/json_codec.hpp"
#include "asn1/per.hpp"
#include "catalogue/type_entry.hpp"

namespace convene::catalogue {

inline constexpr asn1::ByType kByType{};

namespace detail {

template <class T, const auto& kNode, bool HasBer>
struct Codec {
    static asn1::Encoded<Bytes> put(Rule rule, const T& value) {
        if constexpr (HasBer) {
            if (rule == Rule::ber) {
                asn1::BerWriter writer;
                if (!asn1::ber_put(writer, kNode, value)) return tl::make_unexpected(writer.error());
                return writer.take();
            }
        }
        return asn1::detail::per_encode_with(kNode, value);
    }

    static asn1::Decoded<asn1::DecodeInfo> get(Rule rule, ByteView input, T& value) {
        if constexpr (HasBer) {
            if (rule == Rule::ber) {
                asn1::BerReader reader(input);
                if (!asn1::ber_get(reader, kNode, value)) return tl::make_unexpected(reader.error());
                return asn1::DecodeInfo{reader.position(), reader.unknown_additions()};
            }
        }
        asn1::PerReader reader(input);
        if (!asn1::per_get(reader, kNode, value)) return tl::make_unexpected(reader.error());
        return asn1::DecodeInfo{(reader.position() + 7) / 8, reader.unknown_additions()};
    }

    static asn1::Decoded<asn1::DecodeInfo> decode(Rule rule, ByteView input, asn1::Json* json,
                                                  asn1::Encoded<Bytes>* again) {
        T value{};
        auto info = get(rule, input, value);
        if (!info) return info;
        if (json != nullptr) asn1::json_put(*json, kNode, value);
        if (again != nullptr) *again = put(rule, value);
        return info;
    }

    static Expected<Bytes, std::string> encode(Rule rule, const asn1::Json& json) {
        T value{};
        asn1::json::Reader reader;
        if (!asn1::json_get(reader, json, kNode, value)) return tl::make_unexpected(reader.error().message());
        auto octets = put(rule, value);
        if (!octets) return tl::make_unexpected(octets.error().message());
        return std::move(*octets);
    }

    static asn1::Encoded<Bytes> random(Rule rule, asn1::Random& random, asn1::Json* json) {
        random.start_value();
        T value{};
        asn1::random_fill(random, kNode, value);
        if (json != nullptr) asn1::json_put(*json, kNode, value);
        return put(rule, value);
    }
};

template <class T, const auto& kNode, bool HasBer>
constexpr TypeEntry make(std::string_view module, std::string_view name) {
    using C = Codec<T, kNode, HasBer>;
    return {module, name, HasBer, &C::decode, &C::encode, &C::random};
}

}  // namespace detail

/// The entry of `T`, or of a type that is `T` with another node, such as a narrower range.
template <class T, const auto& Node = kByType>
constexpr TypeEntry type_entry(std::string_view module, std::string_view name) {
    return detail::make<T, Node, false>(module, name);
}
/// As above, for types of a module that is used with BER as well.
template <class T, const auto& Node = kByType>
constexpr TypeEntry type_entry_with_ber(std::string_view module, std::string_view name) {
    return detail::make<T, Node, true>(module, name);
}

}  // namespace convene::catalogue

/// The tags of BER (X.690 §8.1.2) and which one a schema node has, all worked out by the compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "asn1/schema.hpp"

namespace convene::asn1 {

struct BerTag {
    std::uint8_t tag_class = 0;  ///< one of the constants below
    std::uint32_t number = 0;

    friend constexpr bool operator==(BerTag, BerTag) = default;
};
inline constexpr std::uint8_t kBerUniversal = 0x00, kBerApplication = 0x40, kBerContext = 0x80;
inline constexpr std::uint8_t kBerConstructed = 0x20;

inline constexpr BerTag kBerBitString{kBerUniversal, 3};
inline constexpr BerTag kBerOctetString{kBerUniversal, 4};

constexpr BerTag ber_context(std::size_t number) { return {kBerContext, static_cast<std::uint32_t>(number)}; }

/// How a node looks in BER. `kHasTag` is false for CHOICE and open types, whose tag is that of what they hold;
/// a tag given to those is EXPLICIT (X.680 §31.2.7).
template <class Node>
struct BerShape;

template <std::uint32_t Number, bool IsConstructed>
struct UniversalShape {
    static constexpr bool kHasTag = true, kIsConstructed = IsConstructed;
    static constexpr BerTag kTag{kBerUniversal, Number};
};
struct UntaggedShape {
    static constexpr bool kHasTag = false, kIsConstructed = true;
};

template <>
struct BerShape<Boolean> : UniversalShape<1, false> {};
template <auto Lo, auto Hi>
struct BerShape<Integer<Lo, Hi>> : UniversalShape<2, false> {};
template <auto Lo>
struct BerShape<IntegerFrom<Lo>> : UniversalShape<2, false> {};
template <>
struct BerShape<AnyInteger> : UniversalShape<2, false> {};
template <std::size_t Lo, std::size_t Hi>
struct BerShape<BitStringOf<Lo, Hi>> : UniversalShape<3, false> {};
template <class C, std::size_t N>
struct BerShape<BitFlags<C, N>> : UniversalShape<3, false> {};
template <std::size_t Lo, std::size_t Hi>
struct BerShape<OctetString<Lo, Hi>> : UniversalShape<4, false> {};
template <>
struct BerShape<NullType> : UniversalShape<5, false> {};
template <>
struct BerShape<ObjectIdentifierType> : UniversalShape<6, false> {};
template <std::size_t R, std::size_t A, bool E>
struct BerShape<Enumerated<R, A, E>> : UniversalShape<10, false> {};
template <class R, class A, bool E, bool U, bool IsSet>
struct BerShape<Sequence<R, A, E, U, IsSet>> : UniversalShape<IsSet ? 17 : 16, true> {};
template <std::size_t Lo, std::size_t Hi, class Element, bool IsSet>
struct BerShape<ListOf<Lo, Hi, Element, IsSet>> : UniversalShape<IsSet ? 17 : 16, true> {};
template <class Alphabet, std::size_t Lo, std::size_t Hi>
struct BerShape<CharacterString<Alphabet, Lo, Hi>> : UniversalShape<Alphabet::kBerTag, false> {};
template <class A, std::size_t R, bool E>
struct BerShape<Choice<A, R, E>> : UntaggedShape {};
template <std::size_t R, std::size_t A, bool E>
struct BerShape<NullChoice<R, A, E>> : UntaggedShape {};
template <>
struct BerShape<OpenType> : UntaggedShape {};
template <unsigned Number, class Node>
struct BerShape<Application<Number, Node>> {
    static constexpr bool kHasTag = true;
    static constexpr bool kIsConstructed = true;
    static constexpr BerTag kTag{kBerApplication, Number};
};

template <class Node>
inline constexpr bool is_application = false;
template <unsigned Number, class Node>
inline constexpr bool is_application<Application<Number, Node>> = true;

/// The type of the node that describes a member of type `T`.
template <class T, class Node>
using ResolvedNode = std::decay_t<decltype(resolve<T>(std::declval<const Node&>()))>;

/// The tag of an alternative of a CHOICE: its own where it has an APPLICATION tag, else its number.
template <class T, class Node>
constexpr BerTag ber_alternative_tag(std::size_t index) {
    if constexpr (is_application<ResolvedNode<T, Node>>) {
        return BerShape<ResolvedNode<T, Node>>::kTag;
    } else {
        return ber_context(index);
    }
}

namespace detail {

template <class R, class A, bool E, bool U, bool S>
constexpr std::size_t ber_member_count(const Sequence<R, A, E, U, S>&) {
    return list_size<R> + list_size<A>;
}

/// How many automatic tags a member takes: the members of an addition group stand in the outer SEQUENCE.
template <class F>
constexpr std::size_t ber_tags_of(const F&) {
    if constexpr (is_group<F>) {
        return ber_member_count(schema<typename F::Member::value_type>);
    } else {
        return 1;
    }
}

/// The number of the first automatic tag of member `I` of `members`, when the first member has tag `base`.
template <std::size_t I, class Tuple>
constexpr std::size_t ber_first_tag(const Tuple& members, std::size_t base) {
    [&]<std::size_t... K>(std::index_sequence<K...>) { ((base += ber_tags_of(item<K>(members))), ...); }
    (std::make_index_sequence<I>{});
    return base;
}

}  // namespace detail

}  // namespace convene::asn1

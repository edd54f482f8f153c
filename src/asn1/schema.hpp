/// The vocabulary in which a type of the standards is described once, beside its struct.
///
///     template <> inline constexpr auto schema<mcs::UserId> = Integer<1001, 65535>{};
///     template <> inline constexpr auto schema<mcs::ChannelJoinRequest> =
///         sequence(field("initiator", &mcs::ChannelJoinRequest::initiator),
///                  field("channelId", &mcs::ChannelJoinRequest::channel));
///
/// How ASN.1 types look in C++:
///   INTEGER            any integer, or a StrongId over one
///   ENUMERATED         an enum class whose values count the enumerators from 0; an unknown extension is root size + n
///   CHOICE of NULLs    the same (null_choice)
///   BIT STRING         a struct of bools (bit_flags) or BitString
///   OCTET STRING       Bytes, Slice (shares the received buffer) or std::array<std::byte, N>
///   character strings  std::string (8-bit alphabets) or std::u16string (BMPString)
///   SEQUENCE, SET      a plain struct; OPTIONAL and extension additions are std::optional members
///   SEQUENCE OF        std::vector
///   CHOICE             std::variant in the standard's order; an extensible one ends with UnknownAlternative
///   any of these       wrapped in Tagged, where two types must not be mixed up
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "asn1/item_list.hpp"
#include "asn1/types.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

/// The schema of `T`; every described type specialises it.
template <class T>
inline constexpr auto schema = nullptr;

/// "As the schema of the member's own type says."
struct ByType {};

struct Boolean {};
struct NullType {};

/// INTEGER (Lo..Hi).
template <auto Lo, auto Hi>
struct Integer {
    static constexpr std::uint64_t kLow = static_cast<std::uint64_t>(Lo);
    /// Number of values minus one, modulo 2^64.
    static constexpr std::uint64_t kSpan = static_cast<std::uint64_t>(Hi) - static_cast<std::uint64_t>(Lo);
};
/// INTEGER (Lo..MAX).
template <auto Lo>
struct IntegerFrom {
    static constexpr std::uint64_t kLow = static_cast<std::uint64_t>(Lo);
};
/// INTEGER without bounds; values beyond 64 bits are refused.
struct AnyInteger {};

inline constexpr std::size_t kNoLimit = ~std::size_t{0};

/// OCTET STRING (SIZE (Lo..Hi)).
template <std::size_t Lo = 0, std::size_t Hi = kNoLimit>
struct OctetString {};

/// BIT STRING (SIZE (Lo..Hi)).
template <std::size_t Lo = 0, std::size_t Hi = kNoLimit>
struct BitStringOf {};

struct ObjectIdentifierType {};

/// A value in a complete encoding of its own, known only to its reader.
struct OpenType {};

/// Character strings with a permitted alphabet; see alphabets below.
template <class Alphabet, std::size_t Lo = 0, std::size_t Hi = kNoLimit>
struct CharacterString {};

/// SEQUENCE (SIZE (Lo..Hi)) OF or SET OF. The element's schema is its type's unless `Element` says otherwise.
template <std::size_t Lo = 0, std::size_t Hi = kNoLimit, class Element = ByType, bool IsSet = false>
struct ListOf {
    Element element{};
};
template <std::size_t Lo = 0, std::size_t Hi = kNoLimit, class Element = ByType>
using SequenceOf = ListOf<Lo, Hi, Element, false>;
template <std::size_t Lo = 0, std::size_t Hi = kNoLimit, class Element = ByType>
using SetOf = ListOf<Lo, Hi, Element, true>;

// Alphabets: the characters of a restricted string type, in code order (X.691 §27.5).
// `kBerTag` is the universal tag, `kBerWidth` the octets of a character in BER.

/// NumericString (FROM ("0".."9")).
struct DigitCharacters {
    static constexpr std::u16string_view kCharacters = u"0123456789";
    static constexpr unsigned kBerTag = 18, kBerWidth = 1;
};
/// BMPString (FROM ("0123456789#*,")).
struct DiallingCharacters {
    static constexpr std::u16string_view kCharacters = u"#*,0123456789";
    static constexpr unsigned kBerTag = 30, kBerWidth = 2;
};
/// NumericString without a FROM constraint.
struct NumericCharacters {
    static constexpr std::u16string_view kCharacters = u" 0123456789";
    static constexpr unsigned kBerTag = 18, kBerWidth = 1;
};
/// An alphabet that is a run of code points from 0; nothing to map, only the width counts.
template <unsigned Bits, unsigned Highest, unsigned Tag, unsigned Width>
struct CodePoints {
    static constexpr unsigned kBits = Bits, kHighest = Highest, kBerTag = Tag, kBerWidth = Width;
};
using BmpCharacters = CodePoints<16, 0xFFFF, 30, 2>;     ///< BMPString
using LatinBmpCharacters = CodePoints<8, 0xFF, 30, 2>;   ///< BMPString (FROM (U+0000..U+00FF)), T.124 SimpleTextString
using Ia5Characters = CodePoints<8, 0x7F, 22, 1>;        ///< IA5String
using VisibleCharacters = CodePoints<8, 0x7E, 26, 1>;    ///< VisibleString
using PrintableCharacters = CodePoints<8, 0x7A, 19, 1>;  ///< PrintableString
using GeneralizedTimeCharacters = CodePoints<8, 0x7E, 24, 1>;  ///< GeneralizedTime, which is a VisibleString

/// Marks where the root ends: everything after it in the argument list is an extension addition.
struct Extensible {};
inline constexpr Extensible extensible{};

/// Marks a SEQUENCE of a module without AUTOMATIC TAGS: its members carry their own tags in BER.
struct UniversalTags {};
inline constexpr UniversalTags universal_tags{};

// --- enumerations ---

/// ENUMERATED: `Root` enumerators before the extension marker, `All` with those after it.
template <std::size_t Root, std::size_t All, bool IsExtensible>
struct Enumerated {
    std::array<std::string_view, All> names;
};
/// CHOICE whose alternatives are all NULL, as T.125 version 3 writes its enumerations.
template <std::size_t Root, std::size_t All, bool IsExtensible>
struct NullChoice {
    std::array<std::string_view, All> names;
};

namespace detail {

template <class... A>
constexpr std::size_t root_count() {
    std::size_t count = 0;
    bool open = true;
    ((open = open && !std::is_same_v<A, Extensible>, count += open && !std::is_same_v<A, UniversalTags> ? 1 : 0), ...);
    return count;
}
template <class... A>
inline constexpr bool has_extensible = (std::is_same_v<A, Extensible> || ...);
template <class... A>
inline constexpr bool has_universal = (std::is_same_v<A, UniversalTags> || ...);

template <class A>
inline constexpr bool is_marker = std::is_same_v<A, Extensible> || std::is_same_v<A, UniversalTags>;

template <std::size_t N, class... A>
constexpr std::array<std::string_view, N> names_of(const A&... a) {
    std::array<std::string_view, N> out{};
    std::size_t at = 0;
    auto add = [&](const auto& item) {
        if constexpr (!is_marker<std::decay_t<decltype(item)>>) out[at++] = item;
    };
    (add(a), ...);
    return out;
}

template <class... A>
inline constexpr std::size_t item_count = (0 + ... + (is_marker<A> ? 0 : 1));

}  // namespace detail

template <class... A>
constexpr auto enumerated(const A&... names) {
    constexpr std::size_t n = detail::item_count<A...>;
    return Enumerated<detail::root_count<A...>(), n, detail::has_extensible<A...>>{detail::names_of<n>(names...)};
}
template <class... A>
constexpr auto null_choice(const A&... names) {
    constexpr std::size_t n = detail::item_count<A...>;
    return NullChoice<detail::root_count<A...>(), n, detail::has_extensible<A...>>{detail::names_of<n>(names...)};
}

// --- bit flags ---

template <class C>
struct Flag {
    std::string_view name;
    bool C::*member;
};
/// BIT STRING of fixed size whose bits all have names, as a struct of bools.
template <class C, std::size_t N>
struct BitFlags {
    std::array<Flag<C>, N> flags;
};
template <class C>
constexpr Flag<C> flag(std::string_view name, bool C::*member) {
    return {name, member};
}
template <class C, class... More>
constexpr auto bit_flags(Flag<C> first, More... more) {
    return BitFlags<C, 1 + sizeof...(More)>{{first, more...}};
}

// --- sequences ---

/// A member of a SEQUENCE. `kIsGroup` marks an addition group [[ ]] held in an optional struct.
template <class C, class M, class Node, bool IsGroup = false>
struct Field {
    using Member = M;
    static constexpr bool kIsGroup = IsGroup;
    std::string_view name;
    M C::*member;
    Node node;
};
/// A member with a DEFAULT: never sent when it has that value.
template <class C, class M, class Node, class Value>
struct DefaultField {
    using Member = M;
    std::string_view name;
    M C::*member;
    Node node;
    Value value;  ///< comparable with the member and assignable to it, such as a string_view for a string
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class F>
inline constexpr bool is_default_field = false;
template <class C, class M, class Node, class Value>
inline constexpr bool is_default_field<DefaultField<C, M, Node, Value>> = true;

/// True for addition groups.
template <class F>
inline constexpr bool is_group = false;
template <class C, class M, class Node>
inline constexpr bool is_group<Field<C, M, Node, true>> = true;

/// True for members that need a presence bit.
template <class F>
inline constexpr bool may_be_absent = is_default_field<F> || is_optional<typename F::Member>;

template <class C, class M, class Node = ByType>
constexpr auto field(std::string_view name, M C::*member, Node node = {}) {
    return Field<C, M, Node>{name, member, node};
}
template <class C, class M, class Value, class Node = ByType>
constexpr auto default_field(std::string_view name, M C::*member, Value value, Node node = {}) {
    return DefaultField<C, M, Node, Value>{name, member, node, value};
}
/// An addition group [[ ]]: `member` is an optional struct whose own schema lists the group's members.
template <class C, class M>
constexpr auto group(std::string_view name, M C::*member) {
    static_assert(is_optional<M>, "an addition group may be absent, so its member is a std::optional");
    return Field<C, M, ByType, true>{name, member, {}};
}

/// SEQUENCE or SET. `Root` and `Additions` are ItemLists of Field and DefaultField.
template <class Root, class Additions, bool IsExtensible, bool HasUniversalTags, bool IsSet>
struct Sequence {
    static constexpr bool kIsExtensible = IsExtensible;
    static constexpr bool kHasUniversalTags = HasUniversalTags;
    static constexpr bool kIsSet = IsSet;
    Root root;
    Additions additions;
};

namespace detail {

/// Where in an argument list the items stand that are no markers.
template <class... A>
constexpr auto item_positions() {
    std::array<std::size_t, item_count<A...> + 1> positions{};
    std::size_t at = 0, count = 0;
    ((is_marker<A> ? 0 : (positions[count++] = at), ++at), ...);
    return positions;
}

template <class... A>
struct Arguments {
    static constexpr auto kPositions = item_positions<A...>();
    ItemList<const A*...> all;

    /// The items from number `Begin` on.
    template <std::size_t Begin, std::size_t... I>
    constexpr auto items(std::index_sequence<I...>) const {
        return ItemList<
            std::remove_const_t<std::remove_pointer_t<ListItem<kPositions[Begin + I], ItemList<const A*...>>>>...>{
            {*item<kPositions[Begin + I]>(all)}...};
    }
};

template <bool IsSet, class... A>
constexpr auto make_sequence(const A&... a) {
    constexpr std::size_t root = root_count<A...>();
    Arguments<A...> arguments{{{&a}...}};
    auto members = arguments.template items<0>(std::make_index_sequence<root>{});
    auto additions = arguments.template items<root>(std::make_index_sequence<item_count<A...> - root>{});
    return Sequence<decltype(members), decltype(additions), has_extensible<A...>, has_universal<A...>, IsSet>{
        members, additions};
}

}  // namespace detail

/// `sequence([universal_tags,] field(…)… [, extensible [, field(…)…]])`
template <class... A>
constexpr auto sequence(const A&... a) {
    return detail::make_sequence<false>(a...);
}
/// As sequence(); in PER the same when the members stand in the order of their tags, as AUTOMATIC TAGS make them.
template <class... A>
constexpr auto set(const A&... a) {
    return detail::make_sequence<true>(a...);
}

// --- choices ---

template <class Node>
struct Alternative {
    std::string_view name;
    Node node;
};
template <class Node = ByType>
constexpr auto alt(std::string_view name, Node node = {}) {
    return Alternative<Node>{name, node};
}

/// CHOICE: `Root` alternatives before the extension marker; the variant holds them all in this order.
template <class Alternatives, std::size_t Root, bool IsExtensible>
struct Choice {
    static constexpr std::size_t kRoot = Root;
    static constexpr std::size_t kAll = list_size<Alternatives>;
    static constexpr bool kIsExtensible = IsExtensible;
    Alternatives alternatives;
};

namespace detail {

/// An argument of choice() as it is kept: bare names become alternatives described by their own type.
constexpr Extensible as_alternative(Extensible marker) { return marker; }
constexpr Alternative<ByType> as_alternative(std::string_view name) { return {name, {}}; }
template <class Node>
constexpr Alternative<Node> as_alternative(const Alternative<Node>& alternative) {
    return alternative;
}

template <class... A>
constexpr auto make_choice(const A&... a) {
    Arguments<A...> arguments{{{&a}...}};
    auto alternatives = arguments.template items<0>(std::make_index_sequence<item_count<A...>>{});
    return Choice<decltype(alternatives), root_count<A...>(), has_extensible<A...>>{alternatives};
}

}  // namespace detail

/// `choice("name" | alt("name", node)… [, extensible [, …]])`
template <class... A>
constexpr auto choice(const A&... a) {
    return detail::make_choice(detail::as_alternative(a)...);
}

// --- tags ---

/// [APPLICATION Number] IMPLICIT; only BER sees it.
template <unsigned Number, class Node>
struct Application {
    static constexpr unsigned kNumber = Number;
    Node node;
};
template <unsigned Number, class Node>
constexpr auto application(const Node& node) {
    return Application<Number, Node>{node};
}

// --- schemas of the plain types ---

template <>
inline constexpr auto schema<bool> = Boolean{};
template <>
inline constexpr auto schema<Null> = NullType{};
template <class Tag>
inline constexpr auto schema<Tagged<Tag, Null>> = NullType{};
template <>
inline constexpr auto schema<ObjectIdentifier> = ObjectIdentifierType{};
template <>
inline constexpr auto schema<Bytes> = OctetString<>{};
template <>
inline constexpr auto schema<Slice> = OctetString<>{};

/// The node that describes a member: the given one, or the schema of its type.
template <class T, class Node>
constexpr const auto& resolve(const Node& node) {
    if constexpr (std::is_same_v<Node, ByType>) {
        static_assert(!std::is_same_v<std::decay_t<decltype(schema<T>)>, std::nullptr_t>, "this type has no schema");
        return schema<T>;
    } else {
        return node;
    }
}

}  // namespace convene::asn1

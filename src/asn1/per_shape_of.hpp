/// The shapes of types, made of their schemas by the compiler.
#pragma once

#include <array>
#include <new>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "asn1/for_size.hpp"
#include "asn1/per_shape.hpp"
#include "asn1/shape.hpp"

namespace convene::asn1::shapes {

// Where a node stands: a type with a function node(), since nodes that refer to members cannot be template arguments.

template <class T>
struct OfType {
    static constexpr const auto& node() { return schema<T>; }
};
template <class Node>
struct OfNode {
    static constexpr Node kNode{};
    static constexpr const Node& node() { return kNode; }
};
/// For per_put(), in place of a node.
template <class Where>
struct NodeOf {};
template <class At>
struct WithoutTag {
    static constexpr const auto& node() { return At::node().node; }
};
template <class At>
struct ElementOf {
    static constexpr const auto& node() { return At::node().element; }
};
template <class At, std::size_t I>
struct AlternativeOf {
    static constexpr const auto& node() { return item<I>(At::node().alternatives).node; }
};
template <class At, bool IsAddition, std::size_t I>
struct FieldOf {
    static constexpr const auto& field() {
        if constexpr (IsAddition) {
            return item<I>(At::node().additions);
        } else {
            return item<I>(At::node().root);
        }
    }
    static constexpr const auto& node() { return field().node; }
    /// In memory, so that tables can point to it.
    static constexpr auto kMember = field().member;
    static_assert(sizeof kMember == sizeof(MemberOffset));
};

template <class At>
using NodeAt = std::decay_t<decltype(At::node())>;

/// True for nodes that their type says everything about.
template <class Node>
inline constexpr bool is_stateless = std::is_empty_v<Node>;
template <std::size_t Lo, std::size_t Hi, class Element, bool IsSet>
inline constexpr bool is_stateless<ListOf<Lo, Hi, Element, IsSet>> = is_stateless<Element>;

template <class Node>
inline constexpr bool is_application = false;
template <unsigned N, class Node>
inline constexpr bool is_application<Application<N, Node>> = true;

template <class At, class Node, class T>
struct ShapeOf;

/// The shape of a `T` as the node at `At` describes it.
template <class At, class T>
constexpr const Shape* shape_for() {
    using Node = NodeAt<At>;
    if constexpr (std::is_same_v<Node, ByType>) {
        return shape_for<OfType<T>, T>();
    } else if constexpr (is_tagged<T>) {
        static_assert(sizeof(T) == sizeof(typename T::rep_type));
        return shape_for<At, typename T::rep_type>();
    } else if constexpr (is_application<Node>) {
        return shape_for<WithoutTag<At>, T>();
    } else if constexpr (is_stateless<Node>) {
        return &ShapeOf<OfNode<Node>, Node, T>::kValue;
    } else {
        return &ShapeOf<At, Node, T>::kValue;
    }
}

template <class T>
constexpr bool is_signed_number() {
    if constexpr (std::is_enum_v<T>) {
        return std::is_signed_v<std::underlying_type_t<T>>;
    } else {
        return std::is_signed_v<T>;
    }
}

template <ShapeKind Kind, std::size_t Size, bool IsSigned, std::uint64_t Low, std::uint64_t Span>
inline constexpr NumberShape kNumber{{Kind, static_cast<std::uint8_t>(Size), IsSigned, false}, Low, Span};
template <ShapeKind Kind, std::size_t Size, std::size_t Root, bool IsExtensible>
inline constexpr EnumeratedShape kEnumerated{{Kind, static_cast<std::uint8_t>(Size), false, IsExtensible}, Root};
template <ShapeKind Kind, std::size_t Size, std::size_t Low, std::size_t High>
inline constexpr SizedShape kSized{{Kind, static_cast<std::uint8_t>(Size), false, false}, Low, High};

// Several structs refer to one constant, so that there is one of each.
template <class At, class T>
struct ShapeOf<At, Boolean, T> {
    static constexpr Shape kValue{ShapeKind::boolean};
};
template <class At, class T>
struct ShapeOf<At, NullType, T> {
    static constexpr Shape kValue{ShapeKind::null};
};
template <class At, auto Lo, auto Hi, class T>
struct ShapeOf<At, Integer<Lo, Hi>, T> {
    static constexpr const NumberShape& kValue = kNumber<ShapeKind::constrained, sizeof(T), is_signed_number<T>(),
                                                         Integer<Lo, Hi>::kLow, Integer<Lo, Hi>::kSpan>;
};
template <class At, auto Lo, class T>
struct ShapeOf<At, IntegerFrom<Lo>, T> {
    static constexpr const NumberShape &kValue = kNumber < ShapeKind::semi_constrained,
                                       sizeof(T), std::is_signed_v<T>, IntegerFrom<Lo>::kLow, (Lo < 0) ? 1 : 0 > ;
};
template <class At, class T>
struct ShapeOf<At, AnyInteger, T> {
    static constexpr const NumberShape& kValue =
        kNumber<ShapeKind::unconstrained, sizeof(T), std::is_signed_v<T>, 0, 0>;
};
template <class At, std::size_t Root, std::size_t All, bool E, class T>
struct ShapeOf<At, Enumerated<Root, All, E>, T> {
    static_assert(std::is_unsigned_v<std::underlying_type_t<T>>);
    static constexpr const EnumeratedShape& kValue = kEnumerated<ShapeKind::enumerated, sizeof(T), Root, E>;
};
template <class At, std::size_t Root, std::size_t All, bool E, class T>
struct ShapeOf<At, NullChoice<Root, All, E>, T> {
    static_assert(std::is_unsigned_v<std::underlying_type_t<T>>);
    static constexpr const EnumeratedShape& kValue = kEnumerated<ShapeKind::null_choice, sizeof(T), Root, E>;
};

template <class At, class C, std::size_t N, class T>
struct ShapeOf<At, BitFlags<C, N>, T> {
    static_assert(std::is_same_v<T, C> && N <= 57, "one read of bits takes all flags");
    static constexpr auto kMembers = [] {
        std::array<bool C::*, N> members{};
        for (std::size_t i = 0; i < N; ++i) members[i] = At::node().flags[i].member;
        return members;
    }();
    static_assert(sizeof kMembers == N * sizeof(MemberOffset));
    static constexpr FlagsShape kValue{{ShapeKind::flags}, N, kMembers.data()};
};

template <class T>
inline constexpr std::size_t kArraySize = 0;
template <std::size_t N>
inline constexpr std::size_t kArraySize<std::array<std::byte, N>> = N;

template <class At, std::size_t Lo, std::size_t Hi, class T>
struct ShapeOf<At, OctetString<Lo, Hi>, T> {
    static constexpr bool kIsArray = kArraySize<T> > 0;
    static_assert(kIsArray || std::is_same_v<T, Bytes> || std::is_same_v<T, Slice>);
    static_assert(!kIsArray || (Lo == Hi && kArraySize<T> == Lo && Lo < 256));
    static constexpr ShapeKind kKind = kIsArray                   ? ShapeKind::octet_array
                                       : std::is_same_v<T, Bytes> ? ShapeKind::bytes
                                                                  : ShapeKind::slice;
    static constexpr const SizedShape& kValue = kSized<kKind, kArraySize<T>, Lo, Hi>;
};
template <class At, std::size_t Lo, std::size_t Hi>
struct ShapeOf<At, BitStringOf<Lo, Hi>, BitString> {
    static constexpr const SizedShape& kValue = kSized<ShapeKind::bit_string, 0, Lo, Hi>;
};
template <class At>
struct ShapeOf<At, ObjectIdentifierType, ObjectIdentifier> : ShapeOf<At, OctetString<>, Bytes> {
    static_assert(sizeof(ObjectIdentifier) == sizeof(Bytes));
};
template <class At>
struct ShapeOf<At, OpenType, Bytes> : ShapeOf<At, OctetString<>, Bytes> {};

template <class Alphabet, std::size_t CharacterSize, std::size_t Lo, std::size_t Hi>
inline constexpr TextShape kText = [] {
    TextShape shape{{{ShapeKind::text, static_cast<std::uint8_t>(CharacterSize), false, false}, Lo, Hi}};
    shape.width = static_cast<std::uint8_t>(character_bits<Alphabet>());
    shape.is_latin = std::is_same_v<Alphabet, LatinBmpCharacters>;
    if constexpr (is_listed<Alphabet>) {
        shape.characters = Alphabet::kCharacters.data();
        shape.highest = static_cast<std::uint32_t>(Alphabet::kCharacters.size() - 1);
    } else {
        shape.highest = Alphabet::kHighest;
    }
    return shape;
}();
template <class At, class Alphabet, std::size_t Lo, std::size_t Hi, class T>
struct ShapeOf<At, CharacterString<Alphabet, Lo, Hi>, T> {
    static constexpr const TextShape& kValue = kText<Alphabet, sizeof(typename T::value_type), Lo, Hi>;
};

template <class E>
struct ListAccess {
    static void* extend(void* list, std::size_t more) {
        auto& elements = *static_cast<std::vector<E>*>(list);
        const std::size_t before = elements.size();
        // Less code than resize(), and hardly ever is there anything to move: fragments are.
        std::vector<E> grown(before + more);
        for (std::size_t i = 0; i < before; ++i) {
            grown[i].~E();
            ::new (static_cast<void*>(&grown[i])) E(std::move(elements[i]));
        }
        elements.swap(grown);
        return elements.data() + before;
    }
    static const void* items(const void* list, std::size_t& count) {
        const auto& elements = *static_cast<const std::vector<E>*>(list);
        count = elements.size();
        return elements.data();
    }
};
template <class At, std::size_t Lo, std::size_t Hi, class Element, bool IsSet, class E>
struct ShapeOf<At, ListOf<Lo, Hi, Element, IsSet>, std::vector<E>> {
    static constexpr ListShape kValue{{{ShapeKind::list}, Lo, Hi},
                                      shape_for<ElementOf<At>, E>(),
                                      sizeof(E),
                                      static_cast<std::uint32_t>(least_bits<E>(resolve<E>(At::node().element))),
                                      &ListAccess<E>::extend,
                                      &ListAccess<E>::items};
};

template <class T, bool IsGroup>
struct OptionalAccess {
    using Member = std::optional<T>;
    static void* make(void* member) { return &static_cast<Member*>(member)->emplace(); }
    static void clear(void* member) { static_cast<Member*>(member)->reset(); }
    static const void* content(const void* member) {
        const auto& held = *static_cast<const Member*>(member);
        return held ? &*held : nullptr;
    }
    static constexpr Absence kValue{&make, &clear, &content, true, IsGroup};
};
/// A member with a DEFAULT.
template <class Where, class T>
struct DefaultAccess {
    static void* make(void* member) { return member; }
    static void clear(void* member) { *static_cast<T*>(member) = Where::field().value; }
    static const void* content(const void* member) {
        return *static_cast<const T*>(member) == Where::field().value ? nullptr : member;
    }
    static constexpr Absence kValue{&make, &clear, &content, false, false};
};

template <class Where>
constexpr FieldShape field_shape() {
    using Field = std::decay_t<decltype(Where::field())>;
    using Member = typename Field::Member;
    if constexpr (is_default_field<Field>) {
        return {shape_for<Where, Member>(), &Where::kMember, &DefaultAccess<Where, Member>::kValue};
    } else if constexpr (is_optional<Member>) {
        using Content = typename Member::value_type;
        return {shape_for<Where, Content>(), &Where::kMember, &OptionalAccess<Content, is_group<Field>>::kValue};
    } else {
        return {shape_for<Where, Member>(), &Where::kMember, nullptr};
    }
}

template <class At, class Root, class Additions, bool E, bool U, bool S, class T>
struct ShapeOf<At, Sequence<Root, Additions, E, U, S>, T> {
    static constexpr std::size_t kRoot = list_size<Root>, kAll = kRoot + list_size<Additions>;
    static_assert(kAll < 256);
    // One more, as there are SEQUENCEs without members.
    static constexpr auto kFields =
        []<std::size_t... I, std::size_t... J>(std::index_sequence<I...>, std::index_sequence<J...>) {
        return std::array<FieldShape, kAll + 1>{
            {field_shape<FieldOf<At, false, I>>()..., field_shape<FieldOf<At, true, J>>()..., FieldShape{}}};
    }
    (std::make_index_sequence<kRoot>{}, std::make_index_sequence<list_size<Additions>>{});
    static constexpr std::uint8_t kOptionals = [] {
        std::size_t count = 0;
        for (std::size_t i = 0; i < kRoot; ++i) count += kFields[i].absence != nullptr ? 1 : 0;
        return static_cast<std::uint8_t>(count);
    }();
    static_assert(kOptionals <= 57, "more optional members than one read of presence bits takes");
    static constexpr SequenceShape kValue{{ShapeKind::sequence, 0, false, E},
                                          static_cast<std::uint8_t>(kRoot),
                                          static_cast<std::uint8_t>(kAll),
                                          kOptionals,
                                          kFields.data()};
};

template <class V, std::size_t All, bool E>
struct ChoiceAccess {
    static void* make(void* variant, std::size_t index) {
        return make(*static_cast<V*>(variant), index, std::make_index_sequence<std::variant_size_v<V>>{});
    }
    template <std::size_t... I>
    static void* make(V& variant, std::size_t index, std::index_sequence<I...>) {
        void* made = nullptr;
        (void)(... || make_one<I>(variant, index, made));
        return made;
    }
    template <std::size_t I>
    static bool make_one(V& variant, std::size_t index, void*& made) {
        if constexpr (kIsRead<std::variant_alternative_t<I, V>>) {
            if (index == I) {
                made = &variant.template emplace<I>();
                return true;
            }
        }
        return false;
    }
    static const void* held(const void* variant, std::size_t& index) {
        const V& value = *static_cast<const V*>(variant);
        index = value.index();
        if (index == std::variant_npos) return nullptr;
        return std::visit([](const auto& each) -> const void* { return &each; }, value);
    }
};
template <class Where, class T>
constexpr AlternativeShape alternative_shape() {
    if constexpr (kIsRead<T> || kIsWritten<T>) {
        return {shape_for<Where, T>(), kIsRead<T>, kIsWritten<T>};
    } else {
        return {nullptr, false, false};
    }
}
template <class At, class A, std::size_t Root, bool E, class V>
struct ShapeOf<At, Choice<A, Root, E>, V> {
    static constexpr std::size_t kAll = list_size<A>;
    static_assert(std::variant_size_v<V> == kAll + (E ? 1 : 0), "the variant lists the alternatives in order");
    static constexpr auto kAlternatives = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<AlternativeShape, kAll>{
            alternative_shape<AlternativeOf<At, I>, std::variant_alternative_t<I, V>>()...};
    }
    (std::make_index_sequence<kAll>{});
    static constexpr ChoiceShape kValue{{ShapeKind::choice, 0, false, E}, static_cast<std::uint8_t>(Root),
                                        static_cast<std::uint8_t>(kAll),  kAlternatives.data(),
                                        &ChoiceAccess<V, kAll, E>::make,  &ChoiceAccess<V, kAll, E>::held};
};

}  // namespace convene::asn1::shapes

/// BER, encoding: one overload for each node of the schema vocabulary (X.690). Everything is written back to front.
#pragma once

#include <algorithm>
#include <array>
#include <type_traits>

#include "asn1/ber_writer.hpp"
#include "asn1/shape.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

/// One complete TLV. `tag` replaces the node's own tag, or is put around it where it has none.
template <class Node, class T>
bool ber_put(BerWriter& w, const Node& node, const T& value, const BerTag* tag = nullptr) {
    if constexpr (std::is_same_v<Node, ByType>) {
        return ber_put(w, resolve<T>(node), value, tag);
    } else if constexpr (is_application<Node>) {
        return ber_put(w, node.node, value, tag != nullptr ? tag : &BerShape<Node>::kTag);
    } else if constexpr (is_tagged<T>) {
        return ber_put(w, node, value.value, tag);
    } else {
        std::size_t end = w.size();
        if (!ber_write(w, node, value)) return false;
        if constexpr (BerShape<Node>::kHasTag) {
            w.header(tag != nullptr ? *tag : BerShape<Node>::kTag, BerShape<Node>::kIsConstructed, end);
        } else {
            if (tag != nullptr) w.header(*tag, true, end);
        }
        return true;
    }
}

inline bool ber_write(BerWriter& w, const Boolean&, bool value) {
    w.octet(value ? 0xFF : 0);
    return true;
}
inline bool ber_write(BerWriter&, const NullType&, const Null&) { return true; }

template <auto Lo, auto Hi, class T>
bool ber_write(BerWriter& w, const Integer<Lo, Hi>&, T value) {
    if (static_cast<std::uint64_t>(value) - Integer<Lo, Hi>::kLow > Integer<Lo, Hi>::kSpan)
        return w.fail(EncodeErrc::out_of_range);
    if constexpr (Lo >= 0) {
        w.unsigned_number(static_cast<std::uint64_t>(value));
    } else {
        w.signed_number(static_cast<std::int64_t>(value));
    }
    return true;
}
template <auto Lo, class T>
bool ber_write(BerWriter& w, const IntegerFrom<Lo>&, T value) {
    if (is_below<Lo>(value)) return w.fail(EncodeErrc::out_of_range);
    if constexpr (Lo >= 0) {
        w.unsigned_number(static_cast<std::uint64_t>(value));
    } else {
        w.signed_number(static_cast<std::int64_t>(value));
    }
    return true;
}
template <class T>
bool ber_write(BerWriter& w, const AnyInteger&, T value) {
    if (!fits_signed(value)) return w.fail(EncodeErrc::out_of_range);
    w.signed_number(static_cast<std::int64_t>(value));
    return true;
}

template <std::size_t R, std::size_t A, bool E, class T>
bool ber_write(BerWriter& w, const Enumerated<R, A, E>&, T value) {
    if (!E && static_cast<std::size_t>(value) >= A) return w.fail(EncodeErrc::out_of_range);
    w.unsigned_number(static_cast<std::uint64_t>(value));
    return true;
}
template <std::size_t R, std::size_t A, bool E, class T>
bool ber_write(BerWriter& w, const NullChoice<R, A, E>&, T value) {
    if (!E && static_cast<std::size_t>(value) >= A) return w.fail(EncodeErrc::out_of_range);
    w.header(ber_context(static_cast<std::size_t>(value)), false, w.size());
    return true;
}

template <class C, std::size_t N>
bool ber_write(BerWriter& w, const BitFlags<C, N>& node, const C& value) {
    std::array<unsigned, (N + 7) / 8> octets{};
    for (std::size_t i = 0; i < N; ++i)
        if (value.*node.flags[i].member) octets[i / 8] |= 0x80U >> (i % 8);
    for (std::size_t i = octets.size(); i > 0; --i) w.octet(octets[i - 1]);
    w.octet(octets.size() * 8 - N);
    return true;
}

template <std::size_t Lo, std::size_t Hi>
bool ber_write(BerWriter& w, const BitStringOf<Lo, Hi>&, const BitString& value) {
    if (value.bits < Lo || value.bits > Hi || value.octets.size() != (value.bits + 7) / 8)
        return w.fail(EncodeErrc::bad_size);
    w.octets(value.octets);
    w.octet(static_cast<unsigned>(value.octets.size() * 8 - value.bits));
    return true;
}

template <std::size_t Lo, std::size_t Hi, class T>
bool ber_write(BerWriter& w, const OctetString<Lo, Hi>&, const T& value) {
    if (value.size() < Lo || value.size() > Hi) return w.fail(EncodeErrc::bad_size);
    w.octets(ByteView{value.data(), value.size()});
    return true;
}
inline bool ber_write(BerWriter& w, const ObjectIdentifierType&, const ObjectIdentifier& value) {
    w.octets(value.contents);
    return true;
}
inline bool ber_write(BerWriter& w, const OpenType&, const Bytes& value) {
    w.octets(value);
    return true;
}

template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
bool ber_write(BerWriter& w, const CharacterString<Alphabet, Lo, Hi>&, const String& value) {
    if (value.size() < Lo || value.size() > Hi) return w.fail(EncodeErrc::bad_size);
    for (std::size_t i = value.size(); i > 0; --i) {
        char32_t point = code_point(value[i - 1]);
        if (!in_alphabet<Alphabet>(point)) return w.fail(EncodeErrc::out_of_range);
        for (unsigned k = 0; k < Alphabet::kBerWidth; ++k) w.octet(static_cast<unsigned>(point >> (8 * k) & 0xFF));
    }
    return true;
}

template <std::size_t Lo, std::size_t Hi, class Element, bool S, class E>
bool ber_write(BerWriter& w, const ListOf<Lo, Hi, Element, S>& node, const std::vector<E>& value) {
    if (value.size() < Lo || value.size() > Hi) return w.fail(EncodeErrc::bad_size);
    for (std::size_t i = value.size(); i > 0; --i)
        if (!ber_put(w, node.element, value[i - 1])) return w.in_element(i - 1);
    return true;
}

template <bool UniversalTags, class Tuple, class C>
bool ber_write_members(BerWriter& w, const Tuple& members, const C& value, std::size_t base);

template <bool UniversalTags, class F, class C>
bool ber_write_member(BerWriter& w, const F& field, const C& value, std::size_t number) {
    const auto& member = value.*field.member;
    if constexpr (is_group<F>) {
        if (!member.has_value()) return true;
        constexpr auto& inner = schema<typename F::Member::value_type>;
        return ber_write_members<false>(w, inner.root, *member, number) || w.in(field.name);
    } else {
        if (!is_present(field, value)) return true;
        BerTag context = ber_context(number);
        const BerTag* tag = UniversalTags ? nullptr : &context;
        if constexpr (is_optional<typename F::Member>) {
            return ber_put(w, field.node, *member, tag) || w.in(field.name);
        } else {
            return ber_put(w, field.node, member, tag) || w.in(field.name);
        }
    }
}

template <bool UniversalTags, class Tuple, class C>
bool ber_write_members(BerWriter& w, const Tuple& members, const C& value, std::size_t base) {
    constexpr std::size_t count = list_size<Tuple>;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (true && ... &&
                ber_write_member<UniversalTags>(w, item<count - 1 - I>(members), value,
                                                detail::ber_first_tag<count - 1 - I>(members, base)));
    }
    (std::make_index_sequence<count>{});
}

template <class Root, class Additions, bool E, bool U, bool S, class C>
bool ber_write(BerWriter& w, const Sequence<Root, Additions, E, U, S>& node, const C& value) {
    constexpr std::size_t root = list_size<Root>;
    return ber_write_members<U>(w, node.additions, value, root) && ber_write_members<U>(w, node.root, value, 0);
}

template <std::size_t I, class Node, class Variant>
bool ber_write_alternative(BerWriter& w, const Node& node, const Variant& value) {
    using T = std::variant_alternative_t<I, Variant>;
    if constexpr (!kIsWritten<T>) {
        return w.fail(EncodeErrc::no_value);
    } else {
        const auto& alternative = item<I>(node.alternatives);
        static constexpr BerTag kTag = ber_alternative_tag<T, std::decay_t<decltype(alternative.node)>>(I);
        return ber_put(w, alternative.node, *std::get_if<I>(&value), &kTag) || w.in(alternative.name);
    }
}

template <class A, std::size_t Root, bool E, class Variant>
bool ber_write(BerWriter& w, const Choice<A, Root, E>& node, const Variant& value) {
    using Node = Choice<A, Root, E>;
    std::size_t index = value.index();
    if (index == std::variant_npos) return w.fail(EncodeErrc::no_value);
    if constexpr (E) {
        if (index == Node::kAll) {
            // In BER what is kept of an unknown alternative is its whole TLV.
            w.octets(std::get_if<Node::kAll>(&value)->contents);
            return true;
        }
    }
    using Writer = bool (*)(BerWriter&, const Node&, const Variant&);
    static constexpr auto kWriters = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Writer, Node::kAll>{&ber_write_alternative<I, Node, Variant>...};
    }
    (std::make_index_sequence<Node::kAll>{});
    return kWriters[index](w, node, value);
}

}  // namespace convene::asn1

/// Aligned basic PER, encoding: one overload for each node of the schema vocabulary (X.691).
#pragma once

#include <algorithm>
#include <type_traits>

#include "asn1/per_prefix.hpp"
#include "asn1/per_shape_of.hpp"
#include "asn1/per_writer.hpp"
#include "asn1/shape.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

template <class Where, class T>
bool per_put(PerWriter& w, const shapes::NodeOf<Where>&, const T& value) {
    return per_write_shape(w, *shapes::shape_for<Where, T>(), &value);
}

template <class Node, class T>
bool per_put(PerWriter& w, const Node& node, const T& value) {
    if constexpr (std::is_same_v<Node, ByType>) {
        if constexpr (kForSize) {
            return per_write_shape(w, *shapes::shape_for<shapes::OfType<T>, T>(), &value);
        } else {
            return per_put(w, resolve<T>(node), value);
        }
    } else if constexpr (is_tagged<T>) {
        return per_put(w, node, value.value);
    } else {
        return per_write(w, node, value);
    }
}

inline bool per_write(PerWriter& w, const Boolean&, bool value) {
    w.bit(value);
    return true;
}
inline bool per_write(PerWriter&, const NullType&, const Null&) { return true; }

template <auto Lo, auto Hi, class T>
bool per_write(PerWriter& w, const Integer<Lo, Hi>&, T value) {
    std::uint64_t offset = static_cast<std::uint64_t>(value) - Integer<Lo, Hi>::kLow;
    if (offset > Integer<Lo, Hi>::kSpan) return w.fail(EncodeErrc::out_of_range);
    w.constrained(offset, Integer<Lo, Hi>::kSpan);
    return true;
}

template <auto Lo, class T>
bool per_write(PerWriter& w, const IntegerFrom<Lo>&, T value) {
    if (is_below<Lo>(value)) return w.fail(EncodeErrc::out_of_range);
    w.semi_constrained(static_cast<std::uint64_t>(value) - IntegerFrom<Lo>::kLow);
    return true;
}

template <class T>
bool per_write(PerWriter& w, const AnyInteger&, T value) {
    if (!fits_signed(value)) return w.fail(EncodeErrc::out_of_range);
    w.unconstrained(static_cast<std::int64_t>(value));
    return true;
}

template <std::size_t Root, bool IsExtensible>
bool per_write_index(PerWriter& w, std::size_t index) {
    if constexpr (IsExtensible) {
        w.bit(index >= Root);
        if (index >= Root) {
            w.normally_small(index - Root);
            return true;
        }
    }
    if (index >= Root) return w.fail(EncodeErrc::out_of_range);
    w.constrained(index, Root - 1);
    return true;
}

template <std::size_t Root, std::size_t All, bool E, class T>
bool per_write(PerWriter& w, const Enumerated<Root, All, E>&, T value) {
    return per_write_index<Root, E>(w, static_cast<std::size_t>(value));
}

template <std::size_t Root, std::size_t All, bool E, class T>
bool per_write(PerWriter& w, const NullChoice<Root, All, E>&, T value) {
    auto index = static_cast<std::size_t>(value);
    if (!per_write_index<Root, E>(w, index)) return false;
    if (index >= Root) w.octets(bytes({0}));  // NULL in an open type is one empty octet
    return true;
}

template <class C, std::size_t N>
bool per_write(PerWriter& w, const BitFlags<C, N>& node, const C& value) {
    if constexpr (N > 16) w.align();
    for (const auto& flag : node.flags) w.bit(value.*flag.member);
    return true;
}

/// Writes the count of what is left, or of the next fragment; returns how many units go now.
template <std::size_t Lo, std::size_t Hi>
std::size_t per_write_count(PerWriter& w, std::size_t left, bool& more) {
    if constexpr (Hi < 65536) {
        w.constrained(left - Lo, Hi - Lo);
        more = false;
        return left;
    } else {
        return w.length(left, more);
    }
}

template <std::size_t Lo, std::size_t Hi>
bool per_check_size(PerWriter& w, std::size_t size) {
    if (size < Lo || size > Hi) return w.fail(EncodeErrc::bad_size);
    return true;
}

template <std::size_t Lo, std::size_t Hi, class T>
bool per_write(PerWriter& w, const OctetString<Lo, Hi>&, const T& value) {
    ByteView octets{value.data(), value.size()};
    if (!per_check_size<Lo, Hi>(w, octets.size())) return false;
    if constexpr (Hi < 65536) {
        bool more = false;
        per_write_count<Lo, Hi>(w, octets.size(), more);
        if (!(Lo == Hi && Hi <= 2) && !octets.empty()) w.align();
        w.raw(octets);
    } else {
        w.octets(octets);
    }
    return true;
}

template <std::size_t Lo, std::size_t Hi>
bool per_write(PerWriter& w, const BitStringOf<Lo, Hi>&, const BitString& value) {
    if (value.octets.size() * 8 < value.bits) return w.fail(EncodeErrc::bad_size);
    if (!per_check_size<Lo, Hi>(w, value.bits)) return false;
    bool more = true;
    std::size_t at = 0;
    while (more) {
        std::size_t now = per_write_count<Lo, Hi>(w, value.bits - at, more);
        if (!(Lo == Hi && Hi <= 16) && now > 0) w.align();
        for (std::size_t end = at + now; at < end; ++at)
            w.bit((value.octets[at / 8] & std::byte{0x80} >> (at % 8)) != std::byte{0});
    }
    return true;
}

inline bool per_write(PerWriter& w, const ObjectIdentifierType&, const ObjectIdentifier& value) {
    w.octets(value.contents);
    return true;
}
inline bool per_write(PerWriter& w, const OpenType&, const Bytes& value) {
    w.octets(value);
    return true;
}

template <class Alphabet>
bool per_from_character(PerWriter& w, char32_t point, std::uint64_t& code) {
    if constexpr (is_listed<Alphabet>) {
        std::size_t at =
            point > 0xFFFF ? std::u16string_view::npos : Alphabet::kCharacters.find(static_cast<char16_t>(point));
        if (at == std::u16string_view::npos) return w.fail(EncodeErrc::out_of_range);
        code = at;
    } else {
        if (point > Alphabet::kHighest) return w.fail(EncodeErrc::out_of_range);
        code = point;
    }
    return true;
}

template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
bool per_write(PerWriter& w, const CharacterString<Alphabet, Lo, Hi>&, const String& value) {
    constexpr unsigned width = character_bits<Alphabet>();
    if (!per_check_size<Lo, Hi>(w, value.size())) return false;
    bool more = true;
    std::size_t at = 0;
    while (more) {
        std::size_t now = per_write_count<Lo, Hi>(w, value.size() - at, more);
        constexpr bool unaligned = Hi < 65536 && (Lo == Hi ? Hi * width <= 16 : Hi * width < 16);
        if (!unaligned && now > 0) w.align();
        for (std::size_t end = at + now; at < end; ++at) {
            std::uint64_t code = 0;
            if (!per_from_character<Alphabet>(w, code_point(value[at]), code)) return false;
            w.bits(code, width);
        }
    }
    return true;
}

template <std::size_t Lo, std::size_t Hi, class Element, bool IsSet, class E>
bool per_write(PerWriter& w, const ListOf<Lo, Hi, Element, IsSet>& node, const std::vector<E>& value) {
    const auto& element = resolve<E>(node.element);
    if (!per_check_size<Lo, Hi>(w, value.size())) return false;
    bool more = true;
    std::size_t at = 0;
    while (more) {
        std::size_t now = per_write_count<Lo, Hi>(w, value.size() - at, more);
        for (std::size_t end = at + now; at < end; ++at) {
            if (!per_put(w, element, value[at])) return w.in_element(at);
        }
    }
    return true;
}

template <class F, class C>
bool per_write_member(PerWriter& w, const F& field, const C& value) {
    const auto& member = value.*field.member;
    bool ok;
    if constexpr (is_optional<typename F::Member>) {
        ok = !member.has_value() || per_put(w, field.node, *member);
    } else {
        ok = !is_present(field, value) || per_put(w, field.node, member);
    }
    return ok || w.in(field.name);
}

template <class F, class C>
bool per_write_addition(PerWriter& w, const F& field, const C& value) {
    if (!is_present(field, value)) return true;
    Bytes octets;
    PerWriter inner(octets);
    if (!per_write_member(inner, field, value)) return w.adopt(inner);
    inner.finish();
    w.octets(octets);
    return true;
}

template <class Root, class Additions, bool E, bool U, bool S, class C>
bool per_write(PerWriter& w, const Sequence<Root, Additions, E, U, S>& node, const C& value) {
    [[maybe_unused]] bool extended = false;
    if constexpr (E) {
        extended = with_items([&](const auto&... f) { return (false || ... || is_present(f, value)); }, node.additions);
        w.bit(extended);
    }
    [[maybe_unused]] auto presence = [&](const auto& f) {
        if constexpr (may_be_absent<std::decay_t<decltype(f)>>) w.bit(is_present(f, value));
    };
    with_items([&](const auto&... f) { (presence(f), ...); }, node.root);
    bool ok = with_items([&](const auto&... f) { return (true && ... && per_write_member(w, f, value)); }, node.root);
    if constexpr (E && (list_size < Additions >> 0)) {
        if (ok && extended) {
            w.normally_small_length(list_size<Additions>);
            with_items([&](const auto&... f) { (w.bit(is_present(f, value)), ...); }, node.additions);
            ok = with_items([&](const auto&... f) { return (... && per_write_addition(w, f, value)); }, node.additions);
        }
    }
    return ok;
}

/// The members from number `From` on of a SEQUENCE that has neither optional ones nor extensions.
template <std::size_t From, class Root, class Additions, bool U, bool S, class C>
bool per_write_members(PerWriter& w, const Sequence<Root, Additions, false, U, S>& node, const C& value) {
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
        return (... && per_write_member(w, item<From + K>(node.root), value));
    }
    (std::make_index_sequence<list_size<Root> - From>{});
}

template <std::size_t I, class Node, class Variant>
bool per_write_alternative(PerWriter& w, const Node& node, const Variant& value) {
    const auto& alternative = item<I>(node.alternatives);
    if constexpr (!kIsWritten<std::variant_alternative_t<I, Variant>>) {
        return w.fail(EncodeErrc::no_value);
    } else if constexpr (I < Node::kRoot) {
        const auto& content = *std::get_if<I>(&value);
        const auto& described = sequence_of(resolve<std::decay_t<decltype(content)>>(alternative.node));
        constexpr unsigned start = bits_for(Node::kRoot - 1) + (Node::kIsExtensible ? 1 : 0);
        using Prefix = PerPrefix<start % 8, std::decay_t<decltype(described)>>;
        if constexpr (!kForSize && start < 8 && Prefix::kMembers > 1) {
            // The index and the members behind it are one word when the CHOICE begins an octet.
            if (w.phase() == 0 && Prefix::write(w, described, content, I)) {
                return per_write_members<Prefix::kMembers>(w, described, content) || w.in(alternative.name);
            }
        }
        return (per_write_index<Node::kRoot, Node::kIsExtensible>(w, I) && per_put(w, alternative.node, content)) ||
               w.in(alternative.name);
    } else {
        per_write_index<Node::kRoot, true>(w, I);
        Bytes octets;
        PerWriter inner(octets);
        if (!per_put(inner, alternative.node, *std::get_if<I>(&value))) return w.adopt(inner) || w.in(alternative.name);
        inner.finish();
        w.octets(octets);
        return true;
    }
}

template <class A, std::size_t Root, bool E, class Variant>
bool per_write(PerWriter& w, const Choice<A, Root, E>& node, const Variant& value) {
    using Node = Choice<A, Root, E>;
    std::size_t index = value.index();
    if (index == std::variant_npos) return w.fail(EncodeErrc::no_value);
    if constexpr (E) {
        if (index == Node::kAll) {
            const auto& unknown = *std::get_if<Node::kAll>(&value);
            if (unknown.index < Node::kAll - Root) return w.fail(EncodeErrc::out_of_range);
            w.bit(true);
            w.normally_small(unknown.index);
            w.octets(unknown.contents);
            return true;
        }
    }
    using Writer = bool (*)(PerWriter&, const Node&, const Variant&);
    static constexpr auto kWriters = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Writer, Node::kAll>{&per_write_alternative<I, Node, Variant>...};
    }
    (std::make_index_sequence<Node::kAll>{});
    return kWriters[index](w, node, value);
}

template <unsigned N, class Node, class T>
bool per_write(PerWriter& w, const Application<N, Node>& node, const T& value) {
    return per_put(w, node.node, value);
}

}  // namespace convene::asn1

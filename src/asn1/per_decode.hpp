/// Aligned basic PER, decoding: one overload for each node of the schema vocabulary (X.691).
#pragma once

#include <bitset>
#include <limits>
#include <type_traits>

#include "asn1/per_prefix.hpp"
#include "asn1/per_reader.hpp"
#include "asn1/per_shape_of.hpp"
#include "asn1/shape.hpp"

namespace convene::asn1 {

template <class Node, class T>
CONVENE_HOT inline bool per_get(PerReader& r, const Node& node, T& value) {
    if constexpr (std::is_same_v<Node, ByType>) {
        if constexpr (kForSize) {
            return per_read_shape(r, *shapes::shape_for<shapes::OfType<T>, T>(), &value);
        } else {
            return per_get(r, resolve<T>(node), value);
        }
    } else if constexpr (is_tagged<T>) {
        return per_get(r, node, value.value);
    } else {
        return per_read(r, node, value);
    }
}

inline bool per_read(PerReader& r, const Boolean&, bool& value) { return r.bit(value); }
inline bool per_read(PerReader&, const NullType&, Null&) { return true; }

template <auto Lo, auto Hi, class T>
CONVENE_HOT inline bool per_read(PerReader& r, const Integer<Lo, Hi>&, T& value) {
    std::uint64_t offset = 0;
    if (!r.constrained(Integer<Lo, Hi>::kSpan, offset)) return false;
    value = static_cast<T>(offset + Integer<Lo, Hi>::kLow);
    return true;
}

template <auto Lo, class T>
bool per_read(PerReader& r, const IntegerFrom<Lo>&, T& value) {
    std::uint64_t offset = 0;
    if (!r.semi_constrained(offset)) return false;
    if (offset > static_cast<std::uint64_t>(std::numeric_limits<T>::max()) - IntegerFrom<Lo>::kLow)
        return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    value = static_cast<T>(offset + IntegerFrom<Lo>::kLow);
    return true;
}

template <class T>
bool per_read(PerReader& r, const AnyInteger&, T& value) {
    std::int64_t number = 0;
    if (!r.unconstrained(number)) return false;
    if (!fits<T>(number)) return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    value = static_cast<T>(number);
    return true;
}

/// ENUMERATED and the index of a CHOICE: root values in few bits, extensions as normally small numbers.
template <std::size_t Root, bool IsExtensible>
CONVENE_HOT inline bool per_read_index(PerReader& r, std::uint64_t& index) {
    if constexpr (IsExtensible) {
        bool extension = false;
        if (!r.bit(extension)) return false;
        if (extension) {
            if (!r.normally_small(index)) return false;
            if (index > std::numeric_limits<std::uint32_t>::max() - Root)
                return r.fail(DecodeErrc::bad_value, "X.691 §11.6");
            index += Root;
            return true;
        }
    }
    return r.constrained(Root - 1, index);
}

template <class T>
CONVENE_HOT inline bool per_store_enumerator(PerReader& r, std::uint64_t index, T& value) {
    if (index > std::numeric_limits<std::underlying_type_t<T>>::max())
        return r.fail(DecodeErrc::bad_value, "X.691 §14");
    value = static_cast<T>(index);
    return true;
}

template <std::size_t Root, std::size_t All, bool E, class T>
CONVENE_HOT inline bool per_read(PerReader& r, const Enumerated<Root, All, E>&, T& value) {
    std::uint64_t index = 0;
    return per_read_index<Root, E>(r, index) && per_store_enumerator(r, index, value);
}

template <std::size_t Root, std::size_t All, bool E, class T>
bool per_read(PerReader& r, const NullChoice<Root, All, E>&, T& value) {
    std::uint64_t index = 0;
    if (!per_read_index<Root, E>(r, index)) return false;
    if (index >= Root && !r.skip_open_type()) return false;
    return per_store_enumerator(r, index, value);
}

template <class C, std::size_t N>
CONVENE_HOT inline bool per_read(PerReader& r, const BitFlags<C, N>& node, C& value) {
    static_assert(N <= 57, "one read of bits takes all flags");
    if constexpr (N > 16) r.align();
    std::uint64_t bits = 0;
    if (!r.bits(N, bits)) return false;
    for (std::size_t i = 0; i < N; ++i) value.*node.flags[i].member = (bits >> (N - 1 - i) & 1) != 0;
    return true;
}

/// The number of units of a value whose size is constrained to Lo..Hi with Hi below 64K, or of its next fragment.
template <std::size_t Lo, std::size_t Hi>
bool per_read_count(PerReader& r, std::size_t& count, bool& more) {
    if constexpr (Hi < 65536) {
        std::uint64_t offset = 0;
        if (!r.constrained(Hi - Lo, offset)) return false;
        count = offset + Lo;
        more = false;
        return true;
    } else {
        return r.length(count, more);
    }
}

template <std::size_t Lo, std::size_t Hi>
bool per_check_size(PerReader& r, std::size_t size) {
    if (size < Lo || size > Hi) return r.fail(DecodeErrc::bad_value, "size constraint");
    return true;
}

inline void per_assign(PerReader&, Bytes& value, ByteView, Bytes&& joined, bool is_joined, ByteView whole) {
    if (is_joined) {
        value = std::move(joined);
    } else {
        value.assign(whole.begin(), whole.end());
    }
}
inline void per_assign(PerReader& r, Slice& value, ByteView, Bytes&&, bool is_joined, ByteView whole) {
    value = is_joined || r.owner() == nullptr ? Slice(whole) : r.share(whole);
}

template <std::size_t Lo, std::size_t Hi, class T>
bool per_read(PerReader& r, const OctetString<Lo, Hi>&, T& value) {
    if constexpr (Hi < 65536) {
        std::size_t count = 0;
        bool more = false;
        if (!per_read_count<Lo, Hi>(r, count, more)) return false;
        if (!(Lo == Hi && Hi <= 2) && count > 0) r.align();
        Bytes octets;
        if (!r.raw(count, octets)) return false;
        if constexpr (std::is_same_v<T, Bytes>) {
            value = std::move(octets);
        } else if constexpr (std::is_same_v<T, Slice>) {
            value = Slice(octets);
        } else {
            static_assert(Lo == Hi && std::tuple_size_v<T> == Lo);
            std::copy(octets.begin(), octets.end(), value.begin());
        }
        return true;
    } else {
        if constexpr (std::is_same_v<T, Slice> && Lo == 0 && Hi == kNoLimit) {
            return r.slice(value);
        }
        ByteView whole;
        Bytes joined;
        if (!r.octets(whole, joined)) return false;
        bool is_joined = !joined.empty();
        if constexpr (std::is_same_v<T, Bytes>) {
            if (!is_joined && !r.charge(whole.size())) return false;
        }
        std::size_t size = whole.size();
        per_assign(r, value, whole, std::move(joined), is_joined, whole);
        if constexpr (Lo > 0 || Hi != kNoLimit) return per_check_size<Lo, Hi>(r, size);
        return true;
    }
}

template <std::size_t Lo, std::size_t Hi>
bool per_read(PerReader& r, const BitStringOf<Lo, Hi>&, BitString& value) {
    bool more = true;
    value = {};
    while (more) {
        std::size_t count = 0;
        if (!per_read_count<Lo, Hi>(r, count, more)) return false;
        if (!(Lo == Hi && Hi <= 16) && count > 0) r.align();
        if (!r.plausible(count, 1) || !r.charge(count / 8 + 1)) return false;
        for (std::size_t i = 0; i < count; ++i, ++value.bits) {
            bool bit = false;
            r.bit(bit);
            if (value.bits % 8 == 0) value.octets.push_back(std::byte{0});
            if (bit) value.octets.back() |= std::byte{0x80} >> (value.bits % 8);
        }
    }
    return per_check_size<Lo, Hi>(r, value.bits);
}

inline bool per_read(PerReader& r, const ObjectIdentifierType&, ObjectIdentifier& value) {
    return per_read(r, OctetString<>{}, value.contents);
}
inline bool per_read(PerReader& r, const OpenType&, Bytes& value) { return per_read(r, OctetString<>{}, value); }

template <class Alphabet, class Char>
bool per_to_character(PerReader& r, std::uint64_t code, Char& out) {
    if constexpr (is_listed<Alphabet>) {
        if (code >= Alphabet::kCharacters.size()) return r.fail(DecodeErrc::bad_value, "permitted alphabet");
        out = static_cast<Char>(Alphabet::kCharacters[code]);
    } else {
        if (code > Alphabet::kHighest) return r.fail(DecodeErrc::bad_value, "permitted alphabet");
        out = static_cast<Char>(code);
    }
    return true;
}

template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
bool per_read(PerReader& r, const CharacterString<Alphabet, Lo, Hi>&, String& value) {
    constexpr unsigned declared = character_bits<Alphabet>();
    unsigned width = declared;
    if constexpr (std::is_same_v<Alphabet, LatinBmpCharacters>) width = r.reads_latin_wide() ? 16 : declared;
    bool more = true;
    value.clear();
    while (more) {
        std::size_t count = 0;
        if (!per_read_count<Lo, Hi>(r, count, more)) return false;
        // X.691 §30.5.6-7: short strings are not aligned.
        constexpr bool unaligned = Hi < 65536 && (Lo == Hi ? Hi * declared <= 16 : Hi * declared < 16);
        if (!unaligned && count > 0) r.align();
        if (!r.plausible(count, width) || !r.charge(count * sizeof(value[0]))) return false;
        for (std::size_t i = 0; i < count; ++i) {
            std::uint64_t code = 0;
            typename String::value_type character{};
            if (!r.bits(width, code) || !per_to_character<Alphabet>(r, code, character)) return false;
            value.push_back(character);
        }
    }
    return per_check_size<Lo, Hi>(r, value.size());
}

template <std::size_t Lo, std::size_t Hi, class Element, bool IsSet, class E>
bool per_read(PerReader& r, const ListOf<Lo, Hi, Element, IsSet>& node, std::vector<E>& value) {
    const auto& element = resolve<E>(node.element);
    bool more = true;
    value.clear();
    while (more) {
        std::size_t count = 0;
        if (!per_read_count<Lo, Hi>(r, count, more)) return false;
        if (!r.plausible(count, least_bits<E>(element)) || !r.charge(count * sizeof(E))) return false;
        value.reserve(value.size() + count);
        for (std::size_t i = 0; i < count; ++i) {
            value.emplace_back();
            if (!per_get(r, element, value.back())) return r.in_element(value.size() - 1);
        }
    }
    return per_check_size<Lo, Hi>(r, value.size());
}

template <class Tuple>
constexpr std::size_t per_optional_count() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return (std::size_t{0} + ... + (may_be_absent<ListItem<I, Tuple>> ? 1 : 0));
    }
    (std::make_index_sequence<list_size<Tuple>>{});
}

/// One member that is there; an optional one is filled.
template <class F, class C>
CONVENE_HOT inline bool per_read_member(PerReader& r, const F& field, C& value) {
    auto& member = value.*field.member;
    using M = typename F::Member;
    bool ok;
    if constexpr (is_optional<M>) {
        ok = per_get(r, field.node, member.emplace());
    } else {
        ok = per_get(r, field.node, member);
    }
    return ok || r.in(field.name);
}

template <class F, class C>
CONVENE_HOT inline bool per_read_root_member(PerReader& r, const F& field, C& value, std::uint64_t presence,
                                             unsigned& absent_left) {
    if constexpr (may_be_absent<F>) {
        --absent_left;
        if ((presence >> absent_left & 1) == 0) {
            set_absent(field, value);
            return true;
        }
    }
    return per_read_member(r, field, value);
}

template <class F, class C>
bool per_read_addition(PerReader& r, const F& field, C& value) {
    ByteView whole;
    Bytes joined;
    if (!r.octets(whole, joined)) return r.in(field.name);
    std::size_t start = r.position() - std::min(r.position(), whole.size() * 8);
    PerReader inner = r.enter(whole, !joined.empty());
    return r.return_from(inner, per_read_member(inner, field, value), start);
}

template <class F, class C>
bool per_read_known_addition(PerReader& r, const F& field, C& value, bool is_there) {
    if (is_there) return per_read_addition(r, field, value);
    set_default(field, value);
    return true;
}

template <class Additions, class C>
bool per_read_additions(PerReader& r, const Additions& additions, C& value) {
    std::uint64_t count = 0;
    std::bitset<kMaxAdditions> presence;
    if (!r.additions(count, presence)) return false;
    constexpr std::size_t known = list_size<Additions>;
    bool ok = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (... && per_read_known_addition(r, item<I>(additions), value, presence[I]));
    }
    (std::make_index_sequence<known>{});
    for (std::size_t i = known; ok && i < count; ++i) {
        if (!presence[i]) continue;
        r.count_unknown(1);
        ok = r.skip_open_type();
    }
    return ok;
}

template <class Root, class Additions, bool E, bool U, bool S, class C>
bool per_read(PerReader& r, const Sequence<Root, Additions, E, U, S>& node, C& value) {
    bool extended = false;
    if constexpr (E) {
        if (!r.bit(extended)) return false;
    }
    constexpr unsigned optionals = per_optional_count<Root>();
    static_assert(optionals <= 57, "more optional members than one read of presence bits takes");
    std::uint64_t presence = 0;
    if constexpr (optionals > 0) {
        if (!r.bits(optionals, presence)) return false;
    }
    [[maybe_unused]] unsigned left = optionals;
    bool ok = with_items([&](const auto&... f) { return (... && per_read_root_member(r, f, value, presence, left)); },
                         node.root);
    if constexpr (E) {
        if (ok && extended) return per_read_additions(r, node.additions, value);
        with_items([&](const auto&... f) { (set_default(f, value), ...); }, node.additions);
    }
    return ok;
}

/// The members from number `From` on of a SEQUENCE that has neither optional ones nor extensions.
template <std::size_t From, class Root, class Additions, bool U, bool S, class C>
CONVENE_HOT inline bool per_read_members(PerReader& r, const Sequence<Root, Additions, false, U, S>& node, C& value) {
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
        return (... && per_read_member(r, item<From + K>(node.root), value));
    }
    (std::make_index_sequence<list_size<Root> - From>{});
}

template <std::size_t I, class Node, class Variant>
bool per_read_alternative(PerReader& r, const Node& node, Variant& value) {
    if constexpr (!kIsRead<std::variant_alternative_t<I, Variant>>) {
        return r.fail(DecodeErrc::unsupported, "left out");
    } else {
        const auto& alternative = item<I>(node.alternatives);
        auto& content = value.template emplace<I>();
        using Content = std::decay_t<decltype(content)>;
        const auto& described = sequence_of(resolve<Content>(alternative.node));
        // Where an alternative begins when the CHOICE began at an octet: by far the most usual place.
        constexpr unsigned start = (bits_for(Node::kRoot - 1) + (Node::kIsExtensible ? 1 : 0)) % 8;
        using Prefix = PerPrefix<start, std::decay_t<decltype(described)>>;
        if constexpr (!kForSize && Prefix::kMembers > 1 && I < Node::kRoot) {
            if (r.position() % 8 == start && Prefix::read(r, described, content)) {
                return per_read_members<Prefix::kMembers>(r, described, content) || r.in(alternative.name);
            }
        }
        return per_get(r, alternative.node, content) || r.in(alternative.name);
    }
}

template <std::size_t I, class Node, class Variant>
bool per_read_extension_alternative(PerReader& r, const Node& node, Variant& value) {
    ByteView whole;
    Bytes joined;
    if (!r.octets(whole, joined)) return false;
    std::size_t start = r.position() - std::min(r.position(), whole.size() * 8);
    PerReader inner = r.enter(whole, !joined.empty());
    return r.return_from(inner, per_read_alternative<I>(inner, node, value), start);
}

template <class A, std::size_t Root, bool E, class Variant>
bool per_read(PerReader& r, const Choice<A, Root, E>& node, Variant& value) {
    using Node = Choice<A, Root, E>;
    static_assert(std::variant_size_v<Variant> == Node::kAll + (E ? 1 : 0),
                  "the variant lists the alternatives in order");
    std::uint64_t index = 0;
    if (!per_read_index<Root, E>(r, index)) return false;
    if constexpr (E) {
        if (index >= Node::kAll) {
            auto& unknown = value.template emplace<Node::kAll>();
            unknown.index = static_cast<std::uint32_t>(index - Root);
            return per_read(r, OctetString<>{}, unknown.contents);
        }
    }
    using Reader = bool (*)(PerReader&, const Node&, Variant&);
    static constexpr auto kReaders = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Reader, Node::kAll>{(I < Root ? &per_read_alternative<I, Node, Variant>
                                                        : &per_read_extension_alternative<I, Node, Variant>)...};
    }
    (std::make_index_sequence<Node::kAll>{});
    return kReaders[index](r, node, value);
}

template <unsigned N, class Node, class T>
bool per_read(PerReader& r, const Application<N, Node>& node, T& value) {
    return per_get(r, node.node, value);
}

}  // namespace convene::asn1

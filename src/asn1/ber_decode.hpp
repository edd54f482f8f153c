/// BER, decoding: one overload for each node of the schema vocabulary (X.690).
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <limits>
#include <type_traits>

#include "asn1/ber_reader.hpp"
#include "asn1/shape.hpp"

namespace convene::asn1 {

/// One complete TLV. `tag` stands in place of the node's own tag, or around it where it has none.
template <class Node, class T>
bool ber_get(BerReader& r, const Node& node, T& value, const BerTag* tag = nullptr) {
    if constexpr (std::is_same_v<Node, ByType>) {
        return ber_get(r, resolve<T>(node), value, tag);
    } else if constexpr (is_application<Node>) {
        return ber_get(r, node.node, value, tag != nullptr ? tag : &BerShape<Node>::kTag);
    } else if constexpr (is_tagged<T>) {
        return ber_get(r, node, value.value, tag);
    } else if constexpr (BerShape<Node>::kHasTag) {
        BerElement element;
        return r.open(tag != nullptr ? *tag : BerShape<Node>::kTag, element) && ber_read(r, element, node, value) &&
               r.close(element);
    } else {
        if (tag == nullptr) return ber_read_untagged(r, node, value);
        BerElement element;
        return r.open(*tag, element) && ber_read_untagged(r, node, value) && r.close(element);
    }
}

/// Whether a value of this type can begin with `tag`.
template <class T, class Node>
constexpr bool ber_begins(const Node&, BerTag tag) {
    if constexpr (is_tagged<T> && !std::is_same_v<Node, ByType>) {
        return ber_begins<typename T::rep_type>(Node{}, tag);
    } else if constexpr (std::is_same_v<Node, ByType>) {
        return ber_begins<T>(resolve<T>(ByType{}), tag);
    } else if constexpr (BerShape<Node>::kHasTag) {
        return tag == BerShape<Node>::kTag;
    } else if constexpr (requires { Node::kAll; }) {
        if (Node::kIsExtensible && tag.tag_class == kBerContext) return true;
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (false || ... ||
                    (tag ==
                     ber_alternative_tag<std::variant_alternative_t<I, T>,
                                         std::decay_t<decltype(ListItem<I, decltype(Node::alternatives)>::node)>>(I)));
        }
        (std::make_index_sequence<Node::kAll>{});
    } else if constexpr (std::is_same_v<Node, OpenType>) {
        return true;
    } else {
        return tag.tag_class == kBerContext;  // CHOICE of NULLs
    }
}

inline bool ber_read(BerReader& r, const BerElement& e, const Boolean&, bool& value) { return r.boolean(e, value); }
inline bool ber_read(BerReader& r, const BerElement& e, const NullType&, Null&) { return r.null(e); }

template <class T>
bool ber_store_unsigned(BerReader& r, const BerElement& e, std::uint64_t low, std::uint64_t span, T& value) {
    std::uint64_t number = 0;
    if (!r.unsigned_number(e, number)) return false;
    if (number - low > span) return r.fail(DecodeErrc::bad_value, "value constraint");
    if (number > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
        return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    value = static_cast<T>(number);
    return true;
}
template <class T>
bool ber_store_signed(BerReader& r, const BerElement& e, std::uint64_t low, std::uint64_t span, T& value) {
    std::int64_t number = 0;
    if (!r.signed_number(e, number)) return false;
    if (static_cast<std::uint64_t>(number) - low > span) return r.fail(DecodeErrc::bad_value, "value constraint");
    if (!fits<T>(number)) return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    value = static_cast<T>(number);
    return true;
}

template <auto Lo, auto Hi, class T>
bool ber_read(BerReader& r, const BerElement& e, const Integer<Lo, Hi>&, T& value) {
    if constexpr (Lo >= 0) {
        return ber_store_unsigned(r, e, Integer<Lo, Hi>::kLow, Integer<Lo, Hi>::kSpan, value);
    } else {
        return ber_store_signed(r, e, Integer<Lo, Hi>::kLow, Integer<Lo, Hi>::kSpan, value);
    }
}
template <auto Lo, class T>
bool ber_read(BerReader& r, const BerElement& e, const IntegerFrom<Lo>&, T& value) {
    constexpr auto low = IntegerFrom<Lo>::kLow;
    if constexpr (Lo >= 0) {
        return ber_store_unsigned(r, e, low, ~std::uint64_t{0} - low, value);
    } else {
        constexpr auto highest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return ber_store_signed(r, e, low, highest - low, value);
    }
}
template <class T>
bool ber_read(BerReader& r, const BerElement& e, const AnyInteger&, T& value) {
    return ber_store_signed(r, e, 0, ~std::uint64_t{0}, value);
}

template <std::size_t All, bool IsExtensible, class T>
bool ber_store_enumerator(BerReader& r, std::uint64_t number, T& value) {
    if ((!IsExtensible && number >= All) || number > std::numeric_limits<std::underlying_type_t<T>>::max())
        return r.fail(DecodeErrc::bad_value, "X.690 §8.4");
    value = static_cast<T>(number);
    return true;
}
template <std::size_t R, std::size_t A, bool E, class T>
bool ber_read(BerReader& r, const BerElement& e, const Enumerated<R, A, E>&, T& value) {
    std::uint64_t number = 0;
    return r.unsigned_number(e, number) && ber_store_enumerator<A, E>(r, number, value);
}
template <std::size_t R, std::size_t A, bool E, class T>
bool ber_read_untagged(BerReader& r, const NullChoice<R, A, E>&, T& value) {
    BerElement element;
    if (!r.open(element)) return false;
    if (element.tag.tag_class != kBerContext) return r.fail(DecodeErrc::bad_tag, "X.690 §8.13");
    return ber_store_enumerator<A, E>(r, element.tag.number, value) && r.null(element) && r.close(element);
}

template <class C, std::size_t N>
bool ber_read(BerReader& r, const BerElement& e, const BitFlags<C, N>& node, C& value) {
    BitString bits;
    if (!r.bit_string(e, bits)) return false;
    if (bits.bits > N) return r.fail(DecodeErrc::bad_value, "size constraint");
    // Trailing zero bits of a named bit list may have been left away (X.690 §11.2.2 asks it of others).
    for (std::size_t i = 0; i < N; ++i)
        value.*node.flags[i].member =
            i < bits.bits && (bits.octets[i / 8] & std::byte{0x80} >> (i % 8)) != std::byte{0};
    return true;
}

template <std::size_t Lo, std::size_t Hi>
bool ber_check_size(BerReader& r, std::size_t size) {
    if (size < Lo || size > Hi) return r.fail(DecodeErrc::bad_value, "size constraint");
    return true;
}

template <std::size_t Lo, std::size_t Hi>
bool ber_read(BerReader& r, const BerElement& e, const BitStringOf<Lo, Hi>&, BitString& value) {
    return r.bit_string(e, value) && ber_check_size<Lo, Hi>(r, value.bits);
}

template <std::size_t Lo, std::size_t Hi, class T>
bool ber_read(BerReader& r, const BerElement& e, const OctetString<Lo, Hi>&, T& value) {
    ByteView whole;
    Bytes joined;
    bool is_joined = false;
    if (!r.octets(e, whole, joined, is_joined) || !ber_check_size<Lo, Hi>(r, whole.size())) return false;
    if constexpr (std::is_same_v<T, Slice>) {
        if (!is_joined && r.owner() != nullptr) {
            value = r.share(whole);
            return true;
        }
        if (!r.charge(whole.size())) return false;
        value = Slice(whole);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        if (is_joined) {
            value = std::move(joined);
        } else {
            if (!r.charge(whole.size())) return false;
            value.assign(whole.begin(), whole.end());
        }
    } else {
        static_assert(Lo == Hi && std::tuple_size_v<T> == Lo);
        std::copy(whole.begin(), whole.end(), value.begin());
    }
    return true;
}
inline bool ber_read(BerReader& r, const BerElement& e, const ObjectIdentifierType&, ObjectIdentifier& value) {
    ByteView contents;
    if (!r.primitive(e, contents) || !r.charge(contents.size())) return false;
    value.contents.assign(contents.begin(), contents.end());
    return true;
}
inline bool ber_read_untagged(BerReader& r, const OpenType&, Bytes& value) {
    ByteView whole;
    if (!r.skip(whole) || !r.charge(whole.size())) return false;
    value.assign(whole.begin(), whole.end());
    return true;
}

template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
bool ber_read(BerReader& r, const BerElement& e, const CharacterString<Alphabet, Lo, Hi>&, String& value) {
    ByteView whole;
    Bytes joined;
    bool is_joined = false;
    if (!r.octets(e, whole, joined, is_joined)) return false;
    constexpr std::size_t width = Alphabet::kBerWidth;
    if (whole.size() % width != 0) return r.fail(DecodeErrc::bad_length, "X.690 §8.23");
    std::size_t count = whole.size() / width;
    if (!ber_check_size<Lo, Hi>(r, count) || !r.charge(count * sizeof(typename String::value_type))) return false;
    value.clear();
    value.reserve(count);
    for (std::size_t at = 0; at < whole.size(); at += width) {
        char32_t point = 0;
        for (std::size_t i = 0; i < width; ++i) point = point << 8 | std::to_integer<char32_t>(whole[at + i]);
        if (!in_alphabet<Alphabet>(point)) return r.fail(DecodeErrc::bad_value, "permitted alphabet");
        value.push_back(static_cast<typename String::value_type>(point));
    }
    return true;
}

/// A type that must be constructed.
inline bool ber_expect_constructed(BerReader& r, const BerElement& e) {
    return e.constructed || r.fail(DecodeErrc::bad_tag, "X.690 §8.1.2.5");
}

template <std::size_t Lo, std::size_t Hi, class Element, bool S, class E>
bool ber_read(BerReader& r, const BerElement& e, const ListOf<Lo, Hi, Element, S>& node, std::vector<E>& value) {
    if (!ber_expect_constructed(r, e)) return false;
    value.clear();
    while (!r.at_end()) {
        if (value.size() == Hi) return r.fail(DecodeErrc::bad_value, "size constraint");
        if (!r.charge(sizeof(E))) return false;
        value.emplace_back();
        if (!ber_get(r, node.element, value.back())) return r.in_element(value.size() - 1);
    }
    return ber_check_size<Lo, Hi>(r, value.size());
}

/// Whether the next element belongs to this member.
template <bool UniversalTags, class F>
bool ber_is_member(const BerReader& r, const F& field, std::size_t number) {
    BerTag tag;
    if (!r.peek(tag)) return false;
    if constexpr (is_group<F>) {
        return tag.tag_class == kBerContext && tag.number >= number && tag.number < number + detail::ber_tags_of(field);
    } else if constexpr (!UniversalTags) {
        return tag == ber_context(number);
    } else if constexpr (is_optional<typename F::Member>) {
        return ber_begins<typename F::Member::value_type>(field.node, tag);
    } else {
        return ber_begins<typename F::Member>(field.node, tag);
    }
}

template <bool UniversalTags, class Tuple, class C>
bool ber_read_members(BerReader& r, const Tuple& members, C& value, std::size_t base);

/// A member that is there.
template <bool UniversalTags, class F, class C>
bool ber_read_present(BerReader& r, const F& field, C& value, std::size_t number) {
    auto& member = value.*field.member;
    BerTag context = ber_context(number);
    const BerTag* tag = UniversalTags ? nullptr : &context;
    bool ok;
    if constexpr (is_group<F>) {
        constexpr auto& inner = schema<typename F::Member::value_type>;
        ok = ber_read_members<false>(r, inner.root, member.emplace(), number);
    } else if constexpr (is_optional<typename F::Member>) {
        ok = ber_get(r, field.node, member.emplace(), tag);
    } else {
        ok = ber_get(r, field.node, member, tag);
    }
    return ok || r.in(field.name);
}

template <bool UniversalTags, class F, class C>
bool ber_read_member(BerReader& r, const F& field, C& value, std::size_t number) {
    if constexpr (may_be_absent<F>) {
        if (!ber_is_member<UniversalTags>(r, field, number)) {
            set_absent(field, value);
            return true;
        }
    }
    return ber_read_present<UniversalTags>(r, field, value, number);
}

template <bool UniversalTags, class Tuple, class C>
bool ber_read_members(BerReader& r, const Tuple& members, C& value, std::size_t base) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (true && ... &&
                ber_read_member<UniversalTags>(r, item<I>(members), value, detail::ber_first_tag<I>(members, base)));
    }
    (std::make_index_sequence<list_size<Tuple>>{});
}

/// Steps over members that a newer edition added.
inline bool ber_skip_unknown(BerReader& r) {
    ByteView whole;
    while (!r.at_end()) {
        if (!r.skip(whole)) return false;
        r.count_unknown(1);
    }
    return true;
}

/// SET: the members in any order, each at most once (X.690 §8.11).
template <bool UniversalTags, class Tuple, class C>
bool ber_read_set_members(BerReader& r, const Tuple& members, C& value, bool skip_unknown) {
    constexpr std::size_t count = list_size<Tuple>;
    std::bitset<count> seen;
    auto take = [&]<std::size_t... I>(std::index_sequence<I...>, bool& ok) {
        auto one = [&]<std::size_t K>(std::integral_constant<std::size_t, K>) {
            std::size_t number = detail::ber_first_tag<K>(members, 0);
            const auto& field = item<K>(members);
            if (seen[K] || !ber_is_member<UniversalTags>(r, field, number)) return false;
            seen[K] = true;
            ok = ber_read_present<UniversalTags>(r, field, value, number);
            return true;
        };
        return (false || ... || one(std::integral_constant<std::size_t, I>{}));
    };
    while (!r.at_end()) {
        bool ok = true;
        ByteView whole;
        if (take(std::make_index_sequence<count>{}, ok)) {
            if (!ok) return false;
        } else if (!skip_unknown) {
            return r.fail(DecodeErrc::bad_tag, "X.690 §8.11");
        } else if (r.skip(whole)) {
            r.count_unknown(1);
        } else {
            return false;
        }
    }
    auto finish = [&]<std::size_t K>(std::integral_constant<std::size_t, K>) {
        const auto& field = item<K>(members);
        if (seen[K]) return true;
        if constexpr (may_be_absent<std::decay_t<decltype(field)>>) {
            set_absent(field, value);
            return true;
        } else {
            return r.fail(DecodeErrc::truncated, "X.690 §8.11") || r.in(field.name);
        }
    };
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (true && ... && finish(std::integral_constant<std::size_t, I>{}));
    }
    (std::make_index_sequence<count>{});
}

template <class Root, class Additions, bool E, bool U, bool S, class C>
bool ber_read(BerReader& r, const BerElement& e, const Sequence<Root, Additions, E, U, S>& node, C& value) {
    if (!ber_expect_constructed(r, e)) return false;
    if constexpr (S) {
        return ber_read_set_members<U>(r, joined(node.root, node.additions), value, E);
    } else {
        if (!ber_read_members<U>(r, node.root, value, 0)) return false;
        if constexpr (E) {
            return ber_read_members<U>(r, node.additions, value, list_size<Root>) && ber_skip_unknown(r);
        }
        return true;
    }
}

template <std::size_t I, class Node, class Variant>
bool ber_read_alternative(BerReader& r, const Node& node, Variant& value) {
    using T = std::variant_alternative_t<I, Variant>;
    if constexpr (!kIsRead<T>) {
        return r.fail(DecodeErrc::unsupported, "left out");
    } else {
        const auto& alternative = item<I>(node.alternatives);
        static constexpr BerTag kTag = ber_alternative_tag<T, std::decay_t<decltype(alternative.node)>>(I);
        return ber_get(r, alternative.node, value.template emplace<I>(), &kTag) || r.in(alternative.name);
    }
}

template <class A, std::size_t Root, bool E, class Variant>
bool ber_read_untagged(BerReader& r, const Choice<A, Root, E>& node, Variant& value) {
    using Node = Choice<A, Root, E>;
    struct Entry {
        BerTag tag;
        bool (*read)(BerReader&, const Node&, Variant&);
    };
    static constexpr auto kEntries = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Entry, Node::kAll>{
            Entry{ber_alternative_tag<std::variant_alternative_t<I, Variant>, decltype(ListItem<I, A>::node)>(I),
                  &ber_read_alternative<I, Node, Variant>}...};
    }
    (std::make_index_sequence<Node::kAll>{});
    BerTag tag;
    if (!r.peek(tag)) return r.fail(r.at_end() ? DecodeErrc::truncated : DecodeErrc::bad_tag, "X.690 §8.13");
    for (const Entry& entry : kEntries) {
        if (entry.tag == tag) return entry.read(r, node, value);
    }
    if constexpr (E) {
        if (tag.tag_class == kBerContext && tag.number >= Node::kAll) {
            auto& unknown = value.template emplace<Node::kAll>();
            unknown.index = static_cast<std::uint32_t>(tag.number - Root);
            return ber_read_untagged(r, OpenType{}, unknown.contents);
        }
    }
    return r.fail(DecodeErrc::bad_tag, "X.690 §8.13");
}

}  // namespace convene::asn1

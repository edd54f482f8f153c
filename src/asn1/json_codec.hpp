/// JSON of whole values: one overload for each node of the schema vocabulary.
///
///   BOOLEAN, INTEGER, NULL   true and false, numbers, null
///   OCTET STRING, open type  hexadecimal text
///   BIT STRING               a list of the names of the bits that are set, or {"bits": 3, "hex": "a0"}
///   OBJECT IDENTIFIER        "0.0.20.124.0.1"
///   character strings        text; see text_of_units()
///   ENUMERATED               the name, or {"unknown": 7}; so a CHOICE of NULLs, too
///   SEQUENCE, SET            an object without what is absent
///   SEQUENCE OF, SET OF      a list
///   CHOICE                   {"alternative": value}, or {"unknown": {"index": 7, "hex": "00"}}
#pragma once

#include <array>
#include <limits>
#include <string>
#include <type_traits>
#include <variant>

#include "asn1/json_node.hpp"
#include "asn1/shape.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

// --- out ---

template <class Node, class T>
void json_put(Json& out, const Node& node, const T& value) {
    if constexpr (std::is_same_v<Node, ByType>) {
        json_put(out, resolve<T>(node), value);
    } else if constexpr (is_tagged<T>) {
        json_put(out, node, value.value);
    } else {
        json_write(out, node, value);
    }
}

inline void json_write(Json& out, const Boolean&, bool value) { json::put_bool(out, value); }
inline void json_write(Json& out, const NullType&, const Null&) { json::put_null(out); }

template <class T>
void json_write_number(Json& out, T value) {
    if constexpr (std::is_signed_v<T>) {
        json::put_signed(out, value);
    } else {
        json::put_unsigned(out, value);
    }
}
template <auto Lo, auto Hi, class T>
void json_write(Json& out, const Integer<Lo, Hi>&, T value) {
    json_write_number(out, value);
}
template <auto Lo, class T>
void json_write(Json& out, const IntegerFrom<Lo>&, T value) {
    json_write_number(out, value);
}
template <class T>
void json_write(Json& out, const AnyInteger&, T value) {
    json_write_number(out, value);
}
template <std::size_t R, std::size_t A, bool E, class T>
void json_write(Json& out, const Enumerated<R, A, E>& node, T value) {
    json::put_enumerator(out, node.names, static_cast<std::uint64_t>(value));
}
template <std::size_t R, std::size_t A, bool E, class T>
void json_write(Json& out, const NullChoice<R, A, E>& node, T value) {
    json::put_enumerator(out, node.names, static_cast<std::uint64_t>(value));
}
template <class C, std::size_t N>
void json_write(Json& out, const BitFlags<C, N>& node, const C& value) {
    json::start_list(out);
    for (const auto& flag : node.flags)
        if (value.*flag.member) json::put_name(out, flag.name);
}
template <std::size_t Lo, std::size_t Hi>
void json_write(Json& out, const BitStringOf<Lo, Hi>&, const BitString& value) {
    json::put_bits(out, value);
}
template <std::size_t Lo, std::size_t Hi, class T>
void json_write(Json& out, const OctetString<Lo, Hi>&, const T& value) {
    json::put_hex(out, ByteView{value.data(), value.size()});
}
inline void json_write(Json& out, const OpenType&, const Bytes& value) { json::put_hex(out, value); }
inline void json_write(Json& out, const ObjectIdentifierType&, const ObjectIdentifier& value) {
    json::put_identifier(out, value);
}
template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
void json_write(Json& out, const CharacterString<Alphabet, Lo, Hi>&, const String& value) {
    json::put_text(out, std::basic_string_view<typename String::value_type>(value));
}
template <std::size_t Lo, std::size_t Hi, class Element, bool S, class E>
void json_write(Json& out, const ListOf<Lo, Hi, Element, S>& node, const std::vector<E>& value) {
    json::start_list(out);
    for (const E& element : value) json_put(json::append(out), node.element, element);
}

/// The members of an addition group stand in the outer object, as in ASN.1's own value notation.
template <class Tuple, class C>
void json_write_members(Json& out, const Tuple& members, const C& value) {
    auto one = [&](const auto& field) {
        using F = std::decay_t<decltype(field)>;
        const auto& member = value.*field.member;
        if constexpr (is_group<F>) {
            if (member.has_value()) json_write_members(out, schema<typename F::Member::value_type>.root, *member);
        } else if constexpr (is_optional<typename F::Member>) {
            if (member.has_value()) json_put(json::add(out, field.name), field.node, *member);
        } else {
            json_put(json::add(out, field.name), field.node, member);
        }
    };
    with_items([&](const auto&... f) { (one(f), ...); }, members);
}
template <class Root, class Additions, bool E, bool U, bool S, class C>
void json_write(Json& out, const Sequence<Root, Additions, E, U, S>& node, const C& value) {
    json::start_object(out);
    json_write_members(out, node.root, value);
    json_write_members(out, node.additions, value);
}

template <std::size_t I, class Node, class Variant>
void json_write_alternative(Json& out, const Node& node, const Variant& value) {
    const auto& alternative = item<I>(node.alternatives);
    json_put(json::add(out, alternative.name), alternative.node, *std::get_if<I>(&value));
}
template <class A, std::size_t R, bool E, class Variant>
void json_write(Json& out, const Choice<A, R, E>& node, const Variant& value) {
    using Node = Choice<A, R, E>;
    json::start_object(out);
    if (value.index() >= Node::kAll) {
        if constexpr (E) {
            if (value.index() == Node::kAll) json::put_unknown(out, *std::get_if<Node::kAll>(&value));
        }
        return;
    }
    using Writer = void (*)(Json&, const Node&, const Variant&);
    static constexpr auto kWriters = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Writer, Node::kAll>{&json_write_alternative<I, Node, Variant>...};
    }
    (std::make_index_sequence<Node::kAll>{});
    kWriters[value.index()](out, node, value);
}
template <unsigned N, class Node, class T>
void json_write(Json& out, const Application<N, Node>& node, const T& value) {
    json_put(out, node.node, value);
}

// --- in ---

template <class Node, class T>
bool json_get(json::Reader& r, const Json& in, const Node& node, T& value) {
    if constexpr (std::is_same_v<Node, ByType>) {
        return json_get(r, in, resolve<T>(node), value);
    } else if constexpr (is_tagged<T>) {
        return json_get(r, in, node, value.value);
    } else {
        return json_read(r, in, node, value);
    }
}

inline bool json_read(json::Reader& r, const Json& in, const Boolean&, bool& value) {
    return json::take_bool(r, in, value);
}
inline bool json_read(json::Reader& r, const Json& in, const NullType&, Null&) { return json::take_null(r, in); }

template <class T, class Low, class High>
bool json_read_number(json::Reader& r, const Json& in, Low low, High high, T& value) {
    if constexpr (std::is_signed_v<Low>) {
        std::int64_t number = 0;
        if (!json::take_signed(r, in, low, static_cast<std::int64_t>(high), number)) return false;
        if (!fits<T>(number)) return r.fail("out of range");
        value = static_cast<T>(number);
    } else {
        std::uint64_t number = 0;
        if (!json::take_unsigned(r, in, low, high, number)) return false;
        if (number > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return r.fail("out of range");
        value = static_cast<T>(number);
    }
    return true;
}
template <auto Lo, auto Hi, class T>
bool json_read(json::Reader& r, const Json& in, const Integer<Lo, Hi>&, T& value) {
    if constexpr (Lo < 0) {
        return json_read_number(r, in, std::int64_t{Lo}, std::int64_t{Hi}, value);
    } else {
        return json_read_number(r, in, std::uint64_t{Lo}, std::uint64_t{Hi}, value);
    }
}
template <auto Lo, class T>
bool json_read(json::Reader& r, const Json& in, const IntegerFrom<Lo>&, T& value) {
    if constexpr (Lo < 0) {
        return json_read_number(r, in, std::int64_t{Lo}, std::numeric_limits<std::int64_t>::max(), value);
    } else {
        return json_read_number(r, in, std::uint64_t{Lo}, ~std::uint64_t{0}, value);
    }
}
template <class T>
bool json_read(json::Reader& r, const Json& in, const AnyInteger&, T& value) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    return json_read_number(r, in, least, std::numeric_limits<std::int64_t>::max(), value);
}

template <class T>
bool json_read_enumerator(json::Reader& r, const Json& in, std::span<const std::string_view> names, bool open,
                          T& value) {
    std::uint64_t index = 0;
    if (!json::take_enumerator(r, in, names, open, index)) return false;
    if (index > std::numeric_limits<std::underlying_type_t<T>>::max()) return r.fail("out of range");
    value = static_cast<T>(index);
    return true;
}
template <std::size_t R, std::size_t A, bool E, class T>
bool json_read(json::Reader& r, const Json& in, const Enumerated<R, A, E>& node, T& value) {
    return json_read_enumerator(r, in, node.names, E, value);
}
template <std::size_t R, std::size_t A, bool E, class T>
bool json_read(json::Reader& r, const Json& in, const NullChoice<R, A, E>& node, T& value) {
    return json_read_enumerator(r, in, node.names, E, value);
}
template <class C, std::size_t N>
bool json_read(json::Reader& r, const Json& in, const BitFlags<C, N>& node, C& value) {
    std::array<std::string_view, N> names{};
    std::array<bool, N> flags{};
    for (std::size_t i = 0; i < N; ++i) names[i] = node.flags[i].name;
    if (!json::take_flags(r, in, names, flags)) return false;
    for (std::size_t i = 0; i < N; ++i) value.*node.flags[i].member = flags[i];
    return true;
}
template <std::size_t Lo, std::size_t Hi>
bool json_read(json::Reader& r, const Json& in, const BitStringOf<Lo, Hi>&, BitString& value) {
    return json::take_bits(r, in, Lo, Hi, value);
}
template <std::size_t Lo, std::size_t Hi, class T>
bool json_read(json::Reader& r, const Json& in, const OctetString<Lo, Hi>&, T& value) {
    Bytes octets;
    if (!json::take_hex(r, in, Lo, Hi, octets)) return false;
    if constexpr (std::is_same_v<T, Bytes>) {
        value = std::move(octets);
    } else if constexpr (std::is_same_v<T, Slice>) {
        value = Slice(octets);
    } else {
        std::copy(octets.begin(), octets.end(), value.begin());
    }
    return true;
}
inline bool json_read(json::Reader& r, const Json& in, const OpenType&, Bytes& value) {
    return json::take_hex(r, in, 0, kNoLimit, value);
}
inline bool json_read(json::Reader& r, const Json& in, const ObjectIdentifierType&, ObjectIdentifier& value) {
    return json::take_identifier(r, in, value);
}
template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
bool json_read(json::Reader& r, const Json& in, const CharacterString<Alphabet, Lo, Hi>&, String& value) {
    std::u16string units;
    if (!json::take_text(r, in, units)) return false;
    if (units.size() < Lo || units.size() > Hi) return r.fail("too short or too long");
    value.clear();
    for (char16_t unit : units) {
        if (!in_alphabet<Alphabet>(unit)) return r.fail("a character that this type has not");
        value += static_cast<typename String::value_type>(unit);
    }
    return true;
}
template <std::size_t Lo, std::size_t Hi, class Element, bool S, class E>
bool json_read(json::Reader& r, const Json& in, const ListOf<Lo, Hi, Element, S>& node, std::vector<E>& value) {
    std::size_t size = 0;
    if (!json::take_list(r, in, Lo, Hi, size)) return false;
    value.clear();
    for (std::size_t i = 0; i < size; ++i) {
        value.emplace_back();
        if (!json_get(r, json::element(in, i), node.element, value.back())) return r.in_element(i);
    }
    return true;
}

template <class Tuple, class C>
bool json_read_members(json::Reader& r, const Json& in, const Tuple& members, C& value) {
    auto one = [&](const auto& field) {
        using F = std::decay_t<decltype(field)>;
        auto& member = value.*field.member;
        if constexpr (is_group<F>) {
            constexpr auto& inner = schema<typename F::Member::value_type>;
            bool any =
                with_items([&](const auto&... f) { return (... || (json::find(in, f.name) != nullptr)); }, inner.root);
            if (any) return json_read_members(r, in, inner.root, member.emplace());
            member.reset();
            return true;
        } else {
            const Json* found = json::find(in, field.name);
            if constexpr (is_default_field<F>) {
                member = field.value;
                if (found == nullptr) return true;
            } else if constexpr (is_optional<typename F::Member>) {
                member.reset();
                if (found == nullptr) return true;
                return json_get(r, *found, field.node, member.emplace()) || r.in(field.name);
            }
            if constexpr (!is_optional<typename F::Member>) {
                if (found == nullptr) return r.fail("missing") || r.in(field.name);
                return json_get(r, *found, field.node, member) || r.in(field.name);
            }
        }
    };
    return with_items([&](const auto&... f) { return (true && ... && one(f)); }, members);
}

/// The names of the members of a SEQUENCE, those of addition groups among them.
template <class Tuple>
constexpr void json_collect_names(const Tuple& members, std::string_view* names, std::size_t& count) {
    auto one = [&](const auto& field) {
        using F = std::decay_t<decltype(field)>;
        if constexpr (is_group<F>) {
            json_collect_names(schema<typename F::Member::value_type>.root, names, count);
        } else {
            names[count++] = field.name;
        }
    };
    with_items([&](const auto&... f) { (one(f), ...); }, members);
}

/// More members than any SEQUENCE of the standards has.
inline constexpr std::size_t kMostJsonMembers = 64;

template <class Root, class Additions, bool E, bool U, bool S, class C>
bool json_read(json::Reader& r, const Json& in, const Sequence<Root, Additions, E, U, S>& node, C& value) {
    std::array<std::string_view, kMostJsonMembers> names;
    std::size_t count = 0;
    json_collect_names(node.root, names.data(), count);
    json_collect_names(node.additions, names.data(), count);
    return json::expect_object(r, in) && json::only_known(r, in, {names.data(), count}) &&
           json_read_members(r, in, node.root, value) && json_read_members(r, in, node.additions, value);
}

template <std::size_t I, class Node, class Variant>
bool json_read_alternative(json::Reader& r, const Json& in, const Node& node, Variant& value) {
    const auto& alternative = item<I>(node.alternatives);
    return json_get(r, in, alternative.node, value.template emplace<I>()) || r.in(alternative.name);
}
template <class A, std::size_t R, bool E, class Variant>
bool json_read(json::Reader& r, const Json& in, const Choice<A, R, E>& node, Variant& value) {
    using Node = Choice<A, R, E>;
    std::array<std::string_view, Node::kAll> names{};
    std::size_t count = 0;
    with_items([&](const auto&... a) { ((names[count++] = a.name), ...); }, node.alternatives);
    std::size_t index = 0;
    const Json* inner = nullptr;
    if (!json::take_choice(r, in, names, E, index, inner)) return false;
    if constexpr (E) {
        if (index == Node::kAll)
            return json::take_unknown(r, *inner, value.template emplace<Node::kAll>()) || r.in("unknown");
    }
    using Reader = bool (*)(json::Reader&, const Json&, const Node&, Variant&);
    static constexpr auto kReaders = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Reader, Node::kAll>{&json_read_alternative<I, Node, Variant>...};
    }
    (std::make_index_sequence<Node::kAll>{});
    return kReaders[index](r, *inner, node, value);
}
template <unsigned N, class Node, class T>
bool json_read(json::Reader& r, const Json& in, const Application<N, Node>& node, T& value) {
    return json_get(r, in, node.node, value);
}

}  // namespace convene::asn1

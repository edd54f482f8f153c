/// Random values of described types, for tests: every value is a legal one, and a seed always gives the same.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "asn1/shape.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

struct RandomOptions {
    bool additions = true;  ///< known extension additions now and then
    bool unknown = true;    ///< enumerators and alternatives that no schema knows now and then
    bool big = true;        ///< now and then a size at which PER starts to use fragments
};

/// The same numbers on every machine, unlike the distributions of the standard library.
class Random {
public:
    explicit Random(std::uint64_t seed, RandomOptions options = {}) : state_(seed), options_(options) {}

    std::uint64_t next();
    /// 0..limit, both possible.
    std::uint64_t up_to(std::uint64_t limit);
    bool one_in(std::uint64_t n) { return up_to(n - 1) == 0; }
    /// 0..span, with a liking for the ends and for where PER changes its form.
    std::uint64_t offset(std::uint64_t span);
    /// A number of units, from what is left for this value; small most of the time.
    std::size_t size(std::size_t low, std::size_t high);

    Bytes octets(std::size_t count);
    char16_t character(char32_t highest);
    ObjectIdentifier identifier();
    BitString bits(std::size_t count);
    UnknownAlternative unknown_alternative(std::size_t first_index);

    const RandomOptions& options() const { return options_; }

    /// What all sizes in one value may add up to; renewed by random_value().
    static constexpr std::size_t kUnitsPerValue = 150'000;
    void start_value() { units_left_ = kUnitsPerValue; }

private:
    std::uint64_t state_;
    RandomOptions options_;
    std::size_t units_left_ = kUnitsPerValue;
};

template <class Node, class T>
void random_fill(Random& random, const Node& node, T& value) {
    if constexpr (std::is_same_v<Node, ByType>) {
        random_fill(random, resolve<T>(node), value);
    } else if constexpr (is_tagged<T>) {
        random_fill(random, node, value.value);
    } else {
        random_set(random, node, value);
    }
}

inline void random_set(Random& random, const Boolean&, bool& value) { value = random.one_in(2); }
inline void random_set(Random&, const NullType&, Null&) {}

/// `low` and `low + span` clipped to what T holds; `low` fits it.
template <class T>
void random_number(Random& random, std::uint64_t low, std::uint64_t span, T& value) {
    auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max()) - low;
    value = static_cast<T>(low + random.offset(std::min(span, most)));
}
template <auto Lo, auto Hi, class T>
void random_set(Random& random, const Integer<Lo, Hi>&, T& value) {
    random_number(random, Integer<Lo, Hi>::kLow, Integer<Lo, Hi>::kSpan, value);
}
template <auto Lo, class T>
void random_set(Random& random, const IntegerFrom<Lo>&, T& value) {
    random_number(random, IntegerFrom<Lo>::kLow, ~std::uint64_t{0}, value);
}
template <class T>
void random_set(Random& random, const AnyInteger&, T& value) {
    constexpr std::int64_t least = std::is_signed_v<T> ? static_cast<std::int64_t>(std::numeric_limits<T>::min()) : 0;
    constexpr std::int64_t most = sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max()
                                                 : static_cast<std::int64_t>(std::numeric_limits<T>::max());
    // Both signs from zero outwards, so that small numbers are as likely as large ones.
    bool negative = least < 0 && random.one_in(2);
    value = negative
                ? static_cast<T>(-1 - static_cast<std::int64_t>(random.offset(static_cast<std::uint64_t>(-1 - least))))
                : static_cast<T>(random.offset(static_cast<std::uint64_t>(most)));
}

template <std::size_t Root, std::size_t All, bool IsExtensible, class T>
void random_enumerator(Random& random, T& value) {
    std::uint64_t index = random.up_to(Root - 1);
    if (IsExtensible && random.one_in(8)) {
        if (All > Root && random.options().additions) index = Root + random.up_to(All - Root - 1);
        if (random.options().unknown)
            index = All + random.offset(std::numeric_limits<std::underlying_type_t<T>>::max() - All);
    }
    value = static_cast<T>(index);
}
template <std::size_t R, std::size_t A, bool E, class T>
void random_set(Random& random, const Enumerated<R, A, E>&, T& value) {
    random_enumerator<R, A, E>(random, value);
}
template <std::size_t R, std::size_t A, bool E, class T>
void random_set(Random& random, const NullChoice<R, A, E>&, T& value) {
    random_enumerator<R, A, E>(random, value);
}
template <class C, std::size_t N>
void random_set(Random& random, const BitFlags<C, N>& node, C& value) {
    for (const auto& flag : node.flags) value.*flag.member = random.one_in(2);
}
template <std::size_t Lo, std::size_t Hi>
void random_set(Random& random, const BitStringOf<Lo, Hi>&, BitString& value) {
    value = random.bits(random.size(Lo, Hi));
}
template <std::size_t Lo, std::size_t Hi, class T>
void random_set(Random& random, const OctetString<Lo, Hi>&, T& value) {
    Bytes octets = random.octets(random.size(Lo, Hi));
    if constexpr (std::is_same_v<T, Bytes>) {
        value = std::move(octets);
    } else if constexpr (std::is_same_v<T, Slice>) {
        value = Slice(octets);
    } else {
        std::copy(octets.begin(), octets.end(), value.begin());
    }
}
inline void random_set(Random& random, const OpenType&, Bytes& value) { value = random.octets(random.size(1, 8)); }
inline void random_set(Random& random, const ObjectIdentifierType&, ObjectIdentifier& value) {
    value = random.identifier();
}
template <class Alphabet, std::size_t Lo, std::size_t Hi, class String>
void random_set(Random& random, const CharacterString<Alphabet, Lo, Hi>&, String& value) {
    std::size_t size = random.size(Lo, Hi);
    value.clear();
    for (std::size_t i = 0; i < size; ++i) {
        char16_t character = 0;
        if constexpr (is_listed<Alphabet>) {
            character = Alphabet::kCharacters[random.up_to(Alphabet::kCharacters.size() - 1)];
        } else {
            character = random.character(Alphabet::kHighest);
        }
        value += static_cast<typename String::value_type>(character);
    }
}
template <std::size_t Lo, std::size_t Hi, class Element, bool S, class E>
void random_set(Random& random, const ListOf<Lo, Hi, Element, S>& node, std::vector<E>& value) {
    value.resize(random.size(Lo, Hi));
    for (E& element : value) random_fill(random, node.element, element);
}

template <class F, class C>
void random_member(Random& random, const F& field, C& value, bool present) {
    auto& member = value.*field.member;
    if constexpr (is_optional<typename F::Member>) {
        member.reset();
        if (present) random_fill(random, field.node, member.emplace());
        if (!is_present(field, value)) member.reset();
    } else if constexpr (is_default_field<F>) {
        member = field.value;
        if (present) random_fill(random, field.node, member);
    } else {
        random_fill(random, field.node, member);
    }
}
template <class Root, class Additions, bool E, bool U, bool S, class C>
void random_set(Random& random, const Sequence<Root, Additions, E, U, S>& node, C& value) {
    with_items([&](const auto&... f) { (random_member(random, f, value, random.one_in(2)), ...); }, node.root);
    [[maybe_unused]] bool extended = random.options().additions && random.one_in(3);
    with_items([&](const auto&... f) { (random_member(random, f, value, extended && random.one_in(2)), ...); },
               node.additions);
}

template <std::size_t I, class Node, class Variant>
void random_alternative(Random& random, const Node& node, Variant& value) {
    random_fill(random, item<I>(node.alternatives).node, value.template emplace<I>());
}
template <class A, std::size_t Root, bool E, class Variant>
void random_set(Random& random, const Choice<A, Root, E>& node, Variant& value) {
    using Node = Choice<A, Root, E>;
    std::size_t limit = random.options().additions ? Node::kAll : Root;
    if constexpr (E) {
        if (random.options().unknown && random.one_in(10)) {
            value.template emplace<Node::kAll>() = random.unknown_alternative(Node::kAll - Root);
            return;
        }
    }
    using Setter = void (*)(Random&, const Node&, Variant&);
    static constexpr auto kSetters = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<Setter, Node::kAll>{&random_alternative<I, Node, Variant>...};
    }
    (std::make_index_sequence<Node::kAll>{});
    kSetters[random.up_to(limit - 1)](random, node, value);
}
template <unsigned N, class Node, class T>
void random_set(Random& random, const Application<N, Node>& node, T& value) {
    random_fill(random, node.node, value);
}

template <class T>
T random_value(Random& random) {
    random.start_value();
    T value{};
    random_fill(random, ByType{}, value);
    return value;
}

}  // namespace convene::asn1

/// Facts about schema nodes that more than one codec needs, all worked out by the compiler.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"

namespace convene::asn1 {

/// Bits that hold values 0..span.
constexpr unsigned bits_for(std::uint64_t span) {
    return span == 0 ? 0 : 64U - static_cast<unsigned>(std::countl_zero(span));
}

/// Octets that hold values 0..span, at least one.
constexpr unsigned octets_for(std::uint64_t span) { return span == 0 ? 1 : (bits_for(span) + 7) / 8; }

/// True for alphabets given as a list of characters rather than as a run of code points.
template <class Alphabet>
inline constexpr bool is_listed = requires {
    Alphabet::kCharacters;
};

/// Bits of a character in aligned PER: the next power of two that is wide enough (X.691 §27.5.2).
template <class Alphabet>
constexpr unsigned character_bits() {
    if constexpr (is_listed<Alphabet>) {
        return std::bit_ceil(bits_for(Alphabet::kCharacters.size() - 1));
    } else {
        return Alphabet::kBits;
    }
}

/// The integer behind a StrongId, an enum or a plain integer.
template <class T>
constexpr auto& number_in(T& value) {
    if constexpr (is_tagged<std::remove_const_t<T>>) {
        return number_in(value.value);
    } else {
        return value;
    }
}

/// Whether a number lies below the bound of an INTEGER (Lo..MAX).
template <auto Lo, class T>
constexpr bool is_below(T value) {
    if constexpr (Lo < 0) {
        return static_cast<std::int64_t>(value) < static_cast<std::int64_t>(Lo);
    } else if constexpr (std::is_signed_v<T>) {
        return value < 0 || static_cast<std::uint64_t>(value) < static_cast<std::uint64_t>(Lo);
    } else {
        return static_cast<std::uint64_t>(value) < static_cast<std::uint64_t>(Lo);
    }
}

/// Whether `T` can hold a number.
template <class T>
constexpr bool fits(std::int64_t number) {
    if constexpr (std::is_signed_v<T>) {
        return number >= std::numeric_limits<T>::min() && number <= std::numeric_limits<T>::max();
    } else {
        return number >= 0 && static_cast<std::uint64_t>(number) <= std::numeric_limits<T>::max();
    }
}

/// Whether a number can be handled as a signed one of 64 bits.
template <class T>
constexpr bool fits_signed(T number) {
    return std::is_signed_v<T> ||
           static_cast<std::uint64_t>(number) <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

/// The number of a character, whatever the sign of `char`.
constexpr char32_t code_point(char character) { return static_cast<unsigned char>(character); }
constexpr char32_t code_point(char16_t character) { return character; }

template <class Alphabet>
constexpr bool in_alphabet(char32_t point) {
    if constexpr (is_listed<Alphabet>) {
        return point <= 0xFFFF && Alphabet::kCharacters.find(static_cast<char16_t>(point)) != std::u16string_view::npos;
    } else {
        return point <= Alphabet::kHighest;
    }
}

/// Whether a member that may be absent is to be sent. An addition group without any member is not (X.691 §19.9).
template <class F, class C>
constexpr bool is_present(const F& field, const C& value) {
    if constexpr (is_group<F>) {
        const auto& group = value.*field.member;
        if (!group.has_value()) return false;
        return with_items(
            [&](const auto&... f) {
                return (false || ... || (!may_be_absent<std::decay_t<decltype(f)>> || is_present(f, *group)));
            },
            schema<typename F::Member::value_type>.root);
    } else if constexpr (is_default_field<F>) {
        return !(value.*field.member == field.value);
    } else if constexpr (is_optional<typename F::Member>) {
        return (value.*field.member).has_value();
    } else {
        return true;
    }
}

/// Gives a member with a DEFAULT that value; leaves others alone.
template <class F, class C>
void set_default(const F& field, C& value) {
    if constexpr (is_default_field<F>) value.*field.member = field.value;
}
/// What a decoder does with a member that is not there.
template <class F, class C>
void set_absent(const F& field, C& value) {
    set_default(field, value);
    if constexpr (is_optional<typename F::Member>) (value.*field.member).reset();
}

/// A node without the [APPLICATION n] around it, which PER does not see.
template <class Node>
constexpr const Node& sequence_of(const Node& node) {
    return node;
}
template <unsigned N, class Node>
constexpr const Node& sequence_of(const Application<N, Node>& node) {
    return node.node;
}

// The least number of bits a value can take; the test that a count of elements can be true at all.
template <class T, class Node>
constexpr std::size_t least_bits(const Node&);

namespace detail {

template <class T, auto Lo, auto Hi>
constexpr std::size_t least(const Integer<Lo, Hi>&) {
    return Integer<Lo, Hi>::kSpan < 65536 ? bits_for(Integer<Lo, Hi>::kSpan) : 8;
}
template <class T>
constexpr std::size_t least(const Boolean&) {
    return 1;
}
template <class T>
constexpr std::size_t least(const NullType&) {
    return 0;
}
template <class T, std::size_t R, std::size_t A, bool E>
constexpr std::size_t least(const Enumerated<R, A, E>&) {
    return bits_for(R - 1) + (E ? 1 : 0);
}
template <class T, std::size_t R, std::size_t A, bool E>
constexpr std::size_t least(const NullChoice<R, A, E>&) {
    return bits_for(R - 1) + (E ? 1 : 0);
}
template <class T, class C, std::size_t N>
constexpr std::size_t least(const BitFlags<C, N>&) {
    return N;
}
template <class T, class F>
constexpr std::size_t least_of_field(const F& f) {
    if constexpr (may_be_absent<F>) {
        return 1;
    } else {
        return least_bits<typename F::Member>(resolve<typename F::Member>(f.node));
    }
}
template <class T, class R, class A, bool E, bool U, bool S>
constexpr std::size_t least(const Sequence<R, A, E, U, S>& node) {
    std::size_t sum = E ? 1 : 0;
    with_items([&](const auto&... f) { ((sum += least_of_field<T>(f)), ...); }, node.root);
    return sum;
}
template <class T, class A, std::size_t R, bool E>
constexpr std::size_t least(const Choice<A, R, E>&) {
    return bits_for(R - 1) + (E ? 1 : 0);
}
template <class T, unsigned N, class Node>
constexpr std::size_t least(const Application<N, Node>& node) {
    return least_bits<T>(node.node);
}
template <class T, class Node>
constexpr std::size_t least(const Node&) {
    return 1;
}

}  // namespace detail

template <class T, class Node>
constexpr std::size_t least_bits(const Node& node) {
    return detail::least<T>(node);
}

}  // namespace convene::asn1

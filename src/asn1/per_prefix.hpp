/// The fixed beginning of a SEQUENCE in one machine word.
///
/// Most domain PDUs begin with members whose widths never change: two identifiers, a priority, two flags. After the
/// index of a CHOICE they stand at bit positions that the compiler can work out, so all of them are read with one load
/// and written with one store. Whatever does not fit this picture (too near the end of the input, a value out of range)
/// is left to the general code, which also finds the words for an error.
#pragma once

#include <cstddef>
#include <cstdint>

#include "asn1/per_reader.hpp"
#include "asn1/per_writer.hpp"
#include "asn1/shape.hpp"

namespace convene::asn1 {

/// How a node of fixed width is laid out; `is_fixed` false for every other.
struct FixedShape {
    bool is_fixed = false;
    bool is_aligned = false;
    unsigned bits = 0;
};

namespace detail {

template <class Node>
constexpr FixedShape fixed_shape(const Node&) {
    return {};
}
template <auto Lo, auto Hi>
constexpr FixedShape fixed_shape(const Integer<Lo, Hi>&) {
    constexpr auto span = Integer<Lo, Hi>::kSpan;
    if (span > 65535) return {};
    return {true, span >= 255, span < 255 ? bits_for(span) : span == 255 ? 8U : 16U};
}
constexpr FixedShape fixed_shape(const Boolean&) { return {true, false, 1}; }
template <std::size_t Root, std::size_t All>
constexpr FixedShape fixed_shape(const Enumerated<Root, All, false>&) {
    return {true, false, bits_for(Root - 1)};
}
template <class C, std::size_t N>
constexpr FixedShape fixed_shape(const BitFlags<C, N>&) {
    if (N > 16) return {};
    return {true, false, static_cast<unsigned>(N)};
}

// Values and bits, for the nodes above.

template <auto Lo, auto Hi, class T>
CONVENE_HOT inline bool from_bits(const Integer<Lo, Hi>&, std::uint64_t bits, T& value) {
    value = static_cast<T>(bits + Integer<Lo, Hi>::kLow);
    return bits <= Integer<Lo, Hi>::kSpan;
}
CONVENE_HOT inline bool from_bits(const Boolean&, std::uint64_t bits, bool& value) {
    value = bits != 0;
    return true;
}
template <std::size_t Root, std::size_t All, class T>
CONVENE_HOT inline bool from_bits(const Enumerated<Root, All, false>&, std::uint64_t bits, T& value) {
    value = static_cast<T>(bits);
    return bits < Root;
}
template <class C, std::size_t N>
CONVENE_HOT inline bool from_bits(const BitFlags<C, N>& node, std::uint64_t bits, C& value) {
    for (std::size_t i = 0; i < N; ++i) value.*node.flags[i].member = (bits >> (N - 1 - i) & 1) != 0;
    return true;
}

template <auto Lo, auto Hi, class T>
CONVENE_HOT inline bool to_bits(const Integer<Lo, Hi>&, const T& value, std::uint64_t& bits) {
    bits = static_cast<std::uint64_t>(value) - Integer<Lo, Hi>::kLow;
    return bits <= Integer<Lo, Hi>::kSpan;
}
CONVENE_HOT inline bool to_bits(const Boolean&, bool value, std::uint64_t& bits) {
    bits = value ? 1 : 0;
    return true;
}
template <std::size_t Root, std::size_t All, class T>
CONVENE_HOT inline bool to_bits(const Enumerated<Root, All, false>&, const T& value, std::uint64_t& bits) {
    bits = static_cast<std::uint64_t>(value);
    return bits < Root;
}
template <class C, std::size_t N>
CONVENE_HOT inline bool to_bits(const BitFlags<C, N>& node, const C& value, std::uint64_t& bits) {
    bits = 0;
    for (std::size_t i = 0; i < N; ++i) bits = bits << 1 | (value.*node.flags[i].member ? 1 : 0);
    return true;
}

}  // namespace detail

/// The layout of the leading members of fixed width of a SEQUENCE that starts at bit `Start` (0..7) of an octet.
template <unsigned Start, class Node>
struct PerPrefix {
    static constexpr std::size_t kMembers = 0;
};
template <unsigned Start, std::size_t... I, class... F, class Additions, bool U, bool S>
struct PerPrefix<Start, Sequence<IndexedItems<std::index_sequence<I...>, F...>, Additions, false, U, S>> {
    using Node = Sequence<IndexedItems<std::index_sequence<I...>, F...>, Additions, false, U, S>;

    /// Where each member ends, in bits from the octet that holds the start; 0 from the first that is not part of it.
    static constexpr auto ends() {
        std::array<unsigned, sizeof...(F) + 1> out{};
        unsigned at = Start;
        bool open = (... && !may_be_absent<F>);
        std::size_t i = 0;
        [[maybe_unused]] auto add = [&](FixedShape shape) {
            unsigned begin = shape.is_aligned ? (at + 7) / 8 * 8 : at;
            open = open && shape.is_fixed && begin + shape.bits <= 64;
            if (open) out[i] = at = begin + shape.bits;
            ++i;
        };
        (add(shape_of<F>()), ...);
        return out;
    }
    template <class Field>
    static constexpr FixedShape shape_of() {
        if constexpr (is_optional<typename Field::Member>) {
            return {};
        } else {
            using Described =
                std::decay_t<decltype(resolve<typename Field::Member>(std::declval<decltype(Field::node)>()))>;
            return detail::fixed_shape(Described{});
        }
    }
    static constexpr auto kEnds = ends();
    static constexpr std::size_t kMembers = [] {
        std::size_t count = 0;
        while (kEnds[count] != 0) ++count;
        return count;
    }();
    static constexpr unsigned kEnd = kMembers == 0 ? Start : kEnds[kMembers - 1];

    template <class Field, class C>
    CONVENE_HOT static bool read_one(const Field& field, C& value, std::uint64_t word, unsigned end, unsigned bits) {
        auto& member = number_in(value.*field.member);
        return detail::from_bits(resolve<typename Field::Member>(field.node),
                                 word >> (64 - end) & ((std::uint64_t{1} << bits) - 1), member);
    }
    /// Reads the prefix; false when the general code has to look.
    template <class C>
    CONVENE_HOT static bool read(PerReader& r, const Node& node, C& value) {
        std::uint64_t word = 0;
        if (!r.peek_word(word)) return false;
        bool ok = [&]<std::size_t... K>(std::index_sequence<K...>) {
            return (... && read_one(item<K>(node.root), value, word, kEnds[K],
                                    shape_of<ListItem<K, decltype(node.root)>>().bits));
        }
        (std::make_index_sequence<kMembers>{});
        if (ok) r.skip_bits(kEnd - Start);
        return ok;
    }

    template <class Field, class C>
    CONVENE_HOT static bool write_one(const Field& field, const C& value, std::uint64_t& word, unsigned end) {
        std::uint64_t bits = 0;
        bool ok = detail::to_bits(resolve<typename Field::Member>(field.node), number_in(value.*field.member), bits);
        word |= bits << (64 - end);
        return ok;
    }
    /// Writes the prefix behind `before`, which is the `Start` bits that stand in front of it; false, and nothing is
    /// written, when a value is out of range.
    template <class C>
    CONVENE_HOT static bool write(PerWriter& w, const Node& node, const C& value, std::uint64_t before) {
        std::uint64_t word = Start == 0 ? 0 : before << (64 - Start);
        bool ok = [&]<std::size_t... K>(std::index_sequence<K...>) {
            return (... && write_one(item<K>(node.root), value, word, kEnds[K]));
        }
        (std::make_index_sequence<kMembers>{});
        if (ok) w.word(word, kEnd);
        return ok;
    }
};

}  // namespace convene::asn1

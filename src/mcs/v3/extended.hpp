/// How a type of protocol version 3 grows out of the type of version 2: the same members, then a nonStandard one, and
/// room for more. Its schema is derived, so that there is one description of the members and not two.
#pragma once

#include <type_traits>

#include "asn1/schema.hpp"
#include "mcs/v3/non_standard.hpp"

namespace convene::mcs::v3 {

/// `V2` as module MCS-PROTOCOL-3 has it.
template <class V2>
struct Extended : V2 {
    NonStandardParameters non_standard = {};

    friend bool operator==(const Extended&, const Extended&) = default;
};

namespace detail {

template <std::size_t Root, std::size_t All, bool E>
constexpr auto open_choice(const asn1::Enumerated<Root, All, E>& node) {
    return asn1::NullChoice<Root, All, true>{node.names};
}

template <unsigned Number, class Node>
constexpr const auto& sequence_in(const asn1::Application<Number, Node>& node) {
    return node.node;
}
template <class Node>
constexpr const auto& sequence_in(const Node& node) {
    return node;
}

}  // namespace detail

/// What version 2 enumerates, version 3 makes an extensible CHOICE of NULLs with the same names.
template <class Enum>
inline constexpr auto kAsChoice = detail::open_choice(asn1::schema<Enum>);

/// The members of a version 2 type, as a list of asn1::Field.
template <class V2>
inline constexpr const auto& kMembers = detail::sequence_in(asn1::schema<V2>).root;

namespace detail {

template <class Field>
constexpr auto extended_field(const Field& field) {
    if constexpr (std::is_enum_v<typename Field::Member>) {
        return asn1::field(field.name, field.member, kAsChoice<typename Field::Member>);
    } else {
        return field;
    }
}

template <class V2>
constexpr auto extended_schema() {
    return asn1::with_items(
        [](const auto&... member) {
            return asn1::sequence(extended_field(member)...,
                                  asn1::field("nonStandard", &Extended<V2>::non_standard, asn1::SequenceOf<>{}),
                                  asn1::extensible);
        },
        kMembers<V2>);
}

}  // namespace detail

}  // namespace convene::mcs::v3

namespace convene::asn1 {

template <class V2>
inline constexpr auto schema<mcs::v3::Extended<V2>> = mcs::v3::detail::extended_schema<V2>();

}  // namespace convene::asn1

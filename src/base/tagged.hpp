/// Identifiers and alternatives that share a representation but must not be mixed up.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <type_traits>

namespace convene {

/// A value of type `Rep` that only converts to its own kind. Codecs see through it.
template <class Tag, class Rep>
struct Tagged {
    using rep_type = Rep;
    Rep value{};

    friend bool operator==(const Tagged&, const Tagged&) = default;
};

/// A number that names something: ordered, hashable, never mixed with another kind.
template <class Tag, class Rep>
struct StrongId {
    using rep_type = Rep;
    Rep value{};

    friend constexpr bool operator==(StrongId, StrongId) = default;
    friend constexpr auto operator<=>(StrongId, StrongId) = default;
};

template <class T>
inline constexpr bool is_tagged = false;
template <class Tag, class Rep>
inline constexpr bool is_tagged<Tagged<Tag, Rep>> = true;
template <class Tag, class Rep>
inline constexpr bool is_tagged<StrongId<Tag, Rep>> = true;

}  // namespace convene

template <class Tag, class Rep>
struct std::hash<convene::StrongId<Tag, Rep>> {
    std::size_t operator()(convene::StrongId<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value); }
};

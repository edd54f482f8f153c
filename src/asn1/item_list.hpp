/// A list of values of different types, as std::tuple is one, but cheap for the compiler: schemas are made of hundreds.
#pragma once

#include <cstddef>
#include <utility>

namespace convene::asn1 {

template <std::size_t I, class T>
struct ItemSlot {
    T value;
};

template <class Indices, class... T>
struct IndexedItems;
template <std::size_t... I, class... T>
struct IndexedItems<std::index_sequence<I...>, T...> : ItemSlot<I, T>... {};

template <class... T>
using ItemList = IndexedItems<std::index_sequence_for<T...>, T...>;

namespace detail {

template <class List>
inline constexpr std::size_t item_list_size = 0;
template <std::size_t... I, class... T>
inline constexpr std::size_t item_list_size<IndexedItems<std::index_sequence<I...>, T...>> = sizeof...(T);

template <std::size_t I, class T>
T item_type_of(const ItemSlot<I, T>&);

}  // namespace detail

template <class List>
inline constexpr std::size_t list_size = detail::item_list_size<List>;
template <std::size_t I, class List>
using ListItem = decltype(detail::item_type_of<I>(std::declval<const List&>()));

/// The item at position I.
template <std::size_t I, class T>
constexpr const T& item(const ItemSlot<I, T>& slot) {
    return slot.value;
}

/// Calls `f` with all items.
template <class F, std::size_t... I, class... T>
constexpr decltype(auto) with_items(F&& f, const IndexedItems<std::index_sequence<I...>, T...>& list) {
    return f(static_cast<const ItemSlot<I, T>&>(list).value...);
}

/// The items of both, one after the other.
template <std::size_t... I, class... T, std::size_t... J, class... U>
constexpr ItemList<T..., U...> joined(const IndexedItems<std::index_sequence<I...>, T...>& first,
                                      const IndexedItems<std::index_sequence<J...>, U...>& second) {
    return {{item<I>(first)}..., {item<J>(second)}...};
}

}  // namespace convene::asn1

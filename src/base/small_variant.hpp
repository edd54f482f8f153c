/// A std::variant that takes little code, for programs that are to be small: the one that a browser loads.
///
/// The one of libc++ makes a function for each alternative, and a table of them, wherever a variant is visited, copied,
/// moved, assigned, destroyed or compared. Here that is a `switch`; alternatives that are plain octets share one case;
/// and an assignment destroys the old value and moves the new one in, so that no alternative has to be assignable.
/// Nothing throws: taking the wrong alternative ends the program, and no variant is ever without a value.
/// base/small/variant puts it in the place of the library's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace convene::small {

struct monostate {
    friend constexpr bool operator==(monostate, monostate) { return true; }
    friend constexpr bool operator<(monostate, monostate) { return false; }
};

inline constexpr std::size_t variant_npos = ~std::size_t{0};

template <class... T>
class variant;

namespace detail {

template <std::size_t I, class T>
struct Slot {};
template <class Indices, class... T>
struct Slots;
template <std::size_t... I, class... T>
struct Slots<std::index_sequence<I...>, T...> : Slot<I, T>... {};
template <class... T>
using SlotsOf = Slots<std::index_sequence_for<T...>, T...>;
template <std::size_t I, class T>
std::type_identity<T> type_in(const Slot<I, T>&);

template <std::size_t I, class... T>
using Nth = typename decltype(type_in<I>(std::declval<SlotsOf<T...>>()))::type;

template <class U, class... T>
inline constexpr std::size_t kCountOf = (std::size_t{0} + ... + (std::is_same_v<U, T> ? 1 : 0));
/// Where the first `U` stands among `T`.
template <class U, class... T>
constexpr std::size_t position_of() {
    std::size_t at = 0;
    bool found = false;
    ((found = found || std::is_same_v<U, T>, at += found ? 0 : 1), ...);
    return at;
}

// Which alternative a value becomes that is of none of their types: overload resolution decides, without narrowing.
template <class T>
struct ArrayOf {
    T values[1];
};
template <std::size_t I, class T>
struct Candidate {
    template <class U>
    requires requires(U&& value) { ArrayOf<T>{{std::forward<U>(value)}}; }
    std::integral_constant<std::size_t, I> operator()(T, U&&) const;
};
template <class Indices, class... T>
struct Candidates;
template <std::size_t... I, class... T>
struct Candidates<std::index_sequence<I...>, T...> : Candidate<I, T>... {
    using Candidate<I, T>::operator()...;
};
template <class U, class... T>
constexpr auto chosen() {
    if constexpr (kCountOf<std::remove_cvref_t<U>, T...> == 1) {
        return std::integral_constant<std::size_t, position_of<std::remove_cvref_t<U>, T...>()>{};
    } else if constexpr (requires(Candidates<std::index_sequence_for<T...>, T...> all, U && value) {
                             all(std::forward<U>(value), std::forward<U>(value));
                         }) {
        return decltype(std::declval<Candidates<std::index_sequence_for<T...>, T...>>()(std::declval<U>(),
                                                                                        std::declval<U>())){};
    } else {
        return std::integral_constant<std::size_t, variant_npos>{};
    }
}

template <class T>
inline constexpr bool kIsPlain = std::is_trivially_copyable_v<T>;

template <class... T>
constexpr std::size_t largest_of() {
    std::size_t largest = 0;
    ((largest = sizeof(T) > largest ? sizeof(T) : largest), ...);
    return largest;
}

/// The octets of the value, and which alternative it is.
template <class... T>
struct Store {
    static_assert(sizeof...(T) < 256);

    template <std::size_t I>
    auto& at() {
        return *std::launder(reinterpret_cast<Nth<I, T...>*>(octets));
    }
    template <std::size_t I>
    const auto& at() const {
        return *std::launder(reinterpret_cast<const Nth<I, T...>*>(octets));
    }

    void destroy() { destroy(std::index_sequence_for<T...>{}); }
    void copy_from(const Store& other) { copy_from(other, std::index_sequence_for<T...>{}); }
    void move_from(Store& other) { move_from(other, std::index_sequence_for<T...>{}); }

    template <std::size_t... I>
    void destroy(std::index_sequence<I...>) {
        (void)(... || (!std::is_trivially_destructible_v<T> && which == I && (end(at<I>()), true)));
    }
    template <class Value>
    static void end(Value& value) {
        value.~Value();
    }
    template <std::size_t... I>
    void copy_from(const Store& other, std::index_sequence<I...>) {
        which = other.which;
        (void)((... || copy_one<I, T>(other)) || (std::memcpy(octets, other.octets, sizeof octets), true));
    }
    template <std::size_t I, class Value>
    [[gnu::always_inline]] bool copy_one(const Store& other) {
        if constexpr (!kIsPlain<Value>) {
            if (other.which == I) {
                ::new (static_cast<void*>(octets)) Value(other.template at<I>());
                return true;
            }
        }
        return false;
    }
    template <std::size_t... I>
    void move_from(Store& other, std::index_sequence<I...>) {
        which = other.which;
        (void)((... || move_one<I, T>(other)) || (std::memcpy(octets, other.octets, sizeof octets), true));
    }
    template <std::size_t I, class Value>
    [[gnu::always_inline]] bool move_one(Store& other) {
        if constexpr (!kIsPlain<Value>) {
            if (other.which == I) {
                ::new (static_cast<void*>(octets)) Value(std::move(other.template at<I>()));
                return true;
            }
        }
        return false;
    }

    alignas(T...) unsigned char octets[largest_of<T...>()];
    std::uint8_t which;
};

/// What has to be done by hand when a variant is copied, moved, assigned or destroyed: nothing, all, or all but copies.
enum class Care : std::uint8_t { none, moves, copies };

template <Care C, class... T>
struct Keeper : Store<T...> {};

template <class... T>
struct Keeper<Care::moves, T...> : Store<T...> {
    Keeper() {}
    Keeper(Keeper&& other) noexcept { this->move_from(other); }
    Keeper& operator=(Keeper&& other) noexcept {
        // What is moved in may lie inside of what is destroyed.
        Keeper kept(std::move(other));
        this->destroy();
        this->move_from(kept);
        return *this;
    }
    ~Keeper() { this->destroy(); }
};

template <class... T>
struct Keeper<Care::copies, T...> : Keeper<Care::moves, T...> {
    Keeper() = default;
    Keeper(const Keeper& other) : Keeper<Care::moves, T...>() { this->copy_from(other); }
    Keeper(Keeper&&) noexcept = default;
    Keeper& operator=(const Keeper& other) { return *this = Keeper(other); }
    Keeper& operator=(Keeper&&) noexcept = default;
    ~Keeper() = default;
};

template <class... T>
using KeeperOf = Keeper<(kIsPlain<T> && ...)                     ? Care::none
                        : (std::is_copy_constructible_v<T>&&...) ? Care::copies
                                                                 : Care::moves,
                        T...>;

}  // namespace detail

template <class V>
struct variant_size;
template <class... T>
struct variant_size<variant<T...>> : std::integral_constant<std::size_t, sizeof...(T)> {};
template <class V>
struct variant_size<const V> : variant_size<V> {};
template <class V>
inline constexpr std::size_t variant_size_v = variant_size<V>::value;

template <std::size_t I, class V>
struct variant_alternative;
template <std::size_t I, class... T>
struct variant_alternative<I, variant<T...>> {
    using type = detail::Nth<I, T...>;
};
template <std::size_t I, class V>
struct variant_alternative<I, const V> {
    using type = const typename variant_alternative<I, V>::type;
};
template <std::size_t I, class V>
using variant_alternative_t = typename variant_alternative<I, V>::type;

template <class... T>
class variant : private detail::KeeperOf<T...> {
    using Keeper = detail::KeeperOf<T...>;
    template <class U>
    static constexpr std::size_t kChosen = decltype(detail::chosen<U, T...>())::value;

public:
    variant() requires std::is_default_constructible_v<detail::Nth<0, T...>> { construct<0>(); }

    template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, variant> && kChosen<U> != variant_npos) variant(U&& value) {
        construct<kChosen<U>>(std::forward<U>(value));
    }
    template <std::size_t I, class... A>
    explicit variant(std::in_place_index_t<I>, A&&... arguments) {
        construct<I>(std::forward<A>(arguments)...);
    }
    template <class U, class... A>
    explicit variant(std::in_place_type_t<U>, A&&... arguments) {
        construct<detail::position_of<U, T...>()>(std::forward<A>(arguments)...);
    }

    template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, variant> && kChosen<U> != variant_npos) variant& operator=(
        U&& value) {
        return *this = variant(std::forward<U>(value));
    }

    /// Unlike an assignment, it destroys the old value first.
    template <std::size_t I, class... A>
    auto& emplace(A&&... arguments) {
        this->destroy();
        construct<I>(std::forward<A>(arguments)...);
        return this->template at<I>();
    }
    template <class U, class... A>
    U& emplace(A&&... arguments) {
        static_assert(detail::kCountOf<U, T...> == 1);
        return emplace<detail::position_of<U, T...>()>(std::forward<A>(arguments)...);
    }

    std::size_t index() const { return this->which; }
    static constexpr bool valueless_by_exception() { return false; }

    /// The value, which is known to be alternative `I`.
    template <std::size_t I>
    auto& known() {
        return this->template at<I>();
    }
    template <std::size_t I>
    const auto& known() const {
        return this->template at<I>();
    }

private:
    template <std::size_t I, class... A>
    void construct(A&&... arguments) {
        using Value = detail::Nth<I, T...>;
        if constexpr (std::is_constructible_v<Value, A...>) {
            ::new (static_cast<void*>(this->octets)) Value(std::forward<A>(arguments)...);
        } else {
            ::new (static_cast<void*>(this->octets)) Value{std::forward<A>(arguments)...};
        }
        this->which = I;
    }
};

template <class U, class... T>
bool holds_alternative(const variant<T...>& value) {
    static_assert(detail::kCountOf<U, T...> == 1);
    return value.index() == detail::position_of<U, T...>();
}

template <std::size_t I, class... T>
auto* get_if(variant<T...>* value) {
    return value != nullptr && value->index() == I ? &value->template known<I>() : nullptr;
}
template <std::size_t I, class... T>
const auto* get_if(const variant<T...>* value) {
    return value != nullptr && value->index() == I ? &value->template known<I>() : nullptr;
}
template <class U, class... T>
U* get_if(variant<T...>* value) {
    static_assert(detail::kCountOf<U, T...> == 1);
    return small::get_if<detail::position_of<U, T...>()>(value);
}
template <class U, class... T>
const U* get_if(const variant<T...>* value) {
    static_assert(detail::kCountOf<U, T...> == 1);
    return small::get_if<detail::position_of<U, T...>()>(value);
}

template <std::size_t I, class... T>
auto& get(variant<T...>& value) {
    if (value.index() != I) __builtin_trap();
    return value.template known<I>();
}
template <std::size_t I, class... T>
const auto& get(const variant<T...>& value) {
    if (value.index() != I) __builtin_trap();
    return value.template known<I>();
}
template <std::size_t I, class... T>
auto&& get(variant<T...>&& value) {
    return std::move(small::get<I>(value));
}
template <class U, class... T>
U& get(variant<T...>& value) {
    return small::get<detail::position_of<U, T...>()>(value);
}
template <class U, class... T>
const U& get(const variant<T...>& value) {
    return small::get<detail::position_of<U, T...>()>(value);
}
template <class U, class... T>
U&& get(variant<T...>&& value) {
    return std::move(small::get<detail::position_of<U, T...>()>(value));
}

namespace detail {

template <std::size_t I, class R, bool IsMoved, class F, class V>
[[gnu::always_inline]] inline R call(F& f, V& value) {
    if constexpr (IsMoved) {
        return static_cast<R>(f(std::move(value.template known<I>())));
    } else {
        return static_cast<R>(f(value.template known<I>()));
    }
}

// The compiler makes a switch of these comparisons.
template <std::size_t I, class R, bool IsMoved, class F, class V>
[[gnu::always_inline]] inline R pick(F& f, V& value) {
    if constexpr (I + 1 == variant_size_v<V>) {
        return call<I, R, IsMoved>(f, value);
    } else {
        if (value.index() == I) return call<I, R, IsMoved>(f, value);
        return pick<I + 1, R, IsMoved>(f, value);
    }
}

}  // namespace detail

/// One variant at a time.
template <class F, class V>
decltype(auto) visit(F&& f, V&& value) {
    constexpr bool is_moved = !std::is_lvalue_reference_v<V>;
    using First = std::conditional_t<is_moved, decltype(std::move(value.template known<0>())),
                                     decltype(value.template known<0>())>;
    using R = decltype(f(std::declval<First>()));
    return detail::pick<0, R, is_moved>(f, value);
}

template <class... T>
bool operator==(const variant<T...>& one, const variant<T...>& other) {
    if (one.index() != other.index()) return false;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (... || (one.index() == I && one.template known<I>() == other.template known<I>()));
    }
    (std::index_sequence_for<T...>{});
}

template <class... T>
bool operator<(const variant<T...>& one, const variant<T...>& other) {
    if (one.index() != other.index()) return one.index() < other.index();
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (... || (one.index() == I && one.template known<I>() < other.template known<I>()));
    }
    (std::index_sequence_for<T...>{});
}

}  // namespace convene::small

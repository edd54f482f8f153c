/// Results that are a value or an error, and the one macro that passes an error on.
#pragma once

#include <tl/expected.hpp>
#include <utility>

namespace convene {

template <class T, class E>
using Expected = tl::expected<T, E>;
using tl::make_unexpected;

}  // namespace convene

/// `CONVENE_TRY(pdu, decode(bytes));` declares `pdu`, or returns the error from the enclosing function.
#define CONVENE_TRY(var, expr)                                              \
    auto var##_or = (expr);                                                 \
    if (!var##_or) return tl::make_unexpected(std::move(var##_or).error()); \
    auto& var = *var##_or
/// The same for what has no value worth a name.
#define CONVENE_TRY_ALONE(expr)                                                                \
    do {                                                                                       \
        if (auto tried = (expr); !tried) return tl::make_unexpected(std::move(tried).error()); \
    } while (false)

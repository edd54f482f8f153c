/// Builds one visitor for std::visit out of several lambdas.
#pragma once

namespace convene {

template <class... F>
struct overloaded : F... {
    using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

}  // namespace convene

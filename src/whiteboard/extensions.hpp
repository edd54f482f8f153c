/// What the standard left to manufacturers: how text travels.
#pragma once

#include <functional>
#include <optional>

#include "whiteboard/operation.hpp"
#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {

/// Functions that a room above may put in. Both must be pure: the same input gives the same output.
struct Extensions {
    /// CreateText, EditText, or DeleteObject of a text, as what a nonStandardPDU carries.
    std::function<std::optional<NonStandardParameter>(const Operation&)> encode;
    /// Nothing when it is not known.
    std::function<std::optional<Operation>(const NonStandardParameter&)> decode;
};

/// Text between nodes of this project: any script, of any length that the board's limits allow.
Extensions native_extensions();

}  // namespace convene::whiteboard

/// A slice over memory of its own, for octets that are about to be written.
#pragma once

#include "base/slice.hpp"

namespace convene::t123 {

/// The octets are uninitialised; `size` must have been checked against a limit.
inline Slice blank_slice(std::size_t size) { return Slice(SharedBuffer::create(size), 0, size); }

}  // namespace convene::t123

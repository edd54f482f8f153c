/// What undoes an operation.
#pragma once

#include <vector>

#include "whiteboard/board.hpp"

namespace convene::whiteboard {

/// To bring an object back to its place, those that lay above it are raised again, one by one; where there are more
/// than this, it comes back on top.
inline constexpr std::size_t kMaxRestacked = 256;

/// The operation that makes this object, whole. A picture that is still arriving is made of what has arrived.
Operation creation_of(ItemId id, const Object& object);

/// What makes `board`, on which `operation` is yet to be done, as it was afterwards; nothing when the operation does
/// nothing. What others do in between stays, where it is about something else.
std::vector<Operation> inverse_of(const Board& board, const Operation& operation);

}  // namespace convene::whiteboard

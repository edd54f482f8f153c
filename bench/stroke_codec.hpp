/// Strokes to the octets of the whiteboard and back: what a native program and WebAssembly are compared by.
#pragma once

#include <cstddef>

namespace convene::bench {

inline constexpr std::size_t kStrokePoints = 60;  ///< a second of a pointer at a screen's pace

/// Encodes so many strokes of a hand. Returns the octets of all, so that no compiler leaves out the work.
std::size_t encode_strokes(std::size_t count);
/// Decodes one stroke so many times. Returns the points of all.
std::size_t decode_strokes(std::size_t count);

}  // namespace convene::bench

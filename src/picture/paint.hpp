/// Draws a page of a whiteboard with Cairo.
#pragma once

#include <cairo.h>

#include <functional>
#include <map>
#include <optional>

#include "picture/raster.hpp"
#include "whiteboard/board.hpp"

namespace convene::picture {

/// The pixels of a picture's data; nothing when they cannot be made out, and the painter draws a crossed box.
using Decode = std::function<std::optional<Raster>(const whiteboard::Picture&)>;

/// The part of the page that holds its whole surface and everything on it that lies beyond, in workspace pixels.
/// Both corners belong to it. Objects are clipped to three times the page (T.126 §4: that far they may overhang).
whiteboard::Area extent_of(const whiteboard::Board& board, const whiteboard::Page& page);

/// Paints background and objects, the lowest first, one workspace pixel to one unit of `cairo`. Pointers are left out:
/// they say where somebody points now. T.126 §5.
void paint(cairo_t* cairo, const whiteboard::Board& board, const whiteboard::Page& page, const Decode& decode);

}  // namespace convene::picture

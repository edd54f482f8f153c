/// Pixels in memory: what the decoders make and the painter takes.
#pragma once

#include "pixels/raster.hpp"

namespace convene::picture {

using pixels::kMaxRasterPixels;
using pixels::opaque;
using pixels::Raster;

}  // namespace convene::picture

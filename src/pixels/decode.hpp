/// Makes pixels of those pictures on a whiteboard for which it takes no library. T.126 §6.
#pragma once

#include <optional>
#include <string>

#include "base/expected.hpp"
#include "pixels/raster.hpp"
#include "whiteboard/objects.hpp"

namespace convene::pixels {

/// `octets` is all of the data; sizes must have been checked against kMaxRasterPixels.
Expected<Raster, std::string> decode_uncompressed(const whiteboard::ColorMappingMode& mode, whiteboard::Extent size,
                                                  ByteView octets);

/// Group 4 of fax (T.6): 1 is black.
Expected<Raster, std::string> decode_group4(whiteboard::Extent size, ByteView octets);

/// NetMeeting's bitmaps; nothing for what is none.
std::optional<Expected<Raster, std::string>> decode_netmeeting(const whiteboard::PictureFormat& format,
                                                               ByteView octets);

}  // namespace convene::pixels

/// Makes pixels of the pictures on a whiteboard. T.126 §6.
#pragma once

#include <optional>
#include <string>

#include "base/expected.hpp"
#include "picture/raster.hpp"
#include "whiteboard/objects.hpp"

namespace convene::picture {

/// Uncompressed, T.4, T.6, JPEG and NetMeeting's bitmaps. The error says what is wrong, or that the format is not
/// understood; T.82 (JBIG) is not, as no library for it may be part of this program.
Expected<Raster, std::string> decode(const whiteboard::Picture& picture);

// Each by itself. `octets` is all of the data; sizes have been checked against kMaxRasterPixels.

/// Group 3 (`two_dimensional` or not) and group 4 of fax: 1 is black.
enum class FaxCoding { group3, group3_two_dimensional, group4 };
Expected<Raster, std::string> decode_fax(FaxCoding coding, whiteboard::Extent size, ByteView octets);
/// The size is the one that the data tells.
Expected<Raster, std::string> decode_jpeg(ByteView octets);

}  // namespace convene::picture

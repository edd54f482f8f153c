/// Makes the data of whiteboard pictures. T.126 §6.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "picture/raster.hpp"
#include "whiteboard/objects.hpp"

namespace convene::picture {

/// A picture for the whiteboard, complete, at (0,0): group 4 fax when every pixel is opaque black or white, JPEG
/// otherwise. What is translucent lies on white.
Expected<whiteboard::Picture, std::string> encode(const Raster& raster);

/// The octets of a JPEG file as they are, where every node can read them: baseline, 8 bits, grey or YCbCr. Nothing
/// otherwise; decode and encode it then.
std::optional<whiteboard::Picture> adopt_jpeg(ByteView file);

/// How such a picture says what it is.
inline std::shared_ptr<const whiteboard::PictureFormat> format_of(whiteboard::BitmapFormatHeader header) {
    whiteboard::PictureFormat format;
    format.header = std::move(header);
    return std::make_shared<const whiteboard::PictureFormat>(std::move(format));
}

Expected<Bytes, std::string> encode_jpeg(const Raster& raster, int quality);
Expected<Bytes, std::string> encode_group4(const Raster& raster);

}  // namespace convene::picture

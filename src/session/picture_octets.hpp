/// Pictures between a page, which has pixels and JPEG, and the whiteboard, which has the formats of T.126 §6.
#pragma once

#include <optional>
#include <string>

#include "session/json_reader.hpp"
#include "whiteboard/objects.hpp"

namespace convene::session {

/// What the page says of octets that it gives:
/// - {format: "jpeg", width, height, box}: a baseline JPEG file in YCbCr;
/// - {format: "rgb", …}: three octets for a pixel;
/// - {format: "palette", colors: [0xRRGGBB …], …}: one octet for a pixel, an index of 1 to 256 colours.
/// Rows from the top. Nothing when that is not so.
std::optional<whiteboard::Picture> read_picture(const JsonValue& said, ByteView octets);

/// A page has little memory; a picture with more pixels is not shown, unless it is JPEG, which the browser decodes.
inline constexpr std::uint64_t kMostShownPixels = std::uint64_t{4096} * 4096;

/// A picture as a page can show it.
struct PictureOctets {
    bool is_jpeg = false;     ///< a file; else pixels, each R, G, B, A
    std::uint32_t width = 0;  ///< of pixels
    std::uint32_t height = 0;
    Bytes octets;
};
/// Nothing for one that is not complete, or in a format that is not understood.
std::optional<PictureOctets> show_picture(const whiteboard::Picture& picture);

}  // namespace convene::session

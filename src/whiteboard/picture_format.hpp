/// How the data of a picture is to be read.
#pragma once

#include "whiteboard/attributes.hpp"
#include "whiteboard/bitmap_format.hpp"

namespace convene::whiteboard {

/// What never changes about a picture, as its creator sent it. T.126 §6.
struct PictureFormat {
    BitmapFormatHeader header{};
    PixelAspectRatio aspect_ratio{};
    std::optional<TransparencyMask> mask{};
    /// Of the creation: formats that T.126 does not know are described here. Their pieces are small
    /// (kMaxForeignPiece), as their inventors want them.
    NonStandardParameters extras{};

    friend bool operator==(const PictureFormat&, const PictureFormat&) = default;
};

/// Octets of a picture with extras in one PDU: NetMeeting's bound.
inline constexpr std::size_t kMaxForeignPiece = 2000;

}  // namespace convene::whiteboard

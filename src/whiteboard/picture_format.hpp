/// How the data of a picture is to be read.
#pragma once

#include "base/bytes.hpp"

namespace convene::whiteboard {

/// T.126 §6.
struct PictureFormat {
    enum class Kind : unsigned char { uncompressed, t4, t6, jpeg, jbig, non_standard };
    Kind kind = Kind::jpeg;
    Bytes details;  ///< the header as its creator sent it

    friend bool operator==(const PictureFormat&, const PictureFormat&) = default;
};

}  // namespace convene::whiteboard

/// What a pointer looks like on boards that show its picture.
#pragma once

#include "whiteboard/objects.hpp"

namespace convene::whiteboard {

/// A black arrow, 16 by 16 pixels, that points to its upper left corner; outside of it transparent. T.126 §6.2
Picture pointer_picture();

}  // namespace convene::whiteboard

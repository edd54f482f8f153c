/// Text for every whiteboard in the conference: in NetMeeting's form wherever that says all of it.
#pragma once

#include "whiteboard/extensions.hpp"

namespace convene::netmeeting {

/// Writes MSTextPDU whenever reading it gives the same operation again, and whiteboard::native_extensions() for the
/// rest: other scripts than the Western ones, lines or names of fonts that are too long, a pen that is transparent. So
/// an operation travels once, in one form, and all nodes of this project have the same text. Reads both.
///
/// A fill of NetMeeting's that is black or has the colour of the pen means none: its field is never left out.
whiteboard::Extensions whiteboard_extensions();

}  // namespace convene::netmeeting

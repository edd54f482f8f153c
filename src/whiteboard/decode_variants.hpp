/// PDUs as peers write them whose module differs from ours where the published copies disagree. Only for codec.cpp.
///
/// Each function reads a whole PDU in one such way; nothing when it is another PDU, or when it does not come out even.
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::whiteboard {

/// True when reading ended at bit `position` of `octets`: what is left is less than an octet, and zero.
bool ends_at(ByteView octets, std::size_t position);

/// A drawingEdit that has no rotation and one list of points in place of edits at several places: the list is taken to
/// start at the first point.
std::optional<DrawingEditPdu> as_edit_without_rotation(ByteView octets);

/// A drawingCreate, drawingEdit or bitmapEdit whose zOrder is a number of 16 bits: 0 is the front, all else the back.
std::optional<SiPdu> as_numbered_z_order(ByteView octets);

/// What an edit says before a zOrder that nobody here can read: the attributes before it. Nothing when there are none;
/// what comes after, the anchor too, is lost.
std::optional<SiPdu> as_edit_up_to_z_order(ByteView octets);

/// Whether a key gives this character: no half of a pair, nothing that Unicode keeps free, and of the control
/// characters those that keyboards have.
bool is_key_character(char16_t unit);

/// Settles how a remoteKeyboardEvent with a character was meant. X.691 does not align a string of 16 bits, some
/// encoders do. Unaligned it is when zeros fill its last octet and the character is one that a key gives; otherwise
/// aligned, if that gives such a character. Nothing when neither can be meant.
std::optional<RemoteKeyboardEventPdu> with_character_settled(ByteView octets);

}  // namespace convene::whiteboard

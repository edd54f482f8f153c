/// How much a board takes. Every node of a conference is to have the same: what one refuses all refuse.
#pragma once

#include <cstddef>
#include <cstdint>

namespace convene::whiteboard {

struct BoardLimits {
    std::size_t max_pages = 256;
    std::size_t max_objects_per_page = 32'768;
    std::size_t max_octets = std::size_t{256} << 20;         ///< of all objects together
    std::size_t max_picture_octets = std::size_t{32} << 20;  ///< of one picture's data
    std::uint64_t max_picture_pixels = std::uint64_t{100} * 1000 * 1000;
    std::size_t max_points = 65'536;  ///< of one drawing; its edits count with 16 bits
    std::size_t max_text_octets = 65'536;
    std::size_t max_views_per_page = 64;
    std::size_t max_pointers = 1024;
    std::size_t max_pointer_octets = 65'536;  ///< 128 by 128 in true colour
};

enum class RefusalReason : std::uint8_t {
    too_many_pages,
    too_many_objects,
    board_full,         ///< max_octets
    picture_too_large,  ///< by its size or its data
    drawing_too_long,
    text_too_long,
    too_many_views,
    too_many_pointers,
    plane_protected,
    conducted,         ///< the conductor has not permitted it
    too_much_waiting,  ///< too much of this user's has not come back yet
    cannot_be_said,    ///< in no PDU
    no_handle,         ///< the registry has not answered yet
    nothing_there,     ///< what it is about does not exist
    not_this_kind,     ///< of object
};

}  // namespace convene::whiteboard

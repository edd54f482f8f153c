/// The named types of each module. Within the room only.
#pragma once

#include <span>

#include "catalogue/type_entry.hpp"

namespace convene::catalogue {

std::span<const TypeEntry> mcs_types();
std::span<const TypeEntry> mcs3_types();
std::span<const TypeEntry> map_types();
std::span<const TypeEntry> gcc_element_types();  ///< part 1 of GCC-PROTOCOL: what messages are made of
std::span<const TypeEntry> gcc_pdu_types();      ///< parts 2 to 5
std::span<const TypeEntry> chat_types();
std::span<const TypeEntry> si_types();      ///< SI-PROTOCOL up to what bitmaps are made of
std::span<const TypeEntry> si_pdu_types();  ///< and its PDUs with their parts
std::span<const TypeEntry> mbft_types();

}  // namespace convene::catalogue

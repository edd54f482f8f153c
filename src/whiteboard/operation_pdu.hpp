/// Operations as the PDUs of T.126, and back.
#pragma once

#include <optional>
#include <vector>

#include "whiteboard/extensions.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::whiteboard {

/// The PDUs that say it, to be sent in this order: one, but for drawings with more points than one holds, of which the
/// others follow as edits. What is outside the ranges of T.126 is brought inside. A picture's data must fit one PDU
/// (see PictureParts). None for text that the extensions cannot write.
std::vector<SiPdu> to_pdus(const Operation& operation, const Extensions& extensions);

/// Nothing for a PDU that changes no board, or in a way that is not known here.
std::optional<Operation> to_operation(const SiPdu& pdu, const Extensions& extensions);

/// An entry of our own in a list of extras: a number that T.126 has no field for.
NonStandardParameter own_number(std::string_view name, std::uint64_t value, unsigned octets);
std::optional<std::uint64_t> find_own_number(const std::optional<NonStandardParameters>& list, std::string_view name);

}  // namespace convene::whiteboard

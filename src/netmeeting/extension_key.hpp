/// The H.221 keys of NetMeeting's extensions to T.126: a country, a manufacturer, a name.
#pragma once

#include <string_view>

#include "whiteboard/si_types.hpp"

namespace convene::netmeeting {

/// B5 00, the manufacturer's two octets, `name`, 00. They are published as hexadecimal digits, odd in number, with the
/// manufacturer's octets this way round in one key and that way in the other.
whiteboard::NonStandardIdentifier extension_key(std::uint16_t manufacturer, std::string_view name);

/// True for a key of this name, with the manufacturer's octets either way round, with or without the zero at the end.
bool is_extension_key(const whiteboard::NonStandardIdentifier& key, std::string_view name);

}  // namespace convene::netmeeting

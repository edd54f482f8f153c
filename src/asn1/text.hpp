/// A value as indented text for people, from its JSON form.
#pragma once

#include <cstddef>
#include <string>

#include "asn1/json_node.hpp"

namespace convene::asn1 {

struct TextOptions {
    std::size_t indent = 2;           ///< columns per level
    std::size_t most_characters = 0;  ///< longer strings are cut, with their size behind; 0 cuts nothing
};

/// One line for each member, `name: value`; lists of plain values and empty ones on the line of their name, elements of
/// other lists after a dash. Ends with a line feed. A CHOICE reads as its alternative's name before the value.
std::string to_text(const Json& value, const TextOptions& options = {});

}  // namespace convene::asn1

/// Names that people give themselves, made fit to be shown to others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convene::admission {

/// Without blanks around it. Nothing when that is empty, too long, no UTF-8, or has control characters: those of
/// Unicode that change the direction of text count as such, since a name could look like another's.
std::optional<std::string> person_name(std::string_view text);

}  // namespace convene::admission

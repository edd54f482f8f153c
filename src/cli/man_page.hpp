/// The manual page of the program, generated from the tree of options.
#pragma once

#include <string>

#include "cli/command_line.hpp"

namespace convene::cli {

/// convene.1, in the man macros of troff.
std::string man_page(CommandLine& line);

}  // namespace convene::cli

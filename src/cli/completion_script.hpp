/// Completion for shells, generated from the tree of options.
#pragma once

#include <string>

#include "cli/command_line.hpp"

namespace convene::cli {

std::string bash_completion(CommandLine& line);
std::string zsh_completion(CommandLine& line);
std::string fish_completion(CommandLine& line);

}  // namespace convene::cli

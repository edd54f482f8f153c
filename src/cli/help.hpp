/// The help of the program and of each subcommand: examples first.
#pragma once

#include <string>

#include "cli/command_line.hpp"

namespace convene::cli {

/// Of the program as a whole.
std::string help_of(const CommandLine& line, const CLI::App& app, const Context& context);
/// Of one subcommand.
std::string help_of(const Command& command, const CLI::App& app, const Context& context);

/// Breaks `text` at spaces into lines of at most `width` columns, each indented by `indent`; no line feed at the end.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 100);

}  // namespace convene::cli

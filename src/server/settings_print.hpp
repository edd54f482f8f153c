/// The settings table as text: the file in force, an example file, the reference.
#pragma once

#include <map>
#include <string>

#include "server/settings.hpp"

namespace convene::server {

/// A TOML file that says the same as `settings`; the origins of values, if given, stand behind them as comments.
std::string settings_as_toml(const Settings& settings, const std::map<std::string, std::string>& origins = {});

/// The file that is installed: every key with its sentence, default and range, commented out.
std::string example_toml();

/// A Markdown table of every key with flag, variable, default and sentence.
std::string settings_reference();

}  // namespace convene::server

/// Puts the settings of a server together: defaults, then file, then environment, then flags.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/settings.hpp"
#include "server/settings_file.hpp"

namespace convene::server {

inline constexpr const char* kConfigFile = "/etc/convene/convene.toml";

/// Where settings come from.
struct SettingSources {
    /// A file that must exist; without one, kConfigFile is read if it is there. Files conf.d/*.toml beside it follow.
    std::optional<std::string> file;
    /// What the command line said: flag with its dashes ("--listen") and value, in order. A list flag given several
    /// times adds up.
    std::vector<std::pair<std::string, std::string>> flags;
    /// nullptr for a variable that is not set; by default the environment of the process.
    std::function<const char*(const char*)> variable;
};

struct LoadedSettings {
    Settings settings;
    std::vector<ConfigProblem> problems;         ///< empty: the settings may be used
    std::map<std::string, std::string> origins;  ///< "limits.users" → "convene.toml:3:1"; absent: the default
};

LoadedSettings load_settings(const SettingSources& sources);

/// Secrets and cross checks: listen addresses parse, conference names differ, password files can be read.
std::vector<ConfigProblem> check_settings(const Settings& settings);

/// First line of a file, for passwords.
Expected<std::string, std::string> read_secret(const std::string& path);

/// The keys, such as "server.listen", in which the two differ and which need a restart.
std::vector<std::string> keys_needing_restart(const Settings& before, const Settings& after);

}  // namespace convene::server

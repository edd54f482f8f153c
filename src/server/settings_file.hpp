/// Reads settings from TOML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/settings.hpp"

namespace convene::server {

/// What is wrong with a configuration, and where: "convene.toml:3:1" or "--listen".
struct ConfigProblem {
    std::string where;
    std::string text;  ///< a sentence

    friend bool operator==(const ConfigProblem&, const ConfigProblem&) = default;
};

/// A setting that a file gave.
struct FileSetting {
    std::string key;    ///< "limits.connections"
    std::string where;  ///< "convene.toml:3:1"
};

/// Lays what `text` says over `settings`; [[conference]] entries are appended. Everything that is wrong is reported,
/// not only the first thing.
std::vector<ConfigProblem> read_toml(std::string_view text, const std::string& file_name, Settings& settings,
                                     std::vector<FileSetting>* given = nullptr);

}  // namespace convene::server

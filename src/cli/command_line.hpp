/// The tree of options and subcommands that parsing, help, completion and the man page are all made from.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "cli/command.hpp"

namespace convene::cli {

/// What every subcommand takes.
struct CommonOptions {
    bool json = false;
    bool plain = false;
    bool no_color = false;
    bool no_input = false;
    bool version = false;
};

/// Knows which CLI11 subcommand belongs to which command.
class CommandLine {
public:
    CommandLine();

    CLI::App& app() { return app_; }
    const Commands& commands() const { return commands_; }
    const CommonOptions& common() const { return common_; }
    /// The subcommand of that name, or null.
    Command* find(std::string_view name) const;
    /// The subcommand that was parsed, or null.
    Command* chosen() const;

private:
    CLI::App app_;
    Commands commands_;
    CommonOptions common_;
};

/// Options as their users see them, taken out of CLI11.
struct OptionText {
    std::vector<std::string> names;  ///< with dashes; of a positional, its name alone
    std::string value;               ///< what stands behind it, such as "FILE"; empty for a flag
    std::string description;
    std::string group;  ///< heading
    bool positional = false;
    bool required = false;
    bool several = false;
    std::vector<std::string> choices;  ///< the allowed values, where there are few
};
std::vector<OptionText> options_of(const CLI::App& app);
/// "convene probe [OPTIONS] HOST"
std::string usage_of(const CLI::App& app);

}  // namespace convene::cli

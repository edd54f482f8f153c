#include "cli/command_line.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace convene::cli {

Commands make_commands() {
    Commands out;
    for (auto make :
         {make_serve, make_query, make_join, make_create, make_invite, make_eject, make_lock, make_end, make_whiteboard,
          make_send, make_receive, make_probe, make_dissect, make_admin, make_config, make_completion, make_man})
        out.push_back(make());
    return out;
}

CommandLine::CommandLine() : app_("T.120 data conferencing on port 1503", "convene"), commands_(make_commands()) {
    app_.fallthrough();
    app_.set_help_flag("-h,--help", "Show this help");
    app_.add_flag("--version", common_.version, "Show the version");
    app_.add_flag("--json", common_.json, "Results as JSON, one value a line");
    app_.add_flag("--plain", common_.plain, "Results without decoration, for other programs");
    app_.add_flag("--no-color", common_.no_color, "No colour; the same as the environment variable NO_COLOR");
    app_.add_flag("--no-input", common_.no_input, "Never ask anything");
    app_.require_subcommand(0, 1);
    for (const auto& command : commands_) {
        CLI::App* sub = app_.add_subcommand(std::string(command->text().name), std::string(command->text().summary));
        command->declare(*sub);
    }
}

Command* CommandLine::find(std::string_view name) const {
    for (const auto& command : commands_)
        if (command->text().name == name) return command.get();
    return nullptr;
}

Command* CommandLine::chosen() const {
    const auto parsed = app_.get_subcommands();
    return parsed.empty() ? nullptr : find(parsed.front()->get_name());
}

namespace {

/// "{a,b,c}" as CLI11 writes the allowed values behind the name of the type.
std::vector<std::string> choices_in(std::string& type) {
    std::vector<std::string> out;
    const auto begin = type.find('{');
    const auto end = type.find('}');
    if (begin == std::string::npos || end == std::string::npos) return out;
    std::string list = type.substr(begin + 1, end - begin - 1);
    type.erase(begin > 0 && type[begin - 1] == ':' ? begin - 1 : begin);
    for (std::size_t at = 0; at <= list.size();) {
        const auto comma = std::min(list.find(',', at), list.size());
        out.push_back(list.substr(at, comma - at));
        at = comma + 1;
    }
    return out;
}

}  // namespace

std::vector<OptionText> options_of(const CLI::App& app) {
    std::vector<OptionText> out;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;  // hidden
        OptionText text;
        text.description = option->get_description();
        text.group = option->get_group();
        text.required = option->get_required();
        text.several = option->get_expected_max() > 1;
        text.positional = option->get_positional();
        if (text.positional) {
            text.names.push_back(option->get_name(true, false));
        } else {
            for (const std::string& name : option->get_snames()) text.names.push_back("-" + name);
            for (const std::string& name : option->get_lnames()) text.names.push_back("--" + name);
        }
        if (option->get_type_size() != 0 || text.positional) {
            text.value = option->get_type_name();
            text.choices = choices_in(text.value);
        }
        out.push_back(std::move(text));
    }
    return out;
}

std::string usage_of(const CLI::App& app) {
    std::string out = app.get_parent() == nullptr ? "convene" : "convene " + app.get_name();
    out += " [OPTIONS]";
    if (app.get_parent() == nullptr) out += " COMMAND";
    for (const OptionText& option : options_of(app)) {
        if (!option.positional) continue;
        std::string name = option.names.front() + (option.several ? "..." : "");
        out += option.required ? " " + name : " [" + name + "]";
    }
    return out;
}

}  // namespace convene::cli

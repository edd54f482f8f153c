#include "server/settings_load.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "base/digits.hpp"
#include "io/endpoint.hpp"
#include "server/settings_table.hpp"
#include "server/web_settings.hpp"

namespace convene::server {

namespace fs = std::filesystem;

namespace {

std::string key_of(const SettingRow<Settings>& row) { return std::string(row.section) + "." + std::string(row.name); }

void read_file(const std::string& path, LoadedSettings& loaded) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        loaded.problems.push_back(ConfigProblem{path, "cannot be read: " + std::generic_category().message(errno)});
        return;
    }
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    std::vector<FileSetting> given;
    auto problems = read_toml(text, path, loaded.settings, &given);
    loaded.problems.insert(loaded.problems.end(), problems.begin(), problems.end());
    for (auto& setting : given) loaded.origins[setting.key] = setting.where;
}

void read_files(const SettingSources& sources, LoadedSettings& loaded) {
    std::error_code error;
    const std::string main_file = sources.file.value_or(kConfigFile);
    if (!sources.file && !fs::exists(main_file, error)) return;
    read_file(main_file, loaded);
    std::vector<std::string> more;
    for (fs::directory_iterator entry(fs::path(main_file).parent_path() / "conf.d", error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".toml") more.push_back(entry->path().string());
    std::sort(more.begin(), more.end());
    for (const auto& path : more) read_file(path, loaded);
}

void set(const SettingRow<Settings>& row, std::string_view text, const std::string& where, LoadedSettings& loaded) {
    const auto done = set_from_text(row, loaded.settings, text);
    if (!done) loaded.problems.push_back(ConfigProblem{where, done.error()});
    loaded.origins[key_of(row)] = where;
}

void read_flags(const SettingSources& sources, LoadedSettings& loaded) {
    std::map<std::string, std::string> joined;  // a repeated list flag is one list
    for (const auto& [flag, value] : sources.flags) {
        const auto row = std::find_if(settings_table().begin(), settings_table().end(),
                                      [&name = flag](const auto& candidate) { return flag_of(candidate) == name; });
        if (row == settings_table().end()) {
            loaded.problems.push_back(ConfigProblem{flag, "is no setting"});
            continue;
        }
        const bool is_list = std::holds_alternative<std::vector<std::string> Settings::*>(row->field);
        auto& text = joined[flag];
        text = is_list && !text.empty() ? text + "," + value : value;
        set(*row, text, flag, loaded);
    }
}

void check_web(const Settings& settings, std::vector<ConfigProblem>& problems) {
    for (const auto& listen : settings.web_listen)
        if (const auto parsed = io::parse_listen(listen, kWebPort); !parsed)
            problems.push_back(ConfigProblem{"web.listen", parsed.error()});
    for (const auto& listen : settings.web_plain_listen) {
        const auto parsed = io::parse_listen(listen, kWebPort);
        if (!parsed) problems.push_back(ConfigProblem{"web.plain_listen", parsed.error()});
        if (parsed && !std::all_of(parsed->begin(), parsed->end(),
                                   [](const auto& endpoint) { return endpoint.address().is_loopback(); }))
            problems.push_back(ConfigProblem{"web.plain_listen",
                                             "\"" + listen +
                                                 "\" is no loopback address, and without TLS anybody on the way could "
                                                 "read and change everything; use web.listen"});
    }
    // It becomes part of a header, where these would begin something else.
    if (settings.web_frame_ancestors.empty() ||
        settings.web_frame_ancestors.find_first_of(";,\r\n") != std::string::npos)
        problems.push_back(
            ConfigProblem{"web.frame_ancestors", "must be 'none', 'self' or origins separated by spaces"});
}

}  // namespace

LoadedSettings load_settings(const SettingSources& sources) {
    LoadedSettings loaded;
    read_files(sources, loaded);
    for (const auto& row : settings_table()) {
        const std::string name = variable_of(row);
        const char* value = sources.variable ? sources.variable(name.c_str()) : std::getenv(name.c_str());
        if (value != nullptr) set(row, value, name, loaded);
    }
    read_flags(sources, loaded);
    if (loaded.problems.empty()) loaded.problems = check_settings(loaded.settings);
    return loaded;
}

Expected<std::string, std::string> read_secret(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    if (!in) return make_unexpected("cannot read " + path + ": " + std::generic_category().message(errno));
    std::getline(in, line);
    while (line.ends_with('\r') || line.ends_with(' ')) line.pop_back();
    if (line.empty()) return make_unexpected(path + " has no password in its first line");
    return line;
}

std::vector<ConfigProblem> check_settings(const Settings& settings) {
    std::vector<ConfigProblem> problems;
    const auto digits = [](const std::string& text) { return (text.empty() || is_digits(text)) && text.size() <= 255; };
    if (settings.listen.empty()) problems.push_back(ConfigProblem{"server.listen", "names no address"});
    for (const auto& listen : settings.listen)
        if (const auto parsed = io::parse_listen(listen); !parsed)
            problems.push_back(ConfigProblem{"server.listen", parsed.error()});
    check_web(settings, problems);
    if (!digits(settings.default_number))
        problems.push_back(ConfigProblem{"conferences.default_number", "must consist of digits"});

    if (settings.flow_low.value >= settings.flow_high.value)
        problems.push_back(ConfigProblem{"mcs.flow_low", "must be less than mcs.flow_high"});

    std::set<std::string> names;
    if (!settings.default_name.empty()) names = {"name " + settings.default_name, "number " + settings.default_number};
    for (const auto& conference : settings.conferences) {
        const std::string where =
            "conference \"" + (conference.name.empty() ? conference.number : conference.name) + "\"";
        if (!digits(conference.number)) problems.push_back(ConfigProblem{where, "the number must consist of digits"});
        if ((!conference.name.empty() && !names.insert("name " + conference.name).second) ||
            (!conference.number.empty() && !names.insert("number " + conference.number).second))
            problems.push_back(ConfigProblem{where, "has the same name or number as another one"});
        for (const auto& file : {conference.password_file, conference.convener_password_file})
            if (!file.empty())
                if (const auto secret = read_secret(file); !secret)
                    problems.push_back(ConfigProblem{where, secret.error()});
    }
    for (const auto& hook : settings.webhooks)
        if (hook.rfind("http://", 0) != 0 && hook.rfind("https://", 0) != 0)
            problems.push_back(
                ConfigProblem{"web.webhooks", "\"" + hook + "\" begins with neither http:// nor https://"});
    if (!settings.webhooks.empty() && settings.webhook_secret_file.empty())
        problems.push_back(ConfigProblem{"web.webhook_secret_file", "is needed where there are webhooks"});
    for (const auto& [key, file] : {std::pair("web.webhook_secret_file", settings.webhook_secret_file),
                                    std::pair("web.admin_token_file", settings.web_admin_token_file)})
        if (!file.empty())
            if (const auto secret = read_secret(file); !secret) problems.push_back(ConfigProblem{key, secret.error()});
    return problems;
}

std::vector<std::string> keys_needing_restart(const Settings& before, const Settings& after) {
    std::vector<std::string> keys;
    for (const auto& row : settings_table())
        if (row.reload == Reload::needs_restart && value_text(row, before) != value_text(row, after))
            keys.push_back(key_of(row));
    return keys;
}

}  // namespace convene::server

#include "server/settings_print.hpp"

#include "server/settings_table.hpp"

namespace convene::server {

namespace {

constexpr std::size_t kWidth = 100;  // of comment lines

std::string comment(std::string_view text) {
    std::string out, line = "#";
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto word = text.substr(0, space);
        if (line.size() + 1 + word.size() > kWidth) {
            out += line + "\n";
            line = "#";
        }
        line += " " + std::string(word);
        text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    }
    return out + line + "\n";
}

template <class Owner>
std::string allowed(const SettingRow<Owner>& row) {
    if (!row.choices.empty()) {
        std::string out;
        for (char c : row.choices) out += c == '|' ? std::string(", ") : std::string(1, c);
        return out;
    }
    const bool bounded = row.max != SettingRow<Owner>{}.max;
    if (std::holds_alternative<std::uint64_t Owner::*>(row.field) && bounded)
        return std::to_string(row.min) + " to " + std::to_string(row.max);
    if (std::holds_alternative<ByteSize Owner::*>(row.field) && bounded)
        return to_text(ByteSize{row.min}) + " to " + to_text(ByteSize{row.max});
    if (std::holds_alternative<Milliseconds Owner::*>(row.field) && bounded)
        return to_text(Milliseconds(row.min)) + " to " + to_text(Milliseconds(row.max));
    return "";
}

template <class Owner>
std::string described(const SettingRow<Owner>& row) {
    std::string out(row.sentence);
    if (const auto values = allowed(row); !values.empty()) out += " Allowed: " + values + ".";
    if (row.reload == Reload::needs_restart) out += " A change needs a restart.";
    return out;
}

}  // namespace

std::string settings_as_toml(const Settings& settings, const std::map<std::string, std::string>& origins) {
    std::string out;
    std::string_view section;
    for (const auto& row : settings_table()) {
        if (row.section != section) out += (out.empty() ? "[" : "\n[") + std::string(row.section) + "]\n";
        section = row.section;
        out += std::string(row.name) + " = " + value_text(row, settings);
        const auto origin = origins.find(std::string(row.section) + "." + std::string(row.name));
        if (origin != origins.end()) out += "  # " + origin->second;
        out += "\n";
    }
    for (const auto& conference : settings.conferences) {
        out += "\n[[conference]]\n";
        for (const auto& row : conference_settings_table())
            out += std::string(row.name) + " = " + value_text(row, conference) + "\n";
    }
    return out;
}

std::string example_toml() {
    std::string out =
        "# Configuration of convene serve. Every key stands here with its default; remove the # to change it.\n"
        "# The environment (CONVENE_SECTION_KEY) goes over this file, flags go over both.\n"
        "# `convene serve --check-config` tells what is wrong, `convene config show` what is in force.\n";
    const Settings defaults;
    std::string_view section;
    for (const auto& row : settings_table()) {
        if (row.section != section) out += "\n[" + std::string(row.section) + "]\n";
        section = row.section;
        out += "\n" + comment(described(row)) + "#" + std::string(row.name) + " = " + value_text(row, defaults) + "\n";
    }
    out += "\n# Conferences that always exist. Repeat the block for each.\n#[[conference]]\n";
    for (const auto& row : conference_settings_table())
        out += "\n" + comment(described(row)) + "#" + std::string(row.name) + " = " +
               value_text(row, ConferenceSettings{}) + "\n";
    return out;
}

std::string settings_reference() {
    std::string out = "| key | default | flag | environment | meaning |\n|---|---|---|---|---|\n";
    const auto cell = [](std::string text) {
        for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
        return text;
    };
    for (const auto& row : settings_table())
        out += "| `" + std::string(row.section) + "." + std::string(row.name) + "` | `" + value_text(row, Settings{}) +
               "` | `" + flag_of(row) + "` | `" + variable_of(row) + "` | " + cell(described(row)) + " |\n";
    out += "\nEach `[[conference]]`:\n\n| key | default | meaning |\n|---|---|---|\n";
    for (const auto& row : conference_settings_table())
        out += "| `" + std::string(row.name) + "` | `" + value_text(row, ConferenceSettings{}) + "` | " +
               cell(described(row)) + " |\n";
    return out;
}

}  // namespace convene::server

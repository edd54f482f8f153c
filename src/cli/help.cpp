#include "cli/help.hpp"

#include <algorithm>

namespace convene::cli {
namespace {

constexpr std::size_t kMargin = 2;
constexpr std::size_t kWidestFirst = 34;  // a longer first column pushes its text to the next line

void add_heading(std::string& out, const Context& context, std::string_view text) {
    if (!out.empty()) out += '\n';
    out += styled(context, Style::bold, std::string(text) + ":") + "\n";
}

struct Row {
    std::string first;
    std::string second;
};

void add_rows(std::string& out, const std::vector<Row>& rows) {
    std::size_t column = 0;
    for (const Row& row : rows)
        if (row.first.size() <= kWidestFirst) column = std::max(column, row.first.size());
    column += 2 * kMargin;
    for (const Row& row : rows) {
        out += std::string(kMargin, ' ') + row.first;
        if (row.second.empty()) {
            out += '\n';
            continue;
        }
        const std::size_t used = kMargin + row.first.size();
        std::string text = wrapped(row.second, column);
        if (used + kMargin > column) {
            out += '\n' + text + '\n';
        } else {
            out += std::string(column - used, ' ') + text.substr(column) + '\n';
        }
    }
}

std::string first_column(const OptionText& option) {
    std::string out;
    for (const std::string& name : option.names) out += (out.empty() ? "" : ", ") + name;
    if (option.names.size() == 1 && option.names[0].starts_with("--")) out = "    " + out;
    if (!option.positional && !option.value.empty()) out += " " + option.value;
    return out;
}

std::string second_column(const OptionText& option) {
    std::string out = option.description;
    if (option.choices.empty()) return out;
    out += ": ";
    for (std::size_t i = 0; i < option.choices.size(); ++i) out += (i > 0 ? ", " : "") + option.choices[i];
    return out;
}

void add_examples(std::string& out, std::span<const Example> examples, const Context& context) {
    add_heading(out, context, "Examples");
    std::vector<Row> rows;
    for (const Example& example : examples)
        rows.push_back({"convene " + std::string(example.line), std::string(example.what)});
    add_rows(out, rows);
}

void add_options(std::string& out, const CLI::App& app, const Context& context) {
    std::vector<std::string> groups;
    const auto options = options_of(app);
    std::vector<Row> arguments;
    for (const OptionText& option : options) {
        if (option.positional)
            arguments.push_back({first_column(option), second_column(option)});
        else if (std::find(groups.begin(), groups.end(), option.group) == groups.end())
            groups.push_back(option.group);
    }
    if (!arguments.empty()) {
        add_heading(out, context, "Arguments");
        add_rows(out, arguments);
    }
    for (const std::string& group : groups) {
        add_heading(out, context, group);
        std::vector<Row> rows;
        for (const OptionText& option : options)
            if (!option.positional && option.group == group)
                rows.push_back({first_column(option), second_column(option)});
        add_rows(out, rows);
    }
}

void add_exit_codes(std::string& out, const Context& context) {
    add_heading(out, context, "Exit codes");
    std::vector<Row> rows;
    for (const auto& [code, meaning] : kExitCodes) rows.push_back({std::to_string(to_int(code)), std::string(meaning)});
    add_rows(out, rows);
}

constexpr Example kHelpExamples[] = {
    {"serve", "a server on this machine, for a first look"},
    {"join localhost", "into its conference, from another terminal"},
    {"query meet.example.org", "which conferences there are"},
    {"probe 192.0.2.7", "what listens on port 1503 there"},
};

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
    std::string out(indent, ' ');
    std::size_t column = indent;
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(" \n");
        const std::string_view word = text.substr(0, end);
        if (!first && column + 1 + word.size() > width) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
            first = true;
        }
        if (!first) out += ' ', ++column;
        out += word;
        column += word.size();
        first = false;
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') {
            out += '\n' + std::string(indent, ' ');
            column = indent;
            first = true;
        }
        text.remove_prefix(end + 1);
    }
    return out;
}

std::string help_of(const CommandLine& line, const CLI::App& app, const Context& context) {
    std::string out = "convene: T.120 data conferencing on port 1503\n";
    add_examples(out, kHelpExamples, context);
    add_heading(out, context, "Usage");
    out += "  " + usage_of(app) + "\n";
    add_heading(out, context, "Commands");
    std::vector<Row> rows;
    for (const auto& command : line.commands())
        rows.push_back({std::string(command->text().name), std::string(command->text().summary)});
    add_rows(out, rows);
    add_options(out, app, context);
    add_exit_codes(out, context);
    out += "\n`convene COMMAND --help` tells more about a command.\n";
    return out;
}

std::string help_of(const Command& command, const CLI::App& app, const Context& context) {
    const CommandText& text = command.text();
    std::string out = "convene " + std::string(text.name) + ": " + std::string(text.summary) + "\n";
    add_examples(out, text.examples, context);
    add_heading(out, context, "Usage");
    out += "  " + usage_of(app) + "\n";
    if (!text.description.empty()) out += "\n" + wrapped(text.description, 0) + "\n";
    add_options(out, app, context);
    if (const CLI::App* parent = app.get_parent()) {
        std::vector<Row> rows;
        for (const OptionText& option : options_of(*parent))
            if (option.names.back() != "--help") rows.push_back({first_column(option), second_column(option)});
        add_heading(out, context, "Options of every command");
        add_rows(out, rows);
    }
    add_exit_codes(out, context);
    return out;
}

}  // namespace convene::cli

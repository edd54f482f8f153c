#include "cli/run.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "cli/command_line.hpp"
#include "cli/help.hpp"
#include "server/settings_table.hpp"

namespace convene::cli {
namespace {

std::string_view text_of_variable(const Streams& streams, const char* name) {
    const char* value = streams.variable(name);
    return value == nullptr ? std::string_view{} : std::string_view(value);
}

Context make_context(Streams& streams, const CommonOptions& common) {
    Context out{streams, common.json, common.plain, false, !common.no_input, streams.out, streams.err};
    out.color = streams.out_is_terminal && !common.no_color && !common.plain && !common.json &&
                text_of_variable(streams, "NO_COLOR").empty() && text_of_variable(streams, "TERM") != "dumb";
    return out;
}

void suggest(const Context& context, std::string_view word, const std::vector<std::string_view>& names) {
    const std::string_view near = server::nearest(word, names);
    if (!near.empty()) hint(context, "did you mean " + std::string(near) + "?");
}

ExitCode on_unexpected(CommandLine& line, const Context& context) {
    CLI::App* app = &line.app();
    if (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    const auto extras = line.app().remaining(true);
    const std::string word = extras.empty() ? std::string() : extras.front();
    std::vector<std::string_view> names;
    std::vector<OptionText> options = options_of(line.app());
    if (app != &line.app())
        for (OptionText& option : options_of(*app)) options.push_back(std::move(option));
    if (word.starts_with("-")) {
        const std::string name = word.substr(0, word.find('='));
        complain(context, "there is no option " + printable(name));
        for (const OptionText& option : options)
            if (!option.positional) names.insert(names.end(), option.names.begin(), option.names.end());
        suggest(context, name, names);
    } else if (app == &line.app()) {
        complain(context, "there is no command \"" + printable(word) + "\"");
        for (const auto& command : line.commands()) names.push_back(command->text().name);
        suggest(context, word, names);
    } else {
        complain(context, "\"" + printable(word) + "\" is one argument too many");
    }
    hint(context, "try: convene " + (app == &line.app() ? std::string() : app->get_name() + " ") + "--help");
    return ExitCode::usage;
}

ExitCode parse_and_run(int argc, const char* const* argv, Streams& streams) {
    CommandLine line;
    CLI::App& app = line.app();
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const Context context = make_context(streams, line.common());
        const Command* command = line.chosen();
        streams.out << (command == nullptr ? help_of(line, app, context)
                                           : help_of(*command, *app.get_subcommands().front(), context));
        return ExitCode::fine;
    } catch (const CLI::ExtrasError&) {
        return on_unexpected(line, make_context(streams, line.common()));
    } catch (const CLI::ParseError& error) {
        const Context context = make_context(streams, line.common());
        complain(context, printable(error.what()));
        const Command* command = line.chosen();
        hint(context, "try: convene " + (command == nullptr ? "" : std::string(command->text().name) + " ") + "--help");
        return ExitCode::usage;
    }
    Context context = make_context(streams, line.common());
    if (line.common().version) {
        if (context.json) {
            context.out << "{\"version\":\"" CONVENE_VERSION "\"}\n";
        } else {
            context.out << "convene " CONVENE_VERSION "\n";
        }
        return ExitCode::fine;
    }
    Command* command = line.chosen();
    if (command == nullptr) {
        context.err << help_of(line, app, context);
        return ExitCode::usage;
    }
    return command->run(context);
}

}  // namespace

int run(int argc, const char* const* argv, Streams& streams) {
    ExitCode code = ExitCode::failed;
    try {
        code = parse_and_run(argc, argv, streams);
    } catch (const std::exception& error) {
        // The machine is out of something.
        streams.err << "convene: " << error.what() << '\n';
    }
    streams.out.flush();
    if (!streams.out && code == ExitCode::fine) {
        streams.err << "convene: cannot write the result\n";
        code = ExitCode::failed;
    }
    return to_int(code);
}

}  // namespace convene::cli

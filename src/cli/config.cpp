// `convene config`: looks at the configuration of the server without starting it.
#include <CLI/App.hpp>
#include <ostream>

#include "cli/command.hpp"
#include "server/run.hpp"
#include "server/settings_load.hpp"
#include "server/settings_print.hpp"

namespace convene::cli {
namespace {

constexpr Example kConfigExamples[] = {
    {"config validate", "is the configuration in force right?"},
    {"config show", "every setting, and where its value comes from"},
    {"config example > convene.toml", "a file to begin with"},
};
constexpr CommandText kConfigText{
    "config", "check or show the settings of the server",
    "validate: say what is wrong, or nothing. show: the settings in force. example: a file with every "
    "key, commented out. reference: a table of all keys in Markdown.",
    kConfigExamples};

class Config final : public Command {
public:
    const CommandText& text() const override { return kConfigText; }

    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "What to do")
            ->required()
            ->type_name("ACTION")
            ->check(CLI::IsMember({"validate", "show", "example", "reference"}));
        app.add_option("--config", file_, "The file to read instead of /etc/convene/convene.toml")->type_name("FILE");
    }

    ExitCode run(Context& context) override {
        if (action_ == "example") {
            context.out << server::example_toml();
            return ExitCode::fine;
        }
        if (action_ == "reference") {
            context.out << server::settings_reference();
            return ExitCode::fine;
        }
        server::SettingSources sources;
        if (!file_.empty()) sources.file = file_;
        sources.variable = context.streams.variable;
        server::LoadedSettings loaded = server::load_settings(sources);
        for (server::ConfigProblem& problem : server::check_settings(loaded.settings))
            loaded.problems.push_back(std::move(problem));
        for (const server::ConfigProblem& problem : loaded.problems)
            complain(context, problem.where + ": " + problem.text);
        if (action_ == "show") context.out << server::settings_as_toml(loaded.settings, loaded.origins);
        if (!loaded.problems.empty()) return ExitCode::configuration;
        if (action_ == "validate" && !context.json && !context.plain) context.err << "the configuration is right\n";
        return ExitCode::fine;
    }

private:
    std::string action_;
    std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_config() { return std::make_unique<Config>(); }

}  // namespace convene::cli

// `convene serve`: the server. Its flags are the rows of the settings table.
#include <CLI/App.hpp>
#include <deque>

#include "cli/command.hpp"
#include "server/run.hpp"
#include "server/settings_table.hpp"

namespace convene::cli {
namespace {

constexpr Example kServeExamples[] = {
    {"serve", "on this machine only, nothing kept, for a first look"},
    {"serve --listen '*:1503'", "open to everybody who can reach this machine"},
    {"serve --config /etc/convene/convene.toml --check-config", "is the configuration right?"},
    {"serve --data /var/lib/convene --capture /tmp/captures", "with a pcap file of every connection"},
};
constexpr CommandText kServeText{
    "serve", "hold conferences on port 1503",
    "Runs in the foreground until SIGTERM or Ctrl-C, which lets participants read why; a "
    "second one ends it at once. SIGHUP "
    "reads the configuration again. Flags go before the environment (CONVENE_SECTION_KEY), the "
    "environment before the file.",
    kServeExamples};

class Serve final : public Command {
public:
    const CommandText& text() const override { return kServeText; }

    void declare(CLI::App& app) override {
        app.add_option("--config", config_,
                       "Read settings from this file; otherwise from /etc/convene/convene.toml if it "
                       "is there")
            ->type_name("FILE");
        app.add_flag("--check-config", check_, "Say what is wrong with the settings, or print them, and end");
        for (const auto& row : server::settings_table()) {
            std::vector<std::string>& values = values_.emplace_back();
            std::string sentence(row.sentence);
            if (sentence.ends_with('.')) sentence.pop_back();
            CLI::Option* option = app.add_option(server::flag_of(row), values, sentence)
                                      ->allow_extra_args(false)
                                      ->group("Settings: " + std::string(row.section));
            std::string value = server::value_name(row);
            // Completion and help know allowed texts by braces.
            option->type_name(row.choices.empty() ? value : "CHOICE:{" + braced(row.choices) + "}");
        }
    }

    ExitCode run(Context&) override {
        server::SettingSources sources;
        if (!config_.empty()) sources.file = config_;
        std::size_t i = 0;
        for (const auto& row : server::settings_table())
            for (const std::string& value : values_[i++]) sources.flags.emplace_back(server::flag_of(row), value);
        return static_cast<ExitCode>(check_ ? server::check_config(sources) : server::run(sources));
    }

private:
    static std::string braced(std::string_view choices) {
        std::string out(choices);
        for (char& c : out)
            if (c == '|') c = ',';
        return out;
    }

    std::string config_;
    bool check_ = false;
    std::deque<std::vector<std::string>> values_;  // CLI11 keeps references into it
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace convene::cli

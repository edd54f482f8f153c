// `convene join`: takes part in a conference.
#include <CLI/App.hpp>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/session.hpp"
#include "server/setting_value.hpp"

namespace convene::cli {
namespace {

constexpr Example kJoinExamples[] = {
    {"join localhost", "into the default conference of the server on this machine"},
    {"join meet.example.org Planning --name Alice", "into a conference by its name"},
    {"join --json --stay meet.example.org 42 < /dev/null", "watch conference 42, one JSON event a line"},
    {"join --plain meet.example.org < lines.txt", "say each line of a file, then leave"},
};
constexpr CommandText kJoinText{
    "join", "take part in a conference",
    "At a terminal: what you type goes to everybody, Tab completes commands and names, /help "
    "lists the commands. Otherwise: "
    "commands come from standard input, as they would be typed or as JSON "
    "({\"command\":\"msg\",\"to\":\"Bob\",\"text\":\"hi\"}), "
    "and every event is one line, with --json one object. The end of the input ends the "
    "session, unless --stay. When the "
    "connection breaks, the session comes back by itself.",
    kJoinExamples};

class Join final : public Command {
public:
    const CommandText& text() const override { return kJoinText; }

    void declare(CLI::App& app) override {
        client_.declare_place(app, false);
        client_.declare_identity(app);
        app.add_flag("--stay", stay_, "Stay when the input has ended");
        app.add_option("--retry-for", retry_for_,
                       "How long to try to come back after the connection broke; 0s: not at all")
            ->type_name("DURATION");
    }

    ExitCode run(Context& context) override {
        const auto retry_for = server::parse_duration(retry_for_);
        if (!retry_for) {
            complain(context, "--retry-for: " + retry_for.error());
            return ExitCode::usage;
        }
        ExitCode code{};
        auto participant = client_.read(context, code);
        if (!participant) return code;
        participant->retry_for = *retry_for;
        return run_session(context, {std::move(*participant), stay_, false});
    }

private:
    ClientOptions client_;
    bool stay_ = false;
    std::string retry_for_ = "10m";
};

}  // namespace

std::unique_ptr<Command> make_join() { return std::make_unique<Join>(); }

}  // namespace convene::cli

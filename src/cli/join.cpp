// `convene join`: takes part in a conference.
#include <CLI/App.hpp>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/session.hpp"

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
        client_.declare_session(app);
    }

    ExitCode run(Context& context) override {
        ExitCode code{};
        auto participant = client_.read(context, code);
        if (!participant) return code;
        return run_session(context, {std::move(*participant), client_.stay, false, client_.directory});
    }

private:
    ClientOptions client_;
};

}  // namespace

std::unique_ptr<Command> make_join() { return std::make_unique<Join>(); }

}  // namespace convene::cli

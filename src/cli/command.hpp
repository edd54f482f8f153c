/// What a subcommand is: its words for the help, its options, and what it does.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cli/context.hpp"
#include "cli/exit_code.hpp"

namespace CLI {
class App;
}

namespace convene::cli {

struct Example {
    std::string_view line;  ///< without "convene "
    std::string_view what;
};

/// Static texts of one subcommand.
struct CommandText {
    std::string_view name;
    std::string_view summary;           ///< one line, lower case, no full stop
    std::string_view description;       ///< paragraphs separated by an empty line; may be empty
    std::span<const Example> examples;  ///< at least one
};

class Command {
public:
    virtual ~Command() = default;
    virtual const CommandText& text() const = 0;
    /// Adds options and positionals to its CLI11 subcommand; their values live in the command.
    virtual void declare(CLI::App& app) = 0;
    /// The command line is parsed.
    virtual ExitCode run(Context& context) = 0;
};

using Commands = std::vector<std::unique_ptr<Command>>;

/// All of them, in the order of the help.
Commands make_commands();

std::unique_ptr<Command> make_serve();
std::unique_ptr<Command> make_query();
std::unique_ptr<Command> make_join();
std::unique_ptr<Command> make_create();
std::unique_ptr<Command> make_invite();
std::unique_ptr<Command> make_eject();
std::unique_ptr<Command> make_lock();
std::unique_ptr<Command> make_end();
std::unique_ptr<Command> make_whiteboard();
std::unique_ptr<Command> make_send();
std::unique_ptr<Command> make_receive();
std::unique_ptr<Command> make_dissect();
std::unique_ptr<Command> make_probe();
std::unique_ptr<Command> make_admin();
std::unique_ptr<Command> make_config();
std::unique_ptr<Command> make_completion();
std::unique_ptr<Command> make_man();

}  // namespace convene::cli

/// What a participant can be told to do: the lines that begin with a slash, and their form in JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace convene::cli {

/// How a command goes on behind its name.
enum class CommandShape : std::uint8_t {
    alone,
    text,         ///< the rest of the line
    target,       ///< a participant
    target_text,  ///< a participant, then the rest of the line
    action,       ///< a word, then perhaps a participant
    action_text,  ///< a word, then the rest of the line
    text_target   ///< a word, which is the text, then perhaps a participant
};

struct SessionCommandRow {
    std::string_view name;
    CommandShape shape;
    std::string_view usage;    ///< behind the name
    std::string_view help;     ///< one phrase
    std::string_view actions;  ///< the words of an action, separated by spaces
};
std::span<const SessionCommandRow> session_commands();

struct SessionCommand {
    std::string name;    ///< without the slash; "say" for a line without one
    std::string action;  ///< where the shape has one
    std::string target;  ///< a name or a number
    std::string text;
};

/// A line as it is typed: text to say, or /command. A name with spaces stands in double quotes. "//" says a line that
/// begins with a slash. The error is a sentence.
Expected<SessionCommand, std::string> parse_command(std::string_view line);

/// {"command": NAME, "action": …, "to": NAME or number, "text": …}
Expected<SessionCommand, std::string> parse_json_command(std::string_view line);

/// The list for /help.
std::string command_help();

/// What the last word of `line` may become: commands, actions, or out of `names`. Whole lines.
std::vector<std::string> complete_command(std::string_view line, const std::vector<std::string>& names);

}  // namespace convene::cli

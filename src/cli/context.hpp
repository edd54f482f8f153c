/// What a subcommand has around it: its streams, the environment, and the choices that all subcommands share.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace convene::cli {

/// The world of one run of the program. main() gives it the real one, tests one of strings.
struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool in_is_terminal = false;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    /// nullptr for a variable that is not set.
    std::function<const char*(const char*)> variable = [](const char*) -> const char* { return nullptr; };
    /// True when the streams are the process's own, so that a subcommand may use its descriptors.
    bool are_real = false;
};

/// Results go to out, everything said besides to err.
struct Context {
    Streams& streams;
    bool json = false;   ///< results as JSON, one value a line
    bool plain = false;  ///< no colour, no decoration, one record a line
    bool color = false;  ///< decided from terminal, NO_COLOR and flags
    bool input = true;   ///< may ask the user
    std::ostream& out;
    std::ostream& err;

    /// May somebody be asked? Only at a terminal.
    bool interactive() const { return input && streams.in_is_terminal && streams.err_is_terminal; }
};

/// Text in bold, green, yellow or red where colour is on.
enum class Style : unsigned char { bold, dim, good, doubtful, bad };
std::string styled(const Context& context, Style style, std::string_view text);

/// Writes "convene: TEXT" to err.
void complain(const Context& context, std::string_view text);
/// The same for a hint on what to do next.
void hint(const Context& context, std::string_view text);

/// Text of others, for a terminal: control characters, among them those that steer it, become "?". UTF-8 stays.
std::string printable(std::string_view text);

}  // namespace convene::cli

/// A terminal in the mode in which every key arrives at once, and how to ask for a secret.
#pragma once

#include <termios.h>

#include <optional>
#include <string>

namespace convene::cli {

/// While it exists, `fd` delivers keys as they are pressed and shows none. Ctrl-C still makes a signal.
class RawTerminal {
public:
    explicit RawTerminal(int fd);
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;
    ~RawTerminal();

private:
    int fd_;
    termios before_{};
    bool changed_ = false;
};

/// Columns of the terminal, 80 where that is unknown.
std::size_t terminal_columns(int fd);

/// Shows `prompt` on the terminal of the process and reads a line without showing it. Nothing when there is no
/// terminal.
std::optional<std::string> ask_secret(const std::string& prompt);

}  // namespace convene::cli

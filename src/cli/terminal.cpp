#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace convene::cli {

RawTerminal::RawTerminal(int fd) : fd_(fd) {
    if (tcgetattr(fd_, &before_) != 0) return;
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    changed_ = tcsetattr(fd_, TCSADRAIN, &raw) == 0;
}

RawTerminal::~RawTerminal() {
    if (changed_) tcsetattr(fd_, TCSADRAIN, &before_);
}

std::size_t terminal_columns(int fd) {
    winsize size{};
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::optional<std::string> ask_secret(const std::string& prompt) {
    const int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    termios before{};
    const bool is_terminal = tcgetattr(fd, &before) == 0;
    std::optional<std::string> out;
    if (is_terminal && write(fd, prompt.data(), prompt.size()) >= 0) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON;
        tcsetattr(fd, TCSAFLUSH, &silent);
        std::string line;
        char c = 0;
        while (read(fd, &c, 1) == 1 && c != '\n' && line.size() < 4096) line += c;
        if (c == '\n') out = std::move(line);
        tcsetattr(fd, TCSAFLUSH, &before);
        if (write(fd, "\n", 1) < 0) out.reset();
    }
    close(fd);
    return out;
}

}  // namespace convene::cli

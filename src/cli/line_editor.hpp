/// The line a user types at a terminal: keys in, the line and what to draw out. It knows no terminal.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::cli {

/// Give it what the terminal sends. UTF-8, arrow keys, Home, End, Delete, Ctrl-A B D E F K L N P T U W, history with up
/// and down, completion with Tab.
class LineEditor {
public:
    struct Events {
        std::vector<std::string> lines;       ///< ended by Enter
        bool end = false;                     ///< Ctrl-D on an empty line
        bool clear = false;                   ///< Ctrl-L: the screen is to be cleared
        std::vector<std::string> candidates;  ///< Tab, and there are several
    };
    /// What the text before the cursor may become, as whole lines.
    using Completer = std::function<std::vector<std::string>(std::string_view)>;

    explicit LineEditor(Completer completer = {}) : completer_(std::move(completer)) {}

    Events on_keys(std::string_view keys);

    /// What draws prompt and line anew on the current row of a terminal `columns` wide; long lines scroll sideways.
    std::string draw(std::string_view prompt, std::size_t columns) const;
    /// What removes them from that row.
    static std::string erase() { return "\r\x1B[K"; }

    std::string line() const;
    std::size_t cursor() const { return cursor_; }  ///< in characters

private:
    enum class State : unsigned char { text, escape, sequence };
    static constexpr std::size_t kMostHistory = 500;
    static constexpr std::size_t kMostCharacters = 16 * 1024;

    void on_control(unsigned char key, Events& events);
    void on_sequence(char last);
    void insert(std::string character);
    void enter(Events& events);
    void recall(int step);
    void complete(Events& events);
    void erase_word();
    void set_line(std::string_view text);

    Completer completer_;
    std::vector<std::string> characters_;  // one code point each, in UTF-8
    std::size_t cursor_ = 0;
    std::deque<std::string> history_;
    std::size_t recalled_ = 0;  // how far back; 0 is the line being typed
    std::string unfinished_;    // that line, while another is shown
    std::string partial_;       // the octets of a character so far
    std::size_t missing_ = 0;   // and how many are to come
    State state_ = State::text;
    std::string sequence_;
};

/// Columns that a character takes: 2 for wide ones, 0 for those that combine with the one before.
std::size_t columns_of(std::string_view character);

}  // namespace convene::cli

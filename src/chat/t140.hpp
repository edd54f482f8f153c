/// T.140 text: what a sender's octets mean for the reader, and how our own text is written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace convene::chat {

/// A line longer than this is delivered in parts; a sender cannot make us hold more.
inline constexpr std::size_t kMaxLineBytes = 16 * 1024;
/// A control string that never ends is given up after this many characters (T.140 §5.3).
inline constexpr std::size_t kMaxControlStringCharacters = 256;

/// What one piece of a sender's text amounts to.
struct T140Events {
    std::vector<std::string> lines;  ///< lines that were ended, in UTF-8, without their end
    unsigned bells = 0;              ///< U+0007: the sender asks for attention
    unsigned interrupts = 0;         ///< ESC a: the sender asks for the word
};

/// Reads the text of one sender; one instance for each.
class T140Reader {
public:
    T140Events on_octets(ByteView octets);

    /// The line that is being typed, so far, in UTF-8.
    const std::string& current_line() const { return line_; }
    /// Takes the unfinished line, as when the sender fell silent or left.
    std::string take_line() { return std::exchange(line_, {}); }

private:
    enum class State : std::uint8_t { text, escape, control_sequence, control_string };

    void on_code_point(char32_t code_point, T140Events& events);
    void on_text(char32_t code_point, T140Events& events);
    void end_line(T140Events& events);

    std::string line_;
    Utf8Decoder utf8_;
    State state_ = State::text;
    std::size_t control_length_ = 0;
    std::size_t octets_seen_ = 0;
    unsigned first_octet_ = 0;
    bool is_ucs2_ = false;  ///< the sender began with FE FF: the 16-bit form of the first drafts
    bool after_return_ = false;
};

/// Our text as T.140 octets: UTF-8, new lines as U+2028, control characters left out; ends with a new line.
/// `is_first` puts U+FEFF before it, as the first text of a session has (T.140 §7).
Bytes to_t140(std::string_view utf8, bool is_first);

}  // namespace convene::chat

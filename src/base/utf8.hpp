/// UTF-8, one code point at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convene {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// Joins octets to code points; what is no UTF-8 comes out as U+FFFD. A sequence may be cut between two inputs.
class Utf8Decoder {
public:
    /// The next octet. Returns the number of code points it completed (0, 1 or, after a broken sequence, 2) and
    /// puts them into `out`.
    unsigned put(std::uint8_t octet, char32_t (&out)[2]);
    /// True in the middle of a sequence.
    bool is_pending() const { return missing_ > 0; }

private:
    char32_t value_ = 0;
    char32_t least_ = 0;
    unsigned missing_ = 0;
};

/// Reads the character at `at`, which is inside `text`, and moves behind it. Nothing, and one octet further, for what
/// is no UTF-8: cut off, over-long, a surrogate, beyond U+10FFFF.
std::optional<char32_t> take_code_point(std::string_view text, std::size_t& at);
/// `code_point` must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);
bool is_utf8(std::string_view text);
/// The longest beginning of `text` of at most `most` octets that does not end within a character.
std::string_view utf8_prefix(std::string_view text, std::size_t most);
/// Takes the last code point off `text` and returns it; empty when there is none.
std::optional<char32_t> pop_code_point(std::string& text);

/// Of UTF-16: a character beyond U+FFFF is a high surrogate and a low one.
constexpr bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }
constexpr char32_t of_surrogates(char32_t high, char32_t low) {
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}
/// The one or two units of a character, at the end of `out`.
void append_utf16(std::u16string& out, char32_t code_point);

}  // namespace convene

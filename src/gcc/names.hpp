/// Names of conferences, and the text types of GCC. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "asn1/schema.hpp"
#include "base/tagged.hpp"

namespace convene::gcc {

using TextString = asn1::CharacterString<asn1::BmpCharacters, 0, 255>;
/// BMPString (FROM (U+0000..U+00FF)): the alphabet is visible to PER, so a character takes 8 bits.
using SimpleTextString = asn1::CharacterString<asn1::LatinBmpCharacters, 0, 255>;
using SimpleNumericString = asn1::CharacterString<asn1::DigitCharacters, 1, 255>;

/// Text limited to U+0000..U+00FF.
using SimpleText = Tagged<struct SimpleTextTag, std::u16string>;
/// Any text of the Basic Multilingual Plane; newer peers only.
using UnicodeText = Tagged<struct UnicodeTextTag, std::u16string>;

/// ConferenceNameSelector and PasswordSelector, which the standard writes alike: digits, simple text or any text.
using TextSelector = std::variant<std::string, SimpleText, UnicodeText, asn1::UnknownAlternative>;
using ConferenceNameSelector = TextSelector;
using PasswordSelector = TextSelector;

/// ConferenceName and Password, which the standard writes alike: 1 to 255 digits, and the same thing as text.
template <class Purpose>
struct NumberAndText {
    std::string numeric;                 ///< digits 0 to 9
    std::optional<std::u16string> text;  ///< U+0000..U+00FF
    std::optional<std::u16string> unicode_text;

    friend bool operator==(const NumberAndText&, const NumberAndText&) = default;
};
using ConferenceName = NumberAndText<struct ConferenceNameTag>;
using Password = NumberAndText<struct PasswordTag>;

/// ConferenceNameModifier: digits that tell two conferences of one name apart.
using ConferenceNameModifier = std::string;

/// True when `selector` picks `name`: the form it chose is there and equal, code point by code point.
template <class Purpose>
bool selects(const TextSelector& selector, const NumberAndText<Purpose>& name);

/// The shortest selector that picks `name`: its text if it has one, else its number.
ConferenceNameSelector selector_of(const ConferenceName& name);

/// For people and logs, in UTF-8: the Unicode text, else the text, else the number.
std::string to_string(const ConferenceName& name);
std::string to_string(const TextSelector& selector);

/// Between UTF-8 and the BMP strings of the standards. Characters beyond U+FFFF travel as surrogate pairs; what is no
/// valid text becomes U+FFFD.
std::string to_utf8(std::u16string_view text);
std::u16string to_bmp(std::string_view utf8);

}  // namespace convene::gcc

namespace convene::asn1 {

template <class Purpose>
inline constexpr auto schema<gcc::NumberAndText<Purpose>> =
    sequence(field("numeric", &gcc::NumberAndText<Purpose>::numeric, gcc::SimpleNumericString{}),
             field("text", &gcc::NumberAndText<Purpose>::text, gcc::SimpleTextString{}), extensible,
             field("unicodeText", &gcc::NumberAndText<Purpose>::unicode_text, gcc::TextString{}));
template <>
inline constexpr auto schema<gcc::TextSelector> = choice(alt("numeric", gcc::SimpleNumericString{}),
                                                         alt("text", gcc::SimpleTextString{}), extensible,
                                                         alt("unicodeText", gcc::TextString{}));

}  // namespace convene::asn1

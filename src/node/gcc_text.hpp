/// Texts as GCC carries them.
#pragma once

#include <string>
#include <string_view>

#include "gcc/names.hpp"

namespace convene::node {

inline constexpr std::size_t kMaxGccText = 255;  ///< characters of a TextString (T.124 §8)

/// UTF-8 as a TextString; what is too long is cut.
inline std::u16string gcc_text(std::string_view utf8) {
    auto text = gcc::to_bmp(utf8);
    if (text.size() > kMaxGccText) text.resize(kMaxGccText);
    return text;
}

}  // namespace convene::node

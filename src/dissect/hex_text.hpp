/// Hexadecimal text that comes in pieces, as octets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace convene::dissect {

/// White space is skipped, and what stands between # and the end of the line.
class HexText {
public:
    /// The octets that became complete. After an error, nothing more.
    Bytes push(std::string_view text);
    /// True when all of it was hexadecimal, with no digit left over.
    bool finish();
    /// A sentence with the line, or empty.
    const std::string& error() const { return error_; }

private:
    std::string pending_;  // at most one digit between calls
    std::uint64_t line_ = 1;
    bool in_comment_ = false;
    std::string error_;
};

}  // namespace convene::dissect

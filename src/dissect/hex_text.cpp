#include "dissect/hex_text.hpp"

#include "base/hex.hpp"

namespace convene::dissect {

Bytes HexText::push(std::string_view text) {
    for (char c : text) {
        if (!error_.empty()) return {};
        if (c == '\n') {
            ++line_;
            in_comment_ = false;
        } else if (in_comment_ || c == ' ' || c == '\t' || c == '\r') {
            continue;
        } else if (c == '#') {
            in_comment_ = true;
        } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
            pending_ += c;
        } else {
            error_ = "line " + std::to_string(line_) + " is not hexadecimal";
        }
    }
    const std::size_t even = pending_.size() / 2 * 2;
    Bytes out = from_hex(std::string_view(pending_).substr(0, even)).value_or(Bytes{});
    pending_.erase(0, even);
    return out;
}

bool HexText::finish() {
    if (error_.empty() && !pending_.empty()) error_ = "the last octet has one digit";
    return error_.empty();
}

}  // namespace convene::dissect

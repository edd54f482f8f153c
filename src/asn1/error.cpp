#include "asn1/error.hpp"

namespace convene::asn1 {
namespace {

/// No dot stands before an index: "list[3].name".
bool add(std::string& path, std::string step) {
    bool joins = path.empty() || path.front() == '[';
    path.insert(0, step + (joins ? "" : "."));
    return false;
}

}  // namespace

bool add_member(std::string& path, std::string_view member) { return add(path, std::string(member)); }
bool add_element(std::string& path, std::size_t index) { return add(path, "[" + std::to_string(index) + "]"); }

std::string_view to_string(DecodeErrc code) {
    switch (code) {
        case DecodeErrc::truncated:
            return "input ends too early";
        case DecodeErrc::bad_value:
            return "value out of range";
        case DecodeErrc::bad_length:
            return "malformed length";
        case DecodeErrc::bad_tag:
            return "unexpected tag";
        case DecodeErrc::too_long:
            return "too large";
        case DecodeErrc::too_deep:
            return "nested too deep";
        case DecodeErrc::unsupported:
            return "not supported";
    }
    return "error";
}

std::string DecodeError::message() const {
    std::string out(to_string(code));
    if (!path.empty()) out += " in " + path;
    out += " at octet " + std::to_string(bit_offset / 8);
    if (bit_offset % 8 != 0) out += " bit " + std::to_string(bit_offset % 8);
    if (!clause.empty()) out += " (" + std::string(clause) + ")";
    return out;
}

std::string_view to_string(EncodeErrc code) {
    switch (code) {
        case EncodeErrc::out_of_range:
            return "value out of range";
        case EncodeErrc::bad_size:
            return "size out of range";
        case EncodeErrc::no_value:
            return "no value chosen";
    }
    return "error";
}

std::string EncodeError::message() const {
    std::string out(to_string(code));
    if (!path.empty()) out += " in " + path;
    return out;
}

}  // namespace convene::asn1

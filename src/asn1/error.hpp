/// What a decoder or an encoder says when it must refuse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace convene::asn1 {

enum class DecodeErrc : std::uint8_t {
    truncated,    ///< the input ends before the value does
    bad_value,    ///< a value outside its constraint, or an index that stands for nothing
    bad_length,   ///< a length determinant that is malformed
    bad_tag,      ///< BER: another type than the one expected
    too_long,     ///< more than this implementation is willing to hold for an input of this size
    too_deep,     ///< BER: nested deeper than any type needs
    unsupported,  ///< legal, but beyond this implementation (an integer over 64 bits)
};

std::string_view to_string(DecodeErrc code);

struct DecodeError {
    DecodeErrc code{};
    std::size_t bit_offset{};  ///< from the start of the PDU, in bits
    std::string path;          ///< members from the outside in, such as "nodeInformation.nodeRecordList[3].nodeName"
    std::string_view clause;   ///< such as "X.691 §11.9"; static storage

    /// One line: what, where in the value, where in the input, which clause.
    std::string message() const;
};

template <class T>
using Decoded = Expected<T, DecodeError>;

enum class EncodeErrc : std::uint8_t {
    out_of_range,  ///< a number, an enumerator or a character outside its constraint
    bad_size,      ///< too many or too few elements, octets or characters
    no_value,      ///< a CHOICE that holds nothing
};

std::string_view to_string(EncodeErrc code);

struct EncodeError {
    EncodeErrc code{};
    std::string path;  ///< as in DecodeError

    std::string message() const;
};

template <class T>
using Encoded = Expected<T, EncodeError>;

/// Put what lies around it before a path, as a failure travels outwards; always false, so that they can end a chain.
bool add_member(std::string& path, std::string_view member);
bool add_element(std::string& path, std::size_t index);

}  // namespace convene::asn1

/// Types as tables: what the codec of small programs (kForSize) is told of a type, instead of code being made for each.
///
/// The tables are constants that the compiler makes of the schemas (per_shape_of.hpp). Values are pointed to; which
/// type they have is what their shape says.
#pragma once

#include <cstddef>
#include <cstdint>

#include "asn1/per_reader.hpp"
#include "asn1/per_writer.hpp"

namespace convene::asn1 {

enum class ShapeKind : std::uint8_t {
    boolean,
    null,
    constrained,
    semi_constrained,
    unconstrained,
    enumerated,
    null_choice,
    flags,
    bytes,
    slice,
    octet_array,
    bit_string,
    text,
    list,
    sequence,
    choice,
};

/// What all shapes begin with; `kind` says which of the structs below it is.
struct Shape {
    ShapeKind kind;
    std::uint8_t size = 0;  ///< octets of a number, an enumerator or a character, or of an octet_array
    bool is_signed = false;
    bool is_extensible = false;
};

struct NumberShape : Shape {
    std::uint64_t low = 0;
    std::uint64_t span = 0;
};

/// Of enumerated and null_choice.
struct EnumeratedShape : Shape {
    std::uint32_t root = 0;
};

/// A member of a struct: the value of a pointer to member is its offset.
using MemberOffset = std::ptrdiff_t;

struct FlagsShape : Shape {
    std::uint32_t count = 0;
    const void* members = nullptr;  ///< an array of pointers to member
};

/// Of bytes, slice, octet_array and bit_string, and the beginning of text and list.
struct SizedShape : Shape {
    std::size_t low = 0;
    std::size_t high = 0;
};

struct TextShape : SizedShape {
    const char16_t* characters = nullptr;  ///< nullptr: code points
    std::uint32_t highest = 0;             ///< the last code
    std::uint8_t width = 0;                ///< in bits
    bool is_latin = false;                 ///< PerReader::read_latin_wide() is about it
};

struct ListShape : SizedShape {
    const Shape* element = nullptr;
    std::uint32_t stride = 0;
    std::uint32_t least_bits = 0;
    /// Appends so many elements; returns the first of them.
    void* (*extend)(void* list, std::size_t more) = nullptr;
    const void* (*items)(const void* list, std::size_t& count) = nullptr;
};

/// How a member is dealt with that may be absent.
struct Absence {
    void* (*make)(void* member);                 ///< where its content is to go
    void (*clear)(void* member);                 ///< makes it absent
    const void* (*content)(const void* member);  ///< nullptr when it is absent
    bool is_optional;                            ///< otherwise it has a DEFAULT
    bool is_group;
};

struct FieldShape {
    const Shape* shape;
    const void* member;      ///< a pointer to member
    const Absence* absence;  ///< nullptr: always there
};

struct SequenceShape : Shape {
    std::uint8_t root = 0;       ///< members before the extension marker
    std::uint8_t all = 0;        ///< and with those after it
    std::uint8_t optionals = 0;  ///< of the root
    const FieldShape* fields = nullptr;
};

struct AlternativeShape {
    const Shape* shape;
    bool is_read;
    bool is_written;
};

struct ChoiceShape : Shape {
    std::uint8_t root = 0;
    std::uint8_t all = 0;
    const AlternativeShape* alternatives = nullptr;
    /// Makes a variant hold an alternative that is read; number `all` is UnknownAlternative. Returns where its value
    /// is.
    void* (*make)(void* variant, std::size_t index) = nullptr;
    const void* (*held)(const void* variant, std::size_t& index) = nullptr;
};

/// `value` has the type that `shape` was made for, and is as its constructor left it.
bool per_read_shape(PerReader& r, const Shape& shape, void* value);
bool per_write_shape(PerWriter& w, const Shape& shape, const void* value);

}  // namespace convene::asn1

/// The plain operations on JSON that the codec of json.hpp is made of. None of them throws, and none of them is a
/// template: instantiating a type's JSON needs only the declaration of the JSON class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "asn1/types.hpp"
#include "base/bytes.hpp"
#include "base/expected.hpp"

namespace convene::asn1 {

/// Keeps members in the order in which the type lists them.
using Json = nlohmann::ordered_json;

/// Why a JSON value is none of a type.
struct JsonError {
    std::string path;  ///< members from the outside in, as in DecodeError
    std::string what;  ///< for people

    std::string message() const { return path.empty() ? what : what + " in " + path; }
};

namespace json {

void put_bool(Json& out, bool value);
void put_null(Json& out);
void put_unsigned(Json& out, std::uint64_t value);
void put_signed(Json& out, std::int64_t value);
void put_hex(Json& out, ByteView octets);
void put_text(Json& out, std::string_view latin);
void put_text(Json& out, std::u16string_view units);
void put_bits(Json& out, const BitString& bits);
void put_identifier(Json& out, const ObjectIdentifier& identifier);
void put_unknown(Json& out, const UnknownAlternative& unknown);
/// The name, or {"unknown": index} beyond the names.
void put_enumerator(Json& out, std::span<const std::string_view> names, std::uint64_t index);
void put_name(Json& list, std::string_view name);  ///< appends it

void start_object(Json& out);
void start_list(Json& out);
Json& add(Json& object, std::string_view name);
Json& append(Json& list);

/// Collects the first failure and where it was.
class Reader {
public:
    bool fail(std::string what);
    bool in(std::string_view member);
    bool in_element(std::size_t index);
    const JsonError& error() const { return error_; }

private:
    JsonError error_;
};

bool take_bool(Reader& r, const Json& in, bool& out);
bool take_null(Reader& r, const Json& in);
bool take_unsigned(Reader& r, const Json& in, std::uint64_t low, std::uint64_t high, std::uint64_t& out);
bool take_signed(Reader& r, const Json& in, std::int64_t low, std::int64_t high, std::int64_t& out);
bool take_hex(Reader& r, const Json& in, std::size_t low, std::size_t high, Bytes& out);
bool take_text(Reader& r, const Json& in, std::u16string& out);
bool take_bits(Reader& r, const Json& in, std::size_t low, std::size_t high, BitString& out);
bool take_identifier(Reader& r, const Json& in, ObjectIdentifier& out);
bool take_unknown(Reader& r, const Json& in, UnknownAlternative& out);
/// A name, {"unknown": index} where it is `open`, and also {"name": null}, as a CHOICE of NULLs may be written.
bool take_enumerator(Reader& r, const Json& in, std::span<const std::string_view> names, bool open,
                     std::uint64_t& index);
/// A list of names; sets the flags at their positions.
bool take_flags(Reader& r, const Json& in, std::span<const std::string_view> names, std::span<bool> flags);

bool expect_object(Reader& r, const Json& in);
/// An empty object is taken for an empty list: in ASN.1's own notation they look the same.
bool take_list(Reader& r, const Json& in, std::size_t low, std::size_t high, std::size_t& size);
const Json& element(const Json& list, std::size_t index);
/// The member, or null.
const Json* find(const Json& object, std::string_view name);
/// Fails when `object` has a member that is not in `known`.
bool only_known(Reader& r, const Json& object, std::span<const std::string_view> known);
/// The one member of a CHOICE: which of `names` it is, or names.size() for "unknown".
bool take_choice(Reader& r, const Json& in, std::span<const std::string_view> names, bool open, std::size_t& index,
                 const Json*& value);

}  // namespace json

/// UTF-8 of a BMP string. Pairs of surrogates become one character. A surrogate without its other half is written as
/// the six characters \uD800 to \uDFFF, and a backslash as two, but only where it would otherwise be read as the
/// beginning of one of these. So every sequence of units survives.
std::string text_of_units(std::u16string_view units);
/// The inverse; false when `text` is no UTF-8 or has a malformed escape.
bool units_of_text(std::string_view text, std::u16string& units);

}  // namespace convene::asn1

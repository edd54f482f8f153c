#include "asn1/json_node.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "asn1/error.hpp"
#include "base/hex.hpp"

namespace convene::asn1::json {
namespace {

constexpr std::string_view kUnknown = "unknown";

std::string in_quotes(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::size_t position(std::span<const std::string_view> names, std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

const std::string* text_in(const Json& in) { return in.get_ptr<const std::string*>(); }

bool check_size(Reader& r, std::size_t size, std::size_t low, std::size_t high) {
    if (size >= low && size <= high) return true;
    return r.fail("a size of " + std::to_string(size) + " is out of range");
}

/// The number in {"unknown": n}.
bool take_unknown_index(Reader& r, const Json& in, std::uint64_t& index) {
    const Json* number = find(in, kUnknown);
    return take_unsigned(r, *number, 0, ~std::uint32_t{0}, index) || r.in(kUnknown);
}

}  // namespace

void put_bool(Json& out, bool value) { out = value; }
void put_null(Json& out) { out = nullptr; }
void put_unsigned(Json& out, std::uint64_t value) { out = value; }
void put_signed(Json& out, std::int64_t value) {
    // A number that is not negative looks the same whatever its type.
    if (value >= 0) {
        out = static_cast<std::uint64_t>(value);
    } else {
        out = value;
    }
}
void put_hex(Json& out, ByteView octets) { out = to_hex(octets); }
void put_text(Json& out, std::string_view latin) {
    std::u16string units;
    for (char c : latin) units += static_cast<char16_t>(static_cast<unsigned char>(c));
    out = text_of_units(units);
}
void put_text(Json& out, std::u16string_view units) { out = text_of_units(units); }
void put_bits(Json& out, const BitString& bits) {
    start_object(out);
    out["bits"] = bits.bits;
    out["hex"] = to_hex(bits.octets);
}
void put_identifier(Json& out, const ObjectIdentifier& identifier) { out = identifier.to_string(); }
void put_unknown(Json& out, const UnknownAlternative& unknown) {
    start_object(out);
    Json& inner = add(out, kUnknown);
    start_object(inner);
    inner["index"] = unknown.index;
    inner["hex"] = to_hex(unknown.contents);
}
void put_enumerator(Json& out, std::span<const std::string_view> names, std::uint64_t index) {
    if (index < names.size()) {
        out = names[index];
        return;
    }
    start_object(out);
    out[std::string(kUnknown)] = index;
}
void put_name(Json& list, std::string_view name) { list.push_back(name); }

void start_object(Json& out) { out = Json::object(); }
void start_list(Json& out) { out = Json::array(); }
Json& add(Json& object, std::string_view name) { return object[std::string(name)]; }
Json& append(Json& list) {
    list.push_back(nullptr);
    return list.back();
}

bool Reader::fail(std::string what) {
    if (error_.what.empty()) error_.what = std::move(what);
    return false;
}
bool Reader::in(std::string_view member) { return add_member(error_.path, member); }
bool Reader::in_element(std::size_t index) { return add_element(error_.path, index); }

bool take_bool(Reader& r, const Json& in, bool& out) {
    if (!in.is_boolean()) return r.fail("neither true nor false");
    out = *in.get_ptr<const bool*>();
    return true;
}
bool take_null(Reader& r, const Json& in) { return in.is_null() || r.fail("not null"); }
bool take_unsigned(Reader& r, const Json& in, std::uint64_t low, std::uint64_t high, std::uint64_t& out) {
    if (in.is_number_unsigned()) {
        out = *in.get_ptr<const Json::number_unsigned_t*>();
    } else if (in.is_number_integer() && *in.get_ptr<const Json::number_integer_t*>() >= 0) {
        out = static_cast<std::uint64_t>(*in.get_ptr<const Json::number_integer_t*>());
    } else {
        return r.fail("not a whole number from 0 on");
    }
    return (out >= low && out <= high) || r.fail(std::to_string(out) + " is out of range");
}
bool take_signed(Reader& r, const Json& in, std::int64_t low, std::int64_t high, std::int64_t& out) {
    if (!in.is_number_integer()) return r.fail("not a whole number");
    if (in.is_number_unsigned() &&
        *in.get_ptr<const Json::number_unsigned_t*>() > static_cast<std::uint64_t>(std::int64_t{high < 0 ? 0 : high}))
        return r.fail("out of range");
    out = *in.get_ptr<const Json::number_integer_t*>();
    return (out >= low && out <= high) || r.fail(std::to_string(out) + " is out of range");
}
bool take_hex(Reader& r, const Json& in, std::size_t low, std::size_t high, Bytes& out) {
    const std::string* text = text_in(in);
    auto octets = text != nullptr ? from_hex(*text) : std::nullopt;
    if (!octets) return r.fail("not octets in hexadecimal");
    out = std::move(*octets);
    return check_size(r, out.size(), low, high);
}
bool take_text(Reader& r, const Json& in, std::u16string& out) {
    const std::string* text = text_in(in);
    return (text != nullptr && units_of_text(*text, out)) || r.fail("not a text");
}
bool take_bits(Reader& r, const Json& in, std::size_t low, std::size_t high, BitString& out) {
    constexpr std::string_view kMembers[] = {"bits", "hex"};
    if (!expect_object(r, in) || !only_known(r, in, kMembers)) return false;
    const Json* bits = find(in, "bits");
    const Json* octets = find(in, "hex");
    if (bits == nullptr || octets == nullptr) return r.fail("not a bit string");
    std::uint64_t count = 0;
    if (!take_unsigned(r, *bits, low, high, count)) return r.in("bits");
    if (!take_hex(r, *octets, 0, ~std::size_t{0}, out.octets)) return r.in("hex");
    out.bits = count;
    if (out.octets.size() != (out.bits + 7) / 8) return r.fail("another number of bits");
    bool clean = out.bits % 8 == 0 || (out.octets.back() & static_cast<std::byte>(0xFF >> out.bits % 8)) == std::byte{};
    return clean || r.fail("unused bits that are not zero");
}
bool take_identifier(Reader& r, const Json& in, ObjectIdentifier& out) {
    const std::string* text = text_in(in);
    auto identifier = text != nullptr ? ObjectIdentifier::parse(*text) : std::nullopt;
    if (!identifier) return r.fail("not an object identifier");
    out = std::move(*identifier);
    return true;
}
bool take_unknown(Reader& r, const Json& in, UnknownAlternative& out) {
    constexpr std::string_view kMembers[] = {"index", "hex"};
    if (!expect_object(r, in) || !only_known(r, in, kMembers)) return false;
    const Json* index = find(in, "index");
    const Json* octets = find(in, "hex");
    if (index == nullptr || octets == nullptr) return r.fail("index or hex is missing");
    std::uint64_t number = 0;
    if (!take_unsigned(r, *index, 0, ~std::uint32_t{0}, number)) return r.in("index");
    if (!take_hex(r, *octets, 0, ~std::size_t{0}, out.contents)) return r.in("hex");
    out.index = static_cast<std::uint32_t>(number);
    return true;
}
bool take_enumerator(Reader& r, const Json& in, std::span<const std::string_view> names, bool open,
                     std::uint64_t& index) {
    const std::string* name = text_in(in);
    if (name != nullptr) {
        index = position(names, *name);
        return index < names.size() || r.fail("no such name: " + in_quotes(*name));
    }
    if (open && in.is_object() && in.size() == 1 && find(in, kUnknown) != nullptr)
        return take_unknown_index(r, in, index);
    std::size_t at = 0;
    const Json* null = nullptr;
    if (!take_choice(r, in, names, false, at, null)) return false;
    index = at;
    return take_null(r, *null) || r.in(names[at]);
}
bool take_flags(Reader& r, const Json& in, std::span<const std::string_view> names, std::span<bool> flags) {
    std::fill(flags.begin(), flags.end(), false);
    std::size_t size = 0;
    if (!take_list(r, in, 0, names.size(), size)) return false;
    for (std::size_t i = 0; i < size; ++i) {
        std::uint64_t index = 0;
        if (!take_enumerator(r, element(in, i), names, false, index)) return r.in_element(i);
        flags[index] = true;
    }
    return true;
}

bool expect_object(Reader& r, const Json& in) { return in.is_object() || r.fail("not an object"); }
bool take_list(Reader& r, const Json& in, std::size_t low, std::size_t high, std::size_t& size) {
    if (!in.is_array() && !(in.is_object() && in.empty())) return r.fail("not a list");
    size = in.size();
    return check_size(r, size, low, high);
}
const Json& element(const Json& list, std::size_t index) { return list[index]; }
const Json* find(const Json& object, std::string_view name) {
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == name) return &*it;
    }
    return nullptr;
}
bool only_known(Reader& r, const Json& object, std::span<const std::string_view> known) {
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (position(known, it.key()) == known.size()) {
            r.fail("no such member");
            return r.in(it.key());
        }
    }
    return true;
}
bool take_choice(Reader& r, const Json& in, std::span<const std::string_view> names, bool open, std::size_t& index,
                 const Json*& value) {
    if (!in.is_object() || in.size() != 1) return r.fail("not an object with one member");
    auto only = in.begin();
    index = position(names, only.key());
    value = &*only;
    if (index < names.size() || (open && only.key() == kUnknown)) return true;
    return r.fail("no such alternative: " + in_quotes(only.key()));
}

}  // namespace convene::asn1::json

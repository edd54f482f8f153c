#include "tests/conformance/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/hex.hpp"

namespace convene::conformance {
namespace {

/// Writes out {n,s}: n octets, each 7 more than the one before, from s on.
std::string expanded(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '{') {
            out += text[at];
            continue;
        }
        char* end = nullptr;
        auto count = std::strtoul(text.c_str() + at + 1, &end, 10);
        auto octet = std::strtoul(end + 1, &end, 10);
        for (; count > 0; --count, octet += 7) out += to_hex(bytes({static_cast<unsigned>(octet & 0xFF)}));
        at = static_cast<std::size_t>(end - text.c_str());
    }
    return out;
}

void expand(asn1::Json& value) {
    if (auto* text = value.get_ptr<std::string*>()) {
        *text = expanded(*text);
    } else if (value.is_structured()) {
        for (auto& element : value) expand(element);
    }
}

bool is_name_of(const asn1::Json& name, const asn1::Json& choice) {
    return name.is_string() && choice.is_object() && choice.size() == 1 && choice.begin()->is_null() &&
           choice.begin().key() == *name.get_ptr<const std::string*>();
}

}  // namespace

std::vector<Vector> read_vectors(const char* path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    auto json = asn1::parse_json(text.str());
    EXPECT_TRUE(json.has_value()) << path << " cannot be read";
    std::vector<Vector> vectors;
    if (!json) return vectors;
    for (auto& entry : *json) {
        expand(entry);
        auto member = [&](const char* name) { return *entry[name].get_ptr<const std::string*>(); };
        vectors.push_back(Vector{member("name"), member("type"),
                                 member("rule") == "ber" ? catalogue::Rule::ber : catalogue::Rule::aper, entry["value"],
                                 hex(member("hex"))});
    }
    return vectors;
}

const catalogue::TypeEntry& type_of(const std::string& name) {
    auto found = catalogue::find_type(name);
    if (found.entry == nullptr) {
        ADD_FAILURE() << "no type " << name;
        return *catalogue::all_types().front();
    }
    return *found.entry;
}

void expect_both_ways(const Vector& vector) {
    const auto& type = type_of(vector.type);
    auto encoded = type.encode(vector.rule, vector.value);
    ASSERT_TRUE(encoded.has_value()) << vector.name << ": " << encoded.error();
    EXPECT_EQ(to_hex(*encoded), to_hex(vector.octets)) << vector.name;
    asn1::Json value;
    asn1::Encoded<Bytes> again;
    auto info = type.decode(vector.rule, vector.octets, &value, &again);
    ASSERT_TRUE(info.has_value()) << vector.name << ": " << info.error().message();
    EXPECT_TRUE(same_value(value, vector.value)) << vector.name << ": " << value.dump();
    EXPECT_EQ(info->octets_used, vector.octets.size()) << vector.name;
    EXPECT_EQ(info->unknown_additions, 0U) << vector.name;
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(equal(*again, vector.octets)) << vector.name;
}

bool same_value(const asn1::Json& left, const asn1::Json& right) {
    if (is_name_of(left, right) || is_name_of(right, left)) return true;
    if (left.is_structured() && right.is_structured() && left.empty() && right.empty()) return true;
    if (left.is_object() && right.is_object()) {
        if (left.size() != right.size()) return false;
        for (auto it = left.begin(); it != left.end(); ++it) {
            auto other = right.find(it.key());
            if (other == right.end() || !same_value(*it, *other)) return false;
        }
        return true;
    }
    if (left.is_array() && right.is_array())
        return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), same_value);
    return left == right;
}

}  // namespace convene::conformance

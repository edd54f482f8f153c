#include "dissect/value.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace convene::dissect {
namespace {

constexpr unsigned kDeepestValue = 64;  // more than any type of the modules is nested

/// Alternatives and enumerators that the schema does not know; `path` leads to the first.
std::size_t count_unknown(const asn1::Json& value, const std::string& path, std::string& first, unsigned depth = 0) {
    if (!value.is_structured() || depth > kDeepestValue) return 0;
    std::size_t count = 0;
    for (auto it = value.begin(); it != value.end(); ++it) {
        std::string here = path;
        if (value.is_array()) {
            here += "[" + std::to_string(it - value.begin()) + "]";
        } else {
            // asymmetryIndicator has an alternative of that name, which holds a number.
            const bool unknown = it.key() == "unknown" && value.size() == 1 &&
                                 !(path.ends_with("asymmetryIndicator") && it->is_number());
            if (unknown) {
                if (first.empty()) first = path;
                return 1;
            }
            here += (path.empty() ? "" : ".") + it.key();
        }
        count += count_unknown(*it, here, first, depth + 1);
    }
    return count;
}

std::string hex_of(ByteView octets, std::size_t at) {
    return at < octets.size() ? to_hex(octets.subspan(at, 1)) : "the end";
}

std::string describe_difference(ByteView original, ByteView again, std::size_t at, const Origin& origin) {
    return "octet " + std::to_string(at) + " (offset " + std::to_string(origin.of(at)) + "): " + hex_of(original, at) +
           " became " + hex_of(again, at);
}

std::size_t where_different(ByteView original, ByteView again) {
    const auto shorter = std::min(original.size(), again.size());
    std::size_t at = 0;
    while (at < shorter && original[at] == again[at]) ++at;
    return at;
}

}  // namespace

Problem problem_of(const asn1::DecodeError& error, const Origin& origin) {
    Problem out{origin.of(error.bit_offset / 8), std::string(to_string(error.code)), std::string(error.clause)};
    if (!error.path.empty()) out.what += " in " + error.path;
    return out;
}

std::string take_alternative(asn1::Json& value) {
    if (!value.is_object() || value.size() != 1) return {};
    std::string name = value.begin().key();
    asn1::Json inner = std::move(value.front());
    value = std::move(inner);
    return name;
}

std::string first_difference(ByteView original, ByteView again, const Origin& origin) {
    if (equal(original, again)) return {};
    return describe_difference(original, again, where_different(original, again), origin);
}

std::string first_difference(const catalogue::TypeEntry& type, catalogue::Rule rule, ByteView original, ByteView again,
                             const Origin& origin) {
    if (equal(original, again)) return {};
    const std::size_t at = where_different(original, again);
    std::string out = describe_difference(original, again, at, origin);
    // A decoder that is given only what comes before the octet fails in the member to which the octet belongs.
    if (at < original.size())
        if (auto cut = type.decode(rule, original.first(at), nullptr, nullptr); !cut && !cut.error().path.empty())
            out += ", in " + cut.error().path;
    return out;
}

DissectedValue dissect_value(const catalogue::TypeEntry& type, ByteView octets, const Origin& origin,
                             const ValueOptions& options) {
    DissectedValue out;
    asn1::Encoded<Bytes> again;
    auto info = type.decode(options.rule, octets, &out.record.value, &again);
    out.record.octets = octets.size();
    if (!info) {
        out.record.value = nullptr;
        out.record.data = to_bytes(octets);
        out.record.data_offset = origin.of(0);
        out.record.problems.push_back(problem_of(info.error(), origin));
        return out;
    }
    out.decoded = true;
    out.octets_used = std::min(info->octets_used, octets.size());
    out.exact = out.octets_used == octets.size();
    out.encodes_the_same = again && equal(*again, octets);
    if (!out.exact)
        out.record.problems.push_back(
            {origin.of(out.octets_used), std::to_string(octets.size() - out.octets_used) + " octets left over", ""});
    if (info->unknown_additions > 0)
        out.record.problems.push_back(
            {origin.of(0), std::to_string(info->unknown_additions) + " unknown extension additions", "X.691 §19.8"});
    std::string first;
    if (count_unknown(out.record.value, "", first) > 0)
        out.record.problems.push_back(
            {origin.of(0), "unknown alternative" + (first.empty() ? "" : " in " + first), "X.691 §23.8"});
    if (options.round_trip) {
        out.record.difference =
            again ? first_difference(type, options.rule, octets.first(out.octets_used), *again, origin)
                  : "cannot be encoded again: " + again.error().message();
    }
    return out;
}

}  // namespace convene::dissect

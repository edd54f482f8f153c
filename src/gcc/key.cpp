#include "gcc/key.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace convene::gcc {

namespace {

const Bytes& octets(const Key& key) {
    if (const auto* object = std::get_if<asn1::ObjectIdentifier>(&key)) return object->contents;
    return std::get<H221NonStandardIdentifier>(key).value;
}

}  // namespace

Key h221_key(Bytes octets) { return Key{H221NonStandardIdentifier{std::move(octets)}}; }

Key object_key(std::initializer_list<std::uint32_t> arcs) { return Key{asn1::ObjectIdentifier::of(arcs)}; }

std::string to_string(const Key& key) {
    if (const auto* object = std::get_if<asn1::ObjectIdentifier>(&key)) return object->to_string();
    return "h221:" + to_hex(octets(key));
}

bool KeyOrder::operator()(const Key& left, const Key& right) const {
    if (left.index() != right.index()) return left.index() < right.index();
    const Bytes& a = octets(left);
    const Bytes& b = octets(right);
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace convene::gcc

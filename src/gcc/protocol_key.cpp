#include "gcc/protocol_key.hpp"

namespace convene::gcc {
namespace {

ByteView without_version(ByteView contents) {
    const std::size_t size = contents.size();
    // An octet with the high bit set before the 0 would make both one arc, such as the 128 of T.128.
    const bool has_version = size > 2 && contents[size - 2] == std::byte{0} && contents[size - 1] == std::byte{1} &&
                             (contents[size - 3] & std::byte{0x80}) == std::byte{0};
    return has_version ? contents.first(size - 2) : contents;
}

}  // namespace

bool same_protocol(const Key& left, const Key& right) {
    const auto* a = std::get_if<asn1::ObjectIdentifier>(&left);
    const auto* b = std::get_if<asn1::ObjectIdentifier>(&right);
    if (a == nullptr || b == nullptr) return left == right;
    return equal(without_version(a->contents), without_version(b->contents));
}

}  // namespace convene::gcc

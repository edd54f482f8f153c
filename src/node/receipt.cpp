#include "node/receipt.hpp"

#include "asn1/per.hpp"

namespace convene::asn1 {

template <>
inline constexpr auto schema<node::Receipt> = sequence(field("count", &node::Receipt::count, Integer<0, UINT32_MAX>{}),
                                                       extensible);

}  // namespace convene::asn1

namespace convene::node {

gcc::Key receipt_key() { return gcc::h221_key(to_bytes("Convene saved")); }

Bytes encode(const Receipt& receipt) { return *asn1::per_encode(receipt); }

std::optional<Receipt> decode_receipt(ByteView octets) {
    auto decoded = asn1::per_decode<Receipt>(octets);
    if (!decoded) return std::nullopt;
    return *decoded;
}

}  // namespace convene::node

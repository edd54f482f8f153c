/// How a node that remembers tells another that what it sent is safe.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "gcc/key.hpp"
#include "mcs/ids.hpp"

namespace convene::node {

/// Of what `sender` has sent to all in one application, the first `count` data units can no longer be lost: they stand
/// on a disk. Travels in the non-standard PDU of the application, to the sender alone, so whoever does not know it
/// overlooks it.
struct Receipt {
    std::uint32_t count = 0;

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// The H.221 key of receipts.
gcc::Key receipt_key();
Bytes encode(const Receipt& receipt);
std::optional<Receipt> decode_receipt(ByteView octets);

}  // namespace convene::node

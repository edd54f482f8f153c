#include "asn1/ber_writer.hpp"

namespace convene::asn1 {
namespace {

constexpr std::uint32_t kFirstLongTag = 31;    // X.690 §8.1.2.4
constexpr std::size_t kFirstLongLength = 128;  // X.690 §8.1.3.5

}  // namespace

void BerWriter::header(BerTag tag, bool constructed, std::size_t end_of_contents) {
    std::size_t length = size() - end_of_contents;
    if (length < kFirstLongLength) {
        octet(static_cast<unsigned>(length));
    } else {
        unsigned count = 0;
        for (; length > 0; length >>= 8, ++count) octet(static_cast<unsigned>(length & 0xFF));
        octet(0x80 | count);
    }
    unsigned leading = tag.tag_class | (constructed ? kBerConstructed : 0U);
    if (tag.number < kFirstLongTag) {
        octet(leading | tag.number);
        return;
    }
    octet(tag.number & 0x7F);
    for (std::uint32_t rest = tag.number >> 7; rest > 0; rest >>= 7) octet(0x80 | (rest & 0x7F));
    octet(leading | kFirstLongTag);
}

void BerWriter::unsigned_number(std::uint64_t value) {
    unsigned last = 0;
    do {
        last = value & 0xFF;
        octet(last);
        value >>= 8;
    } while (value > 0);
    if (last >= 0x80) octet(0);
}

void BerWriter::signed_number(std::int64_t value) {
    while (true) {
        auto last = static_cast<unsigned>(value & 0xFF);
        octet(last);
        value >>= 8;
        if ((value == 0 && last < 0x80) || (value == -1 && last >= 0x80)) return;
    }
}

}  // namespace convene::asn1

#include "asn1/ber_reader.hpp"

namespace convene::asn1 {
namespace {

constexpr unsigned kLongTag = 0x1F;            // X.690 §8.1.2.4
constexpr unsigned kIndefinite = 0x80;         // X.690 §8.1.3.6
constexpr std::size_t kMostTagOctets = 5;      // numbers of 32 bits
constexpr std::size_t kEndOfContentsSize = 2;  // X.690 §8.1.5
constexpr std::string_view kTagClause = "X.690 §8.1.2";
constexpr std::string_view kLengthClause = "X.690 §8.1.3";

unsigned value_of(std::byte octet) { return std::to_integer<unsigned>(octet); }

}  // namespace

bool BerReader::read_tag(std::size_t& at, BerTag& tag, bool& constructed) const {
    if (at >= end_) return false;
    unsigned first = value_of(data_[at++]);
    tag.tag_class = static_cast<std::uint8_t>(first & 0xC0);
    constructed = (first & kBerConstructed) != 0;
    tag.number = first & kLongTag;
    if (tag.number != kLongTag) return true;
    tag.number = 0;
    for (std::size_t i = 0; i < kMostTagOctets && at < end_; ++i) {
        unsigned next = value_of(data_[at++]);
        if (tag.number >> 25 != 0) return false;
        tag.number = tag.number << 7 | (next & 0x7F);
        if (next < 0x80) return true;
    }
    return false;
}

bool BerReader::peek(BerTag& tag) const {
    std::size_t at = at_;
    bool constructed = false;
    return !at_end() && read_tag(at, tag, constructed);
}

bool BerReader::at_end() const {
    if (!indefinite_) return at_ >= end_;
    return end_ - at_ >= kEndOfContentsSize && data_[at_] == std::byte{0} && data_[at_ + 1] == std::byte{0};
}

bool BerReader::open(BerElement& element) {
    if (failed_) return false;
    if (depth_ == kMaxBerDepth) return fail(DecodeErrc::too_deep, "nesting");
    if (at_ >= end_) return fail(DecodeErrc::truncated, kTagClause);
    if (!read_tag(at_, element.tag, element.constructed))
        return fail(at_ >= end_ ? DecodeErrc::truncated : DecodeErrc::bad_tag, kTagClause);
    if (at_ >= end_) return fail(DecodeErrc::truncated, kLengthClause);
    element.outer_end = end_;
    element.outer_indefinite = indefinite_;
    unsigned first = value_of(data_[at_++]);
    element.indefinite = first == kIndefinite;
    if (element.indefinite) {
        if (!element.constructed) return fail(DecodeErrc::bad_length, kLengthClause);
    } else {
        std::size_t length = first;
        if (first > kIndefinite) {
            length = 0;
            for (unsigned count = first & 0x7F; count > 0; --count) {
                if (at_ >= end_) return fail(DecodeErrc::truncated, kLengthClause);
                if (length >> (8 * (sizeof(length) - 1)) != 0) return fail(DecodeErrc::bad_length, kLengthClause);
                length = length << 8 | value_of(data_[at_++]);
            }
        }
        if (length > end_ - at_) return fail(DecodeErrc::truncated, kLengthClause);
        end_ = at_ + length;
    }
    indefinite_ = element.indefinite;
    ++depth_;
    return true;
}

bool BerReader::open(BerTag expected, BerElement& element) {
    BerTag tag;
    if (failed_) return false;
    if (at_ >= end_) return fail(DecodeErrc::truncated, kTagClause);
    if (!peek(tag) || tag != expected) return fail(DecodeErrc::bad_tag, kTagClause);
    return open(element);
}

bool BerReader::close(const BerElement& element) {
    if (failed_) return false;
    if (!at_end()) {
        if (at_ >= end_) return fail(DecodeErrc::truncated, "X.690 §8.1.5");
        return fail(DecodeErrc::bad_length, "octets left in an element");
    }
    if (element.indefinite) at_ += kEndOfContentsSize;
    end_ = element.outer_end;
    indefinite_ = element.outer_indefinite;
    --depth_;
    return true;
}

bool BerReader::skip(ByteView& whole) {
    std::size_t start = at_;
    BerElement element;
    if (!open(element)) return false;
    if (element.indefinite) {
        ByteView part;
        while (!at_end()) {
            if (!skip(part)) return false;
        }
    } else {
        at_ = end_;
    }
    if (!close(element)) return false;
    whole = {data_ + start, at_ - start};
    return true;
}

bool BerReader::primitive(const BerElement& element, ByteView& contents) {
    if (element.constructed) return fail(DecodeErrc::bad_tag, "X.690 §8.1.2.5");
    contents = {data_ + at_, end_ - at_};
    at_ = end_;
    return true;
}

bool BerReader::octets(const BerElement& element, ByteView& whole, Bytes& joined, bool& is_joined) {
    is_joined = element.constructed;
    if (!is_joined) return primitive(element, whole);
    if (!segments(element, joined)) return false;
    whole = joined;
    return true;
}

bool BerReader::segments(const BerElement& element, Bytes& joined) {
    if (!element.constructed) {
        ByteView contents;
        if (!primitive(element, contents) || !charge(contents.size())) return false;
        append(joined, contents);
        return true;
    }
    while (!at_end()) {
        BerElement segment;
        if (!open(kBerOctetString, segment) || !segments(segment, joined) || !close(segment)) return false;
    }
    return true;
}

bool BerReader::bit_string(const BerElement& element, BitString& out) {
    out = {};
    return bit_segments(element, out);
}

bool BerReader::bit_segments(const BerElement& element, BitString& out) {
    constexpr std::string_view kClause = "X.690 §8.6";
    if (!element.constructed) {
        ByteView contents;
        if (!primitive(element, contents)) return false;
        // Only the last segment may leave bits unused.
        if (contents.empty() || out.bits % 8 != 0) return fail(DecodeErrc::bad_value, kClause);
        unsigned unused = value_of(contents[0]);
        contents = contents.subspan(1);
        if (unused > 7 || (unused > 0 && contents.empty())) return fail(DecodeErrc::bad_value, kClause);
        if (!charge(contents.size())) return false;
        append(out.octets, contents);
        out.bits += contents.size() * 8 - unused;
        if (unused > 0) out.octets.back() &= static_cast<std::byte>(0xFFU << unused);
        return true;
    }
    while (!at_end()) {
        BerElement segment;
        if (!open(kBerBitString, segment) || !bit_segments(segment, out) || !close(segment)) return false;
    }
    return true;
}

bool BerReader::boolean(const BerElement& element, bool& out) {
    ByteView contents;
    if (!primitive(element, contents)) return false;
    if (contents.size() != 1) return fail(DecodeErrc::bad_length, "X.690 §8.2");
    out = contents[0] != std::byte{0};
    return true;
}

bool BerReader::null(const BerElement& element) {
    ByteView contents;
    if (!primitive(element, contents)) return false;
    return contents.empty() || fail(DecodeErrc::bad_length, "X.690 §8.8");
}

bool BerReader::unsigned_number(const BerElement& element, std::uint64_t& out) {
    ByteView contents;
    if (!primitive(element, contents)) return false;
    if (contents.empty()) return fail(DecodeErrc::bad_length, "X.690 §8.3");
    out = 0;
    for (std::byte octet : contents) {
        if (out >> 56 != 0) return fail(DecodeErrc::unsupported, "integer over 64 bits");
        out = out << 8 | value_of(octet);
    }
    return true;
}

bool BerReader::signed_number(const BerElement& element, std::int64_t& out) {
    ByteView contents;
    if (!primitive(element, contents)) return false;
    if (contents.empty()) return fail(DecodeErrc::bad_length, "X.690 §8.3");
    bool negative = value_of(contents[0]) >= 0x80;
    std::byte sign = negative ? std::byte{0xFF} : std::byte{0};
    while (contents.size() > 8 && contents[0] == sign) contents = contents.subspan(1);
    if (contents.size() > 8 || (contents.size() == 8 && (value_of(contents[0]) >= 0x80) != negative))
        return fail(DecodeErrc::unsupported, "integer over 64 bits");
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (std::byte octet : contents) value = value << 8 | value_of(octet);
    out = static_cast<std::int64_t>(value);
    return true;
}

bool BerReader::fail(DecodeErrc code, std::string_view clause) {
    if (!failed_) {
        failed_ = true;
        error_.code = code;
        error_.bit_offset = at_ * 8;
        error_.clause = clause;
    }
    return false;
}

}  // namespace convene::asn1

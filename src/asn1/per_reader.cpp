#include "asn1/per_reader.hpp"

#include "asn1/fragments.hpp"

namespace convene::asn1 {

bool PerReader::constrained_large(std::uint64_t span, std::uint64_t& out) {
    unsigned most = (64U - static_cast<unsigned>(__builtin_clzll(span)) + 7) / 8;
    std::uint64_t octets = 0;
    unsigned length_bits = most == 1 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(most - 1));
    if (!bits(length_bits, octets)) return false;
    ++octets;
    if (octets > most) return fail(DecodeErrc::bad_length, "X.691 §13.2.6");
    align();
    out = 0;
    for (; octets > 0; --octets) {
        std::uint64_t octet = 0;
        if (!bits(8, octet)) return false;
        out = out << 8 | octet;
    }
    if (out > span) return fail(DecodeErrc::bad_value, "X.691 §13.2.6");
    return true;
}

bool PerReader::semi_constrained(std::uint64_t& out) {
    std::size_t size = 0;
    bool more = false;
    ByteView octets;
    if (!length(size, more)) return false;
    if (more || size == 0) return fail(DecodeErrc::bad_length, "X.691 §11.7");
    if (!view(size, octets)) return false;
    out = 0;
    for (std::byte octet : octets) {
        if (out >> 56 != 0) return fail(DecodeErrc::unsupported, "integer over 64 bits");
        out = out << 8 | std::to_integer<std::uint64_t>(octet);
    }
    return true;
}

bool PerReader::unconstrained(std::int64_t& out) {
    std::size_t size = 0;
    bool more = false;
    ByteView octets;
    if (!length(size, more)) return false;
    if (more || size == 0) return fail(DecodeErrc::bad_length, "X.691 §11.8");
    if (!view(size, octets)) return false;
    bool negative = (octets[0] & std::byte{0x80}) != std::byte{0};
    std::byte sign = negative ? std::byte{0xFF} : std::byte{0};
    while (octets.size() > 8 && octets[0] == sign) octets = octets.subspan(1);
    if (octets.size() > 8 || (octets.size() == 8 && ((octets[0] & std::byte{0x80}) != std::byte{0}) != negative))
        return fail(DecodeErrc::unsupported, "integer over 64 bits");
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (std::byte octet : octets) value = value << 8 | std::to_integer<std::uint64_t>(octet);
    out = static_cast<std::int64_t>(value);
    return true;
}

bool PerReader::normally_small(std::uint64_t& out) {
    bool large = false;
    if (!bit(large)) return false;
    return large ? semi_constrained(out) : bits(6, out);
}

bool PerReader::normally_small_length(std::uint64_t& out) {
    bool large = false;
    if (!bit(large)) return false;
    if (!large) {
        if (!bits(6, out)) return false;
        ++out;
        return true;
    }
    std::size_t size = 0;
    bool more = false;
    if (!length(size, more)) return false;
    if (more || size == 0) return fail(DecodeErrc::bad_length, "X.691 §11.9.3.4");
    out = size;
    return true;
}

bool PerReader::additions(std::uint64_t& count, std::bitset<kMaxAdditions>& presence) {
    if (!normally_small_length(count)) return false;
    if (count > kMaxAdditions) return fail(DecodeErrc::too_long, "X.691 §19.7");
    for (std::size_t i = 0; i < count; ++i) {
        bool is_there = false;
        if (!bit(is_there)) return false;
        presence[i] = is_there;
    }
    return true;
}

bool PerReader::long_length(std::uint64_t first, std::size_t& out, bool& more) {
    if (first < 0xC0) {
        std::uint64_t second = 0;
        if (!bits(8, second)) return false;
        out = (first & 0x3F) << 8 | second;
        return true;
    }
    std::uint64_t units = first & 0x3F;
    if (units < 1 || units > 4) return fail(DecodeErrc::bad_length, "X.691 §11.9.3.8");
    out = units * kFragmentUnit;
    more = true;
    return true;
}

bool PerReader::raw(std::size_t count, Bytes& out) {
    if (at_ % 8 == 0) return raw_aligned(count, out);
    if (!plausible(count, 8) || !charge(count)) return false;
    for (; count > 0; --count) {
        std::uint64_t octet = 0;
        bits(8, octet);
        out.push_back(static_cast<std::byte>(octet));
    }
    return true;
}

bool PerReader::raw_aligned(std::size_t count, Bytes& out) {
    ByteView octets;
    if (!view(count, octets) || !charge(count)) return false;
    out.insert(out.end(), octets.begin(), octets.end());
    return true;
}

std::uint64_t PerReader::bits_near_end(unsigned count) const {
    std::uint64_t value = 0;
    unsigned in_octet = at_ & 7;
    std::size_t octet = at_ >> 3;
    unsigned have = 0;
    while (have < count + in_octet) {
        value = value << 8 | std::to_integer<std::uint64_t>(data_[octet++]);
        have += 8;
    }
    return value >> (have - count - in_octet) & ((std::uint64_t{1} << count) - 1);
}

bool PerReader::join_fragments(std::size_t size, ByteView& whole, Bytes& joined) {
    bool more = true;
    if (!raw_aligned(size, joined)) return false;
    while (more) {
        if (!length(size, more) || !raw_aligned(size, joined)) return false;
    }
    whole = joined;
    return true;
}

bool PerReader::slice_of_fragments(std::size_t size, Slice& out) {
    ByteView whole;
    Bytes joined;
    if (!join_fragments(size, whole, joined)) return false;
    out = Slice(whole);
    return true;
}

bool PerReader::skip_open_type() {
    std::size_t size = 0;
    bool more = true;
    ByteView octets;
    while (more) {
        if (!length(size, more) || !view(size, octets)) return false;
    }
    return true;
}

bool PerReader::fail(DecodeErrc code, std::string_view clause) {
    if (!error_) error_ = DecodeError{code, at_, {}, clause};
    end_ = at_;
    return false;
}

bool PerReader::return_from(const PerReader& inner, bool ok, std::size_t offset) {
    budget_ = inner.budget_;
    unknown_additions_ += inner.unknown_additions_;
    if (ok) return true;
    fail(inner.error_->code, inner.error_->clause);
    error_->bit_offset = offset + inner.error_->bit_offset;
    error_->path = inner.error_->path;
    return false;
}

}  // namespace convene::asn1

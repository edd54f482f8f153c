#include "asn1/per_writer.hpp"

#include <algorithm>

#include "asn1/fragments.hpp"
#include "asn1/shape.hpp"

namespace convene::asn1 {

void PerWriter::constrained_large(std::uint64_t value, std::uint64_t span) {
    unsigned count = octets_for(value);
    bits(count - 1, bits_for(octets_for(span) - 1));
    align();
    for (unsigned i = count; i > 0; --i) bits(value >> (8 * (i - 1)) & 0xFF, 8);
}

void PerWriter::semi_constrained(std::uint64_t value) {
    align();
    unsigned count = octets_for(value);
    bits(count, 8);
    for (unsigned i = count; i > 0; --i) bits(value >> (8 * (i - 1)) & 0xFF, 8);
}

void PerWriter::unconstrained(std::int64_t value) {
    align();
    // The shortest two's complement: drop octets that only repeat the sign.
    unsigned count = 8;
    while (count > 1) {
        std::int64_t rest = value >> (8 * (count - 1) - 1);
        if (rest != 0 && rest != -1) break;
        --count;
    }
    bits(count, 8);
    for (unsigned i = count; i > 0; --i) bits(static_cast<std::uint64_t>(value) >> (8 * (i - 1)) & 0xFF, 8);
}

void PerWriter::normally_small(std::uint64_t value) {
    bit(value > 63);
    if (value > 63) {
        semi_constrained(value);
    } else {
        bits(value, 6);
    }
}

void PerWriter::normally_small_length(std::uint64_t count) {
    bit(count > 64);
    if (count > 64) {
        bool more = false;
        length(count, more);
    } else {
        bits(count - 1, 6);
    }
}

std::size_t PerWriter::length(std::size_t count, bool& more) {
    align();
    more = false;
    if (count < 0x80) {
        bits(count, 8);
        return count;
    }
    if (count < kFragmentUnit) {
        bits(0x8000 | count, 16);
        return count;
    }
    std::size_t units = std::min(count / kFragmentUnit, kMaxFragmentUnits);
    bits(0xC0 | units, 8);
    more = true;
    return units * kFragmentUnit;
}

void PerWriter::few(ByteView octets) {
    align();
    bits(octets.size(), 8);
    raw(octets);
}

void PerWriter::many_staged(ByteView octets) {
    if (octets.size() >= kFragmentUnit) return fragments(octets);
    bool more = false;
    length(octets.size(), more);
    raw(octets);
}

void PerWriter::raw_elsewhere(ByteView octets) {
    if (phase() > 0) {
        for (std::byte octet : octets) bits(std::to_integer<std::uint64_t>(octet), 8);
    } else {
        stage();
        flush(octets.size());
        append(out_, octets);
    }
}

void PerWriter::flush(std::size_t more) {
    std::size_t wanted = out_.size() + used_ + more;
    if (wanted > out_.capacity()) out_.reserve(std::max(wanted, out_.capacity() * 2));
    append(out_, ByteView(staging_).first(used_));
    used_ = 0;
}

void PerWriter::fragments(ByteView octets) {
    bool more = true;
    while (more) {
        std::size_t now = length(octets.size(), more);
        raw(octets.first(now));
        octets = octets.subspan(now);
    }
}

bool PerWriter::adopt(const PerWriter& inner) {
    fail(inner.error_->code);
    error_->path = inner.error_->path;
    return false;
}

}  // namespace convene::asn1

/// The bit level of aligned basic PER, reading (X.691 §11): integers, lengths and runs of octets, each bounded.
#pragma once

#include <algorithm>
#include <bit>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asn1/error.hpp"
#include "asn1/for_size.hpp"
#include "asn1/limits.hpp"
#include "base/bytes.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

/// Reads bits from the first of the highest octet on. After the first failure every read fails;
/// error() then says what and where. Not to be shared between threads.
class PerReader {
public:
    explicit PerReader(ByteView input)
        : data_(input.data()), end_(input.size() * 8), budget_(input.size() * kMemoryPerInputOctet + kMemoryAlways) {}
    /// As above; Slice members of the value will share `owner`'s buffer.
    explicit PerReader(const Slice& owner) : PerReader(owner.view()) { owner_ = &owner; }

    CONVENE_HOT bool bits(unsigned count, std::uint64_t& out) {  // count <= 57
        if (count > end_ - at_) [[unlikely]]
            return fail(DecodeErrc::truncated, "X.691 §11");
        std::size_t octet = at_ >> 3;
        if (octet + 8 <= end_ >> 3) [[likely]] {
            out = count == 0 ? 0 : load64(data_ + octet) << (at_ & 7) >> (64 - count);
        } else {
            out = bits_near_end(count);
        }
        at_ += count;
        return true;
    }
    /// The 64 bits from the start of the present octet on, when there are as many.
    CONVENE_HOT bool peek_word(std::uint64_t& word) const {
        std::size_t octet = at_ >> 3;
        if (octet + 8 > end_ >> 3) return false;
        word = load64(data_ + octet);
        return true;
    }
    /// Steps over bits that peek_word() has shown.
    void skip_bits(unsigned count) { at_ += count; }
    /// `count` of 8 or 16 bits at the next octet boundary.
    CONVENE_HOT bool whole_octets(unsigned count, std::uint64_t& out) {
        std::size_t start = (at_ + 7) & ~std::size_t{7};
        if (start + count > end_) [[unlikely]]
            return fail(DecodeErrc::truncated, "X.691 §11");
        const std::byte* octet = data_ + (start >> 3);
        out = std::to_integer<std::uint64_t>(octet[0]);
        if (count == 16) out = out << 8 | std::to_integer<std::uint64_t>(octet[1]);
        at_ = start + count;
        return true;
    }
    bool bit(bool& out) {
        if (at_ == end_) [[unlikely]]
            return fail(DecodeErrc::truncated, "X.691 §11");
        out = (std::to_integer<unsigned>(data_[at_ >> 3]) >> (7 - (at_ & 7)) & 1) != 0;
        ++at_;
        return true;
    }
    bool align() {
        at_ = std::min((at_ + 7) & ~std::size_t{7}, end_);
        return true;
    }

    /// A whole number in 0..span (X.691 §11.5.7).
    CONVENE_HOT bool constrained(std::uint64_t span, std::uint64_t& out) {
        if (span < 255) {
            unsigned count = span == 0 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(span));
            if (!bits(count, out)) return false;
        } else if (span == 255) {
            return whole_octets(8, out);
        } else if (span < 65536) {
            if (!whole_octets(16, out)) return false;
        } else {
            return constrained_large(span, out);
        }
        if (out > span) [[unlikely]]
            return fail(DecodeErrc::bad_value, "X.691 §11.5");
        return true;
    }
    /// A number from 0 upward with a length before it (X.691 §11.7), leading zeros allowed.
    bool semi_constrained(std::uint64_t& out);
    bool unconstrained(std::int64_t& out);
    /// X.691 §11.6.
    bool normally_small(std::uint64_t& out);
    /// X.691 §11.9.3.4: the number of extension additions.
    bool normally_small_length(std::uint64_t& out);
    /// How many extension additions a SEQUENCE announces, and which of them are there (X.691 §19.7-8).
    bool additions(std::uint64_t& count, std::bitset<kMaxAdditions>& presence);

    /// A length determinant (X.691 §11.9.3.5-8). `more` is set when this is a fragment and another length follows it.
    bool length(std::size_t& out, bool& more) {
        std::uint64_t first = 0;
        if (!whole_octets(8, first)) return false;
        more = false;
        if (first < 0x80) {
            out = first;
            return true;
        }
        return long_length(first, out, more);
    }

    /// `count` whole octets, starting right here (the caller has aligned where the rule says so).
    bool raw(std::size_t count, Bytes& out);
    /// Appends `count` octets to `out`; the position is at an octet boundary.
    bool raw_aligned(std::size_t count, Bytes& out);
    /// A view of `count` octets; the position is at an octet boundary.
    bool view(std::size_t count, ByteView& out) {
        if (count > (end_ - at_) / 8) [[unlikely]]
            return fail(DecodeErrc::truncated, "X.691 §11.9");
        out = {data_ + at_ / 8, count};
        at_ += count * 8;
        return true;
    }
    /// All of an unconstrained octet string, fragments joined. Without fragmentation this copies nothing:
    /// `whole` is a view of the input; otherwise `joined` holds the octets and `whole` views them.
    CONVENE_HOT bool octets(ByteView& whole, Bytes& joined) {
        std::size_t size = 0;
        bool more = false;
        if (!length(size, more)) return false;
        return more ? join_fragments(size, whole, joined) : view(size, whole);
    }
    /// An unconstrained octet string as a slice, of the owner's buffer where that is possible.
    CONVENE_HOT bool slice(Slice& out) {
        std::size_t size = 0;
        bool more = false;
        if (!length(size, more)) return false;
        if (more) [[unlikely]]
            return slice_of_fragments(size, out);
        ByteView octets;
        if (!view(size, octets)) return false;
        out = owner_ != nullptr ? share(octets) : Slice(octets);
        return true;
    }
    /// Steps over an open type.
    bool skip_open_type();

    /// A reader of what an open type holds, `contents` as octets() gave it. It draws on the same budget and, unless the
    /// contents were joined from fragments, shares the same buffer. return_from() ends its work.
    PerReader enter(ByteView contents, bool is_joined) const {
        PerReader inner(contents);
        inner.budget_ = budget_;
        inner.owner_ = is_joined ? nullptr : owner_;
        inner.latin_is_wide_ = latin_is_wide_;
        return inner;
    }
    /// Takes over what `inner` counted and, if `ok` is false, its failure; `offset` is where its contents began, in
    /// bits. Returns `ok`.
    bool return_from(const PerReader& inner, bool ok, std::size_t offset);

    /// Takes `size` octets of memory out of the budget.
    bool charge(std::size_t size) {
        if (size > budget_) [[unlikely]]
            return fail(DecodeErrc::too_long, "memory per input octet");
        budget_ -= size;
        return true;
    }
    /// True when `count` elements of at least `least` bits can still follow.
    bool plausible(std::size_t count, std::size_t least) {
        if (least == 0) least = 1;
        if (count > (end_ - at_) / least) [[unlikely]]
            return fail(DecodeErrc::truncated, "X.691 §11.9");
        return true;
    }

    std::size_t position() const { return at_; }
    std::size_t remaining_bits() const { return end_ - at_; }
    const Slice* owner() const { return owner_; }
    /// A slice of the owner for a view that lies inside it.
    Slice share(ByteView part) const {
        return owner_->sub(static_cast<std::size_t>(part.data() - owner_->data()), part.size());
    }

    /// From now on, BMP strings limited to U+0000..U+00FF are read with 16 bits a character, as peers send them whose
    /// module had lost that limit.
    void read_latin_wide() { latin_is_wide_ = true; }
    bool reads_latin_wide() const { return latin_is_wide_; }

    std::size_t unknown_additions() const { return unknown_additions_; }
    void count_unknown(std::size_t more) { unknown_additions_ += more; }

    [[gnu::cold]] bool fail(DecodeErrc code, std::string_view clause);
    /// Called on the way out of a failed member, innermost first; always false.
    bool in(std::string_view member) { return !kForSize && add_member(error_->path, member); }
    bool in_element(std::size_t index) { return !kForSize && add_element(error_->path, index); }
    const DecodeError& error() const { return *error_; }

private:
    static std::uint64_t load64(const std::byte* from) {
        std::uint64_t value = 0;
        std::memcpy(&value, from, sizeof value);
        return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
    }
    /// bits() where fewer than eight octets follow; the bits are known to be there.
    std::uint64_t bits_near_end(unsigned count) const;
    bool join_fragments(std::size_t size, ByteView& whole, Bytes& joined);
    bool slice_of_fragments(std::size_t size, Slice& out);
    bool constrained_large(std::uint64_t span, std::uint64_t& out);
    bool long_length(std::uint64_t first, std::size_t& out, bool& more);

    const std::byte* data_;
    std::size_t at_ = 0;
    std::size_t end_;
    std::size_t budget_;
    const Slice* owner_ = nullptr;
    std::size_t unknown_additions_ = 0;
    bool latin_is_wide_ = false;
    std::optional<DecodeError> error_;
};

}  // namespace convene::asn1

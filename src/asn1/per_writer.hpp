/// The bit level of aligned basic PER, writing (X.691 §11).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "asn1/error.hpp"
#include "asn1/for_size.hpp"
#include "base/bytes.hpp"

namespace convene::asn1 {

/// Writes bits into octets of its owner, where they are complete after finish(). A value that does not fit its type
/// makes the writer fail for good; error() says where.
class PerWriter {
public:
    explicit PerWriter(Bytes& out) : out_(out) { out.clear(); }
    PerWriter(const PerWriter&) = delete;
    PerWriter& operator=(const PerWriter&) = delete;

    CONVENE_HOT void bits(std::uint64_t value, unsigned count) {  // count <= 57, value < 2^count
        if (pending_bits_ + count > 64) [[unlikely]]
            stage();
        pending_ = pending_ << count | value;
        pending_bits_ += count;
    }
    void bit(bool value) { bits(value ? 1 : 0, 1); }
    void align() {
        unsigned padding = -pending_bits_ & 7;
        pending_ <<= padding;
        pending_bits_ += padding;  // to 64 at most
    }

    /// A whole number in 0..span (X.691 §11.5.7); `value` has been checked.
    CONVENE_HOT void constrained(std::uint64_t value, std::uint64_t span) {
        if (span < 255) {
            bits(value, span == 0 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(span)));
        } else if (span < 65536) {
            align();
            bits(value, span == 255 ? 8 : 16);
        } else {
            constrained_large(value, span);
        }
    }
    void semi_constrained(std::uint64_t value);
    void unconstrained(std::int64_t value);
    void normally_small(std::uint64_t value);
    void normally_small_length(std::uint64_t count);

    /// Writes the length of what is left of a value of `count` units, or of its next fragment.
    /// Returns how many units to write now; the value is complete when `more` comes back false.
    std::size_t length(std::size_t count, bool& more);

    /// The upper `count` bits of `word`, 1..64.
    CONVENE_HOT void word(std::uint64_t word, unsigned count) {
        if (count > 57) {
            bits(word >> 32, 32);
            word <<= 32;
            count -= 32;
        }
        bits(word >> (64 - count), count);
    }
    /// How many bits the octet that is being written has.
    unsigned phase() const { return pending_bits_ % 8; }
    /// Octets right here, aligned or not.
    void raw(ByteView octets) {
        // What is pending takes the room of a word, however little of it there is.
        if (phase() > 0 || octets.size() + 2 * sizeof pending_ > staging_.size() - used_) return raw_elsewhere(octets);
        stage();
        std::copy(octets.begin(), octets.end(), staging_.begin() + static_cast<std::ptrdiff_t>(used_));
        used_ += octets.size();
    }
    /// An unconstrained octet string or an open type: length, octets, fragments where needed.
    CONVENE_HOT void octets(ByteView octets) {
        if (octets.size() < kFew) return few(octets);
        many(octets);
    }

    /// Pads the encoding to whole octets; one zero octet where there was no bit (X.691 §11.1).
    void finish() {
        if (pending_bits_ + used_ == 0 && !out_.empty()) return;
        align();
        stage();
        if (!out_.empty()) {
            if (used_ > 0) flush(0);
            return;
        }
        if (used_ == 0) staging_[used_++] = std::byte{0};
        out_.assign(staging_.data(), staging_.data() + used_);
    }

    bool fail(EncodeErrc code) {
        if (!error_) error_ = EncodeError{code, {}};
        return false;
    }
    bool in(std::string_view member) { return !kForSize && add_member(error_->path, member); }
    bool in_element(std::size_t index) { return !kForSize && add_element(error_->path, index); }
    bool adopt(const PerWriter& inner);
    const EncodeError& error() const { return *error_; }

private:
    void constrained_large(std::uint64_t value, std::uint64_t span);
    void fragments(ByteView octets);
    void few(ByteView octets);
    void many_staged(ByteView octets);
    /// What carries data is mostly this: all that came before fits one word with the length. The octets are copied
    /// once, to a vector of which the compiler knows that it is new, which spares the cases in which it would have to
    /// grow.
    void many(ByteView octets) {
        if (used_ > 0 || pending_bits_ > 48 || octets.size() >= 0x4000 || !out_.empty()) return many_staged(octets);
        align();
        std::uint64_t word = pending_bits_ == 0 ? 0 : pending_ << (64 - pending_bits_);
        const std::uint64_t size = octets.size();
        const bool is_short = size < 0x80;
        word |= (is_short ? size << 56 : (0x8000 | size) << 48) >> pending_bits_;
        const std::size_t whole = pending_bits_ / 8 + (is_short ? 1 : 2);
        pending_bits_ = 0;
        word = in_network_order(word);
        std::array<std::byte, sizeof word> first;
        std::memcpy(first.data(), &word, sizeof word);
        Bytes out;
        out.reserve(first.size() + octets.size());
        out.insert(out.end(), first.begin(), first.end());
        out.resize(whole);
        out.insert(out.end(), octets.begin(), octets.end());
        out_ = std::move(out);
    }
    /// Octets between octet boundaries, or too many to be staged.
    void raw_elsewhere(ByteView octets);
    /// Moves what is staged to the end of out_, making room for `more` octets behind it.
    void flush(std::size_t more);

    /// Moves the whole octets that are pending to where the others are staged.
    CONVENE_HOT void stage() {
        if (pending_bits_ < 8) return;
        if (staging_.size() - used_ < sizeof pending_) [[unlikely]]
            flush(0);
        const std::uint64_t word = in_network_order(pending_ << (64 - pending_bits_));
        std::memcpy(staging_.data() + used_, &word, sizeof word);
        used_ += pending_bits_ / 8;
        pending_bits_ %= 8;
    }

    static std::uint64_t in_network_order(std::uint64_t word) {
        return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
    }

    // Most PDUs fit the staging area, so that encoding one allocates exactly what is returned.
    static constexpr std::size_t kStaging = 256;
    static constexpr std::size_t kFew = 48;  ///< copying fewer octets twice costs less than to begin with them
    Bytes& out_;  // not a member that is moved out in the end: that cost more than the header of a PDU
    std::array<std::byte, kStaging> staging_;
    std::size_t used_ = 0;
    // What is not staged yet: the lower `pending_bits_` bits, 64 at most. Whole words are stored rather than octets, as
    // a copy out of staging_ has to wait for every store that is narrower than its own loads.
    std::uint64_t pending_ = 0;
    unsigned pending_bits_ = 0;
    std::optional<EncodeError> error_;
};

}  // namespace convene::asn1

/// The octet level of BER, reading: tags, lengths of every form and nesting, each bounded (X.690 §8.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "asn1/ber_tag.hpp"
#include "asn1/error.hpp"
#include "asn1/for_size.hpp"
#include "asn1/limits.hpp"
#include "asn1/types.hpp"
#include "base/bytes.hpp"
#include "base/slice.hpp"

namespace convene::asn1 {

/// An element that has been opened and not yet closed.
struct BerElement {
    BerTag tag;
    bool constructed = false;
    bool indefinite = false;
    bool outer_indefinite = false;  ///< of the element around it, as is
    std::size_t outer_end = 0;
};

/// Walks through nested elements. After the first failure every read fails; error() then says what and where.
class BerReader {
public:
    explicit BerReader(ByteView input)
        : data_(input.data()), end_(input.size()), budget_(input.size() * kMemoryPerInputOctet + kMemoryAlways) {}
    /// As above; Slice members of the value will share `owner`'s buffer.
    explicit BerReader(const Slice& owner) : BerReader(owner.view()) { owner_ = &owner; }

    /// The next tag without taking it; false at the end of the element around it and for a malformed one.
    bool peek(BerTag& tag) const;
    /// True when the innermost open element has nothing left.
    bool at_end() const;
    bool open(BerElement& element);
    /// As above, for an element that must have this tag.
    bool open(BerTag expected, BerElement& element);
    /// Leaves an element; whatever is left in it is an error.
    bool close(const BerElement& element);
    /// Steps over one element, whatever it is. Its octets, tag included, are then in `whole`.
    bool skip(ByteView& whole);

    /// The contents of an element that must be primitive.
    bool primitive(const BerElement& element, ByteView& contents);
    /// The contents of a string type, whose segments are joined when it is constructed: then `joined` holds the octets
    /// and `whole` views them, else `whole` is a view of the input.
    bool octets(const BerElement& element, ByteView& whole, Bytes& joined, bool& is_joined);
    bool bit_string(const BerElement& element, BitString& out);

    bool boolean(const BerElement& element, bool& out);
    bool null(const BerElement& element);
    /// An INTEGER that cannot be negative. Peers that forget the sign octet are read as they mean it:
    /// the contents are taken as unsigned.
    bool unsigned_number(const BerElement& element, std::uint64_t& out);
    bool signed_number(const BerElement& element, std::int64_t& out);

    bool charge(std::size_t size) {
        if (size > budget_) return fail(DecodeErrc::too_long, "memory per input octet");
        budget_ -= size;
        return true;
    }

    std::size_t position() const { return at_; }
    const Slice* owner() const { return owner_; }
    Slice share(ByteView part) const {
        return owner_->sub(static_cast<std::size_t>(part.data() - owner_->data()), part.size());
    }

    std::size_t unknown_additions() const { return unknown_additions_; }
    void count_unknown(std::size_t more) { unknown_additions_ += more; }

    bool fail(DecodeErrc code, std::string_view clause);
    bool in(std::string_view member) { return !kForSize && add_member(error_.path, member); }
    bool in_element(std::size_t index) { return !kForSize && add_element(error_.path, index); }
    const DecodeError& error() const { return error_; }

private:
    bool read_tag(std::size_t& at, BerTag& tag, bool& constructed) const;
    bool segments(const BerElement& element, Bytes& joined);
    bool bit_segments(const BerElement& element, BitString& out);

    const std::byte* data_;
    std::size_t at_ = 0;
    std::size_t end_;  ///< of the innermost definite element
    bool indefinite_ = false;
    unsigned depth_ = 0;
    std::size_t budget_;
    const Slice* owner_ = nullptr;
    std::size_t unknown_additions_ = 0;
    bool failed_ = false;
    DecodeError error_;
};

}  // namespace convene::asn1

/// The octet level of BER, writing: definite lengths of minimal form (X.690 §8.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "asn1/ber_tag.hpp"
#include "asn1/error.hpp"
#include "asn1/for_size.hpp"
#include "base/bytes.hpp"

namespace convene::asn1 {

/// Collects an encoding from its end to its beginning: contents first, then their length, then their tag. So no length
/// has to be known before it can be counted, and no contents are moved.
class BerWriter {
public:
    std::size_t size() const { return reversed_.size(); }

    void octet(unsigned value) { reversed_.push_back(static_cast<std::byte>(value & 0xFF)); }
    void octets(ByteView octets) { reversed_.insert(reversed_.end(), octets.rbegin(), octets.rend()); }
    /// Puts tag and length before everything that came after size() was `end_of_contents`.
    void header(BerTag tag, bool constructed, std::size_t end_of_contents);
    /// Contents of an INTEGER or ENUMERATED, the shortest two's complement.
    void unsigned_number(std::uint64_t value);
    void signed_number(std::int64_t value);

    Bytes take() const { return {reversed_.rbegin(), reversed_.rend()}; }

    bool fail(EncodeErrc code) {
        if (!failed_) error_.code = code;
        failed_ = true;
        return false;
    }
    bool in(std::string_view member) { return !kForSize && add_member(error_.path, member); }
    bool in_element(std::size_t index) { return !kForSize && add_element(error_.path, index); }
    const EncodeError& error() const { return error_; }

private:
    Bytes reversed_;
    bool failed_ = false;
    EncodeError error_;
};

}  // namespace convene::asn1

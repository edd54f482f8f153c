/// Numbers and octets one after another, as our own extras of PDUs hold them. All numbers have the most significant
/// octet first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace convene::whiteboard {

class OctetWriter {
public:
    OctetWriter& number(std::uint64_t value, unsigned octets) {
        for (unsigned i = octets; i-- > 0;) out_.push_back(static_cast<std::byte>(value >> (8 * i)));
        return *this;
    }
    OctetWriter& text(std::string_view value) {
        number(value.size(), 4);
        append(out_, as_bytes(value));
        return *this;
    }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
};

/// After the first thing that is not there, everything is 0 or empty and is_good() is false.
class OctetReader {
public:
    explicit OctetReader(ByteView octets) : rest_(octets) {}

    std::uint64_t number(unsigned octets) {
        std::uint64_t value = 0;
        for (std::byte each : take(octets)) value = value << 8 | static_cast<unsigned>(each);
        return value;
    }
    std::string text() {
        auto size = number(4);
        return std::string(as_text(take(size)));
    }
    ByteView take(std::size_t size) {
        if (size > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        auto out = rest_.first(size);
        rest_ = rest_.subspan(size);
        return out;
    }
    bool is_good() const { return good_; }
    bool is_done() const { return good_ && rest_.empty(); }

private:
    ByteView rest_;
    bool good_ = true;
};

}  // namespace convene::whiteboard

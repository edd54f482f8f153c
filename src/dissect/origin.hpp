/// Where the octets of a PDU stand in the stream they came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace convene::dissect {

/// A PDU lies in one piece in the stream, or in the payloads of several frames.
class Origin {
public:
    explicit Origin(std::uint64_t start = 0) : parts_{{0, start}} {}

    /// From the octet `at` of the PDU on, its octets stand at `offset`. `at` never decreases.
    void continues(std::size_t at, std::uint64_t offset) { parts_.push_back({at, offset}); }

    std::uint64_t of(std::size_t at) const {
        std::size_t whole = at + skipped_;
        std::size_t part = parts_.size() - 1;
        while (part > 0 && parts_[part].at > whole) --part;
        return parts_[part].offset + (whole - parts_[part].at);
    }

    /// The origin of what begins at the octet `at`.
    Origin from(std::size_t at) const {
        Origin out(*this);
        out.skipped_ += at;
        return out;
    }

private:
    struct Part {
        std::size_t at;
        std::uint64_t offset;
    };
    std::vector<Part> parts_;
    std::size_t skipped_ = 0;
};

}  // namespace convene::dissect

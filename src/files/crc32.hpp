/// The CRC that a File-Start may announce: ISO/HDLC, 32 bits. T.127 does not spell it out, so a mismatch is a hint
/// only.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace convene::files {

/// Checks octets that arrive in pieces.
class Crc32 {
public:
    void update(ByteView octets);
    std::uint32_t value() const { return ~state_; }

private:
    std::uint32_t state_ = 0xFFFFFFFF;
};

}  // namespace convene::files

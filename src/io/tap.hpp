/// Somebody who watches what travels on one connection.
#pragma once

#include "base/bytes.hpp"

namespace convene::io {

/// Sees octets in the order of the wire, once received or accepted by the kernel for sending.
class Tap {
public:
    virtual ~Tap() = default;
    virtual void received(ByteView octets) = 0;
    virtual void sent(ByteView octets) = 0;
    virtual void closed(bool by_peer) = 0;
};

}  // namespace convene::io

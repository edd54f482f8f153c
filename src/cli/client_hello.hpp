/// The first octets of a TLS client, to find out whether a server speaks TLS.
#pragma once

#include <string>

#include "base/bytes.hpp"

namespace convene::cli {

/// A ClientHello of the TLS library in use, with `host` as the server name unless it is an address.
Bytes client_hello(const std::string& host);

}  // namespace convene::cli

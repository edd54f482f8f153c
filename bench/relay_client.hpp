/// The load of the relay benchmark: T.120 callers as plain sockets, so that they cost as little as possible.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "mcs/ids.hpp"

namespace convene::bench {

/// A connected caller in the conference of a server on loopback, with one MCS user joined to kChannel.
class RelayClient {
public:
    static constexpr mcs::ChannelId kChannel{900};

    /// Blocks until the user has joined; ends the process with a message when the server does not play along.
    explicit RelayClient(std::uint16_t port);
    RelayClient(const RelayClient&) = delete;
    RelayClient(RelayClient&& other) noexcept;
    ~RelayClient();

    int socket() const { return socket_; }
    mcs::UserId user() const { return user_; }
    /// A complete frame with a SendDataRequest of `size` octets of user data.
    Bytes frame(std::size_t size) const;

private:
    void write_tsdu(ByteView tsdu);
    Bytes read_tsdu();

    int socket_ = -1;
    mcs::UserId user_;
};

/// A socket connected to 127.0.0.1:port.
int connect_to(std::uint16_t port);
void write_all(int socket, ByteView octets);

}  // namespace convene::bench

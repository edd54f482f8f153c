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
    /// `number` names the conference; nothing means that for clients which know no name.
    explicit RelayClient(std::uint16_t port, const std::string& number = {});
    RelayClient(const RelayClient&) = delete;
    RelayClient(RelayClient&& other) noexcept;
    ~RelayClient();

    /// Identifies itself as a node of the conference and announces `name`, as a whole client does.
    void present(const std::string& name);

    int socket() const { return socket_; }
    mcs::UserId user() const { return user_; }
    /// Leaves kChannel: sends to it still, and gets nothing from it.
    void leave();
    /// A complete frame with a SendDataRequest, or a UniformSendDataRequest, of `size` octets of user data.
    Bytes frame(std::size_t size, bool uniform = false) const;

private:
    void write_tsdu(ByteView tsdu);
    Bytes read_tsdu();

    void join(mcs::ChannelId channel);

    int socket_ = -1;
    mcs::UserId user_;
    mcs::UserId parent_;
    std::int64_t tag_ = 0;
};

}  // namespace convene::bench

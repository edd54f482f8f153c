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
    /// A complete frame with a SendDataRequest of `size` octets of user data.
    Bytes frame(std::size_t size) const;

private:
    void write_tsdu(ByteView tsdu);
    Bytes read_tsdu();

    void join(mcs::ChannelId channel);

    int socket_ = -1;
    mcs::UserId user_;
    mcs::UserId parent_;
    std::int64_t tag_ = 0;
};

/// The server program under test, running by itself; ends with this object.
class ServerProcess {
public:
    /// `program serve` on free ports of loopback with one worker and no limits in the way, and with `more` arguments.
    explicit ServerProcess(const std::string& program, const std::vector<std::string>& more = {});
    ServerProcess(const ServerProcess&) = delete;
    ~ServerProcess();

    std::uint16_t port() const { return port_; }
    std::uint16_t web_port() const { return web_port_; }  ///< HTTPS
    double cpu_seconds() const;
    std::size_t resident_octets() const;
    int process() const { return process_; }

private:
    int process_ = -1;
    std::uint16_t port_ = 0;
    std::uint16_t web_port_ = 0;
};

/// CONVENE_PROGRAM or build/release/convene; empty, with a message, when there is none.
std::string program_under_test();
/// User and system time of a process, in seconds.
double cpu_of(int process);

/// A socket connected to 127.0.0.1:port.
int connect_to(std::uint16_t port);
void write_all(int socket, ByteView octets);

}  // namespace convene::bench

/// One connection at the front, from its acceptance until it is known what it wants.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "io/endpoint.hpp"
#include "io/tap.hpp"
#include "node/reception.hpp"
#include "server/connection_counts.hpp"
#include "server/handover.hpp"
#include "server/log_event.hpp"

namespace convene::server {

class FrontClient;

class FrontClientEvents {
public:
    /// The reception has a purpose that wants an answer or a conference.
    virtual void on_decided(FrontClient& client) = 0;
    /// The connection is over.
    virtual void on_gone(FrontClient& client, LogEvent event, std::string_view why) = 0;
    /// Everything is said; the peer has a moment to close.
    virtual void on_lingering(FrontClient& client) = 0;

protected:
    ~FrontClientEvents() = default;
};

struct FrontClientLimits {
    node::ReceptionLimits reception;
    std::size_t octets = 64 * 1024;  ///< that it may send to say what it wants
};

/// Who is at the other end of a connection.
struct FrontGuest {
    ConnectionCounts::Ticket ticket;
    io::Endpoint peer;
    io::Endpoint local;
    std::optional<Admission> admission{};  ///< of a browser
};

/// Shared because a wait in the kernel keeps it alive. Until the first octet it holds a socket and little else.
class FrontClient : public std::enable_shared_from_this<FrontClient> {
public:
    using Socket = boost::asio::generic::stream_protocol::socket;

    FrontClient(Socket socket, FrontGuest guest, ConnectionNumber number, FrontClientEvents& events,
                std::shared_ptr<const FrontClientLimits> limits);

    void start();
    /// Sends one TSDU and closes.
    void answer(ByteView tsdu, std::string why);
    /// Closes at once.
    void abort();
    /// Everything there is, for another thread; afterwards this object is empty.
    Handover release();

    ConnectionNumber number() const { return number_; }
    const io::Endpoint& peer() const { return guest_.peer; }
    const io::Endpoint& local() const { return guest_.local; }
    const std::optional<Admission>& admission() const { return guest_.admission; }
    const node::Purpose& purpose() const { return reception_->purpose(); }
    bool has_said_anything() const { return reception_ != nullptr; }
    bool is_lingering() const { return lingering_; }
    const std::string& source() const { return guest_.ticket.source(); }
    void set_tap(std::unique_ptr<io::Tap> tap) { tap_ = std::move(tap); }

private:
    void wait();
    void read();
    void pump();
    bool send(ByteView octets);
    void gone(LogEvent event, std::string_view why);
    void linger(std::string why);
    void close(bool by_peer);

    Socket socket_;
    FrontClientEvents& events_;
    std::shared_ptr<const FrontClientLimits> limits_;  // shared by all clients
    std::unique_ptr<node::Reception> reception_;
    std::unique_ptr<io::Tap> tap_;
    FrontGuest guest_;
    ConnectionNumber number_;
    std::size_t received_ = 0;
    bool lingering_ = false;
    bool decided_ = false;
    bool over_ = false;
};

}  // namespace convene::server

/// Where browsers arrive: HTTPS, the pages, and WebSockets that become connections like any other.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "server/front_client.hpp"
#include "server/shared.hpp"

namespace convene::server {

/// Used from the thread of the server, except where it says otherwise.
class WebFront final : private http::Owner {
public:
    /// Takes a connection on any thread; its octets come from a socket within this process.
    using Adopt = std::function<void(io::LooseSocket socket, FrontGuest guest)>;

    /// `router` has all routes already and outlives this. Without `desk` whoever comes is let in like anybody who comes
    /// by TCP. The error is a sentence. Nothing where the settings want no web.
    static Expected<std::unique_ptr<WebFront>, std::string> open(Shared& shared, const http::Router& router,
                                                                 TicketDesk* desk, Adopt adopt);
    ~WebFront();

    /// Puts new settings in force, and the certificate's files as they are now.
    void reload();
    /// Accepts nobody any more; WebSockets end with their conferences.
    void drain(std::function<void()> done) { server_.drain(std::move(done)); }

    const std::vector<io::Endpoint>& secure() const { return secure_; }
    const std::vector<io::Endpoint>& plain() const { return plain_; }
    /// "https://localhost:8443/", the best address for a person at this machine; empty where there is none.
    std::string address() const;
    /// On any thread.
    http::Totals totals() const { return server_.totals(); }

private:
    WebFront(Shared& shared, const http::Router& router, TicketDesk* desk, Adopt adopt);

    Expected<std::monostate, std::string> load_certificate();
    Expected<std::monostate, std::string> listen();
    Expected<http::Place, std::string> admit(const io::Endpoint& remote) override;
    Expected<io::LooseSocket, http::Response> open_socket(const http::Request& request, std::string_view ticket,
                                                          const http::Ends& ends, const http::Place& place) override;
    void on_trouble(const io::Endpoint& remote, std::string_view why) override;

    Shared& shared_;
    TicketDesk* desk_;
    Adopt adopt_;
    http::Server server_;
    std::string made_certificate_;  // PEM of the one in memory, where there is no directory to keep it
    std::string made_key_;
    std::vector<io::Endpoint> secure_;
    std::vector<io::Endpoint> plain_;
};

}  // namespace convene::server

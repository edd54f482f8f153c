/// A door beside the server's own, where tickets are taken as the WebSocket takes them.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "server/server.hpp"

namespace convene::server::testing {

/// Accepts connections one by one, each with what a ticket was worth.
class TicketGate {
public:
    TicketGate(boost::asio::io_context& context, Server& server);
    ~TicketGate();

    std::string address() const;
    /// The next connection comes with this.
    void expect(Admission admission);

private:
    void read();

    Server& server_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<node::Reception> reception_;
    Admission admission_;
};

}  // namespace convene::server::testing

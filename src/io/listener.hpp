/// Accepts TCP connections on one address.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/expected.hpp"
#include "io/endpoint.hpp"

namespace convene::io {

struct ListenError {
    std::string text;  ///< a sentence with the address, the reason and, where known, the program in the way
    int error = 0;     ///< errno
};

/// Lives on one io_context. The handler gets connected sockets of that io_context.
class Listener {
public:
    using Handler = std::function<void(boost::asio::ip::tcp::socket)>;
    /// Told when the machine refuses to accept (no descriptors, no memory); accepting is tried again by itself.
    using TroubleHandler = std::function<void(std::string_view what)>;

    static Expected<std::unique_ptr<Listener>, ListenError> open(boost::asio::io_context& context,
                                                                 const Endpoint& where);

    void start(Handler handler, TroubleHandler trouble);
    /// While paused new connections wait in the kernel's queue.
    void pause();
    void resume();
    void close();

    /// Where it really listens: the port is known here when 0 was asked for.
    Endpoint endpoint() const { return endpoint_; }

private:
    Listener(boost::asio::io_context& context, boost::asio::ip::tcp::acceptor acceptor);
    void accept();
    void accepted(boost::system::error_code error, boost::asio::ip::tcp::socket socket);

    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer retry_;
    Endpoint endpoint_;
    Handler handler_;
    TroubleHandler trouble_;
    std::shared_ptr<void> alive_ = std::make_shared<char>();  // operations that end after this object look at it
    bool accepting_ = false;
    bool paused_ = false;
};

}  // namespace convene::io

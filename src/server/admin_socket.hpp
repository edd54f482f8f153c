/// The UNIX socket through which administrators talk to a running server: one JSON object per line, each way.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/expected.hpp"

namespace convene::server {

inline constexpr std::size_t kAdminLine = 64 * 1024;  ///< octets of a request
inline constexpr std::size_t kAdminClients = 16;      ///< connected at once; more are closed

/// Lives on one io_context. The socket's file is readable and writable for its owner alone, and removed at the end.
class AdminSocket {
public:
    using Reply = std::function<void(nlohmann::json)>;
    /// Gets one request, an object, and calls the reply once, now or later, on the io_context.
    using Handler = std::function<void(const nlohmann::json& request, Reply reply)>;

    /// The error is a sentence: somebody else listens there, or the directory is not ours.
    static Expected<std::unique_ptr<AdminSocket>, std::string> open(boost::asio::io_context& context,
                                                                    const std::string& path, Handler handler);
    ~AdminSocket();

    const std::string& path() const { return path_; }

private:
    class Client;
    AdminSocket(boost::asio::local::stream_protocol::acceptor acceptor, std::string path, Handler handler);
    void accept();

    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::string path_;
    std::shared_ptr<Handler> handler_;  // shared with clients, which may outlive this object by one completion
    std::shared_ptr<std::size_t> clients_;
};

}  // namespace convene::server

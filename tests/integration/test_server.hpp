/// A whole server on 127.0.0.1, in this process, on a port that is free.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/server.hpp"

namespace convene::integration {

/// Times in tests are multiplied by this under sanitizers, which make everything slower.
int slowness();

/// Runs from its construction to its destruction. May be used from one thread.
class TestServer {
public:
    /// `settings.listen` is replaced, and what serves browsers by default left out.
    explicit TestServer(server::Settings settings);
    ~TestServer();

    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    /// Waits for a line of the log that contains both, for at most `patience`.
    bool logs(std::string_view event, std::string_view detail = {},
              std::chrono::milliseconds patience = std::chrono::seconds(5));
    std::size_t count(std::string_view event);
    /// Everything logged, for messages of failed tests.
    std::string log_text();
    /// Connections that the server has now.
    std::size_t connections() { return server_->connections(); }
    /// Runs on the thread of the server's front.
    void ask(std::function<void(server::Server&)> question);

private:
    std::mutex mutex_;
    std::condition_variable grown_;
    std::vector<std::string> lines_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    server::Log log_;
    std::unique_ptr<server::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace convene::integration

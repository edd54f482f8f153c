/// A server and its visitors in one test: the server's workers have their threads, everything else runs when it is told
/// to.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/server.hpp"
#include "server/testing_visitor.hpp"

namespace convene::server::testing {

class ServerTest : public ::testing::Test {
protected:
    ServerTest();
    ~ServerTest() override;
    void TearDown() override;

    void start();
    /// Runs everything until `done`, for at most `limit`.
    bool run_until(const std::function<bool()>& done, Duration limit = std::chrono::seconds(20));
    void run_for(Duration time);

    std::string address() const;
    Visitor& visit(std::string name, const std::function<void(node::NodeConfig&)>& adjust = {});
    Visitor& join(std::string name, const node::JoinOptions& options = {});
    static node::JoinOptions named(std::u16string name);

    boost::asio::ip::tcp::socket connect();
    /// What has come, until the peer closes or nothing comes for `limit`.
    std::string read_all(boost::asio::ip::tcp::socket& socket, Duration limit = std::chrono::seconds(10));

    /// The answer to an administrator's command.
    nlohmann::json ask(const nlohmann::json& request);
    bool logged(std::string_view event);
    /// Everything logged, for messages of failed tests.
    std::string log_text();

    std::mutex lines_mutex_;
    std::vector<std::string> lines_;
    Log log_{LogOptions{LogLevel::debug}, [this](std::string_view line) {
                 const std::lock_guard lock(lines_mutex_);
                 lines_.emplace_back(line);
             }};
    Settings settings_;
    boost::asio::io_context context_{1};
    io::Lane lane_{context_};
    std::unique_ptr<Server> server_;
    std::vector<std::unique_ptr<Visitor>> visitors_;
    bool closed_ = false;
};

}  // namespace convene::server::testing

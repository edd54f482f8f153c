#include "tests/integration/test_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <future>

namespace convene::integration {

int slowness() { return std::getenv("CONVENE_SANITIZED") != nullptr ? 5 : 1; }

TestServer::TestServer(server::Settings settings)
    : work_(context_.get_executor()), log_({server::LogLevel::debug}, [this](std::string_view line) {
          const std::lock_guard lock(mutex_);
          lines_.emplace_back(line);
          grown_.notify_all();
      }) {
    settings.listen = {"127.0.0.1:0"};
    if (settings.web_listen == server::Settings{}.web_listen) settings.web_listen.clear();
    server_ = std::make_unique<server::Server>(context_, log_, settings);
    const auto started = server_->start();
    if (!started) {
        ADD_FAILURE() << started.error();
        return;
    }
    port_ = server_->endpoints().front().port();
    thread_ = std::thread([this] { context_.run(); });
}

TestServer::~TestServer() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
}

bool TestServer::logs(std::string_view event, std::string_view detail, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return grown_.wait_for(lock, patience * slowness(), [&] {
        return std::any_of(lines_.begin(), lines_.end(), [&](const std::string& line) {
            return line.find(event) != std::string::npos && line.find(detail) != std::string::npos;
        });
    });
}

std::size_t TestServer::count(std::string_view event) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        lines_.begin(), lines_.end(), [&](const std::string& line) { return line.find(event) != std::string::npos; }));
}

std::string TestServer::log_text() {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& line : lines_) out += line + "\n";
    return out;
}

void TestServer::ask(std::function<void(server::Server&)> question) {
    std::promise<void> asked;
    boost::asio::post(context_, [&] {
        question(*server_);
        asked.set_value();
    });
    asked.get_future().wait();
}

}  // namespace convene::integration

/// A server and its visitors in one test: the server's workers have their threads, everything else runs when it is told
/// to.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "io/node_runner.hpp"
#include "io/random.hpp"
#include "server/server.hpp"

namespace convene::server::testing {

/// A participant on the io_context of the test.
class Visitor final : private io::NodeRunnerEvents {
public:
    Visitor(io::Lane& lane, std::string name, std::function<void(node::NodeConfig&)> adjust = {})
        : runner_(lane, config(std::move(name), adjust), *this) {}

    io::NodeRunner& runner() { return runner_; }
    node::Node& node() { return runner_.node(); }
    gcc::Conference& conference() { return *runner_.node().conference(); }
    /// Use `what` on the node and let it act.
    void with(const std::function<void(node::Node&, Instant)>& what) {
        what(runner_.node(), io::NodeRunner::now());
        runner_.node().settle(io::NodeRunner::now());
        runner_.act();
    }
    void join(const std::string& address, node::JoinOptions options = {}) {
        with([&](node::Node& node, Instant now) { node.join(address, options, now); });
    }

    template <class T>
    std::vector<T> all() const {
        std::vector<T> out;
        const auto keep = [&](const auto& each) {
            if constexpr (std::is_same_v<std::decay_t<decltype(each)>, T>) out.push_back(each);
        };
        for (const auto& event : events_) {
            std::visit(keep, event);
            if (const auto* inner = std::get_if<gcc::Event>(&event)) std::visit(keep, *inner);
        }
        return out;
    }
    template <class T>
    bool has() const {
        return !all<T>().empty();
    }
    std::size_t roster() const {
        const auto* conference = const_cast<io::NodeRunner&>(runner_).node().conference();
        return conference == nullptr ? 0 : conference->roster().nodes.nodes().size();
    }
    std::vector<std::string> said() const {
        std::vector<std::string> out;
        for (const auto& line : all<node::ChatLine>()) out.push_back(line.name + ": " + line.text);
        return out;
    }

private:
    static node::NodeConfig config(std::string name, const std::function<void(node::NodeConfig&)>& adjust) {
        node::NodeConfig out;
        out.name = std::move(name);
        out.random = io::random_number;
        if (adjust) adjust(out);
        return out;
    }
    void on_event(node::Event& event) override { events_.push_back(event); }
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId, std::string_view) override {}
    void on_too_slow(io::TransportId, io::TooSlow) override {}

    std::vector<node::Event> events_;
    io::NodeRunner runner_;
};

class ServerTest : public ::testing::Test {
protected:
    ServerTest() {
        settings_.listen = {"127.0.0.1:0"};
        settings_.web_listen.clear();
        settings_.workers = 2;
        settings_.linger = Milliseconds(100);
        settings_.roster_delay = Milliseconds(20);
        settings_.max_connections_per_address = 100'000;
    }

    void start() {
        server_ = std::make_unique<Server>(context_, log_, settings_);
        const auto started = server_->start();
        ASSERT_TRUE(started) << started.error();
    }
    void TearDown() override {
        visitors_.clear();
        server_.reset();
    }

    /// Runs everything until `done`, for at most `limit`.
    bool run_until(const std::function<bool()>& done, Duration limit = std::chrono::seconds(20)) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) return false;
            context_.restart();
            context_.run_for(std::chrono::milliseconds(2));
        }
        return true;
    }
    void run_for(Duration time) {
        run_until([] { return false; }, time);
    }

    std::string address() const { return io::to_text(server_->endpoints().front()); }
    Visitor& visit(std::string name, std::function<void(node::NodeConfig&)> adjust = {}) {
        visitors_.push_back(std::make_unique<Visitor>(lane_, std::move(name), std::move(adjust)));
        return *visitors_.back();
    }
    Visitor& join(std::string name, node::JoinOptions options = {}) {
        Visitor& visitor = visit(std::move(name));
        visitor.join(address(), options);
        EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>(); }));
        return visitor;
    }
    static node::JoinOptions named(std::u16string name) {
        node::JoinOptions options;
        options.conference = gcc::ConferenceNameSelector{gcc::SimpleText{std::move(name)}};
        return options;
    }

    boost::asio::ip::tcp::socket connect() {
        boost::asio::ip::tcp::socket socket(context_);
        socket.connect(server_->endpoints().front());
        socket.non_blocking(true);
        return socket;
    }
    /// What has come, until the peer closes or nothing comes for `limit`.
    std::string read_all(boost::asio::ip::tcp::socket& socket, Duration limit = std::chrono::seconds(10)) {
        std::string out;
        closed_ = false;
        run_until(
            [&] {
                char part[4096];
                boost::system::error_code error;
                const auto count = socket.read_some(boost::asio::buffer(part), error);
                out.append(part, count);
                closed_ = error && error != boost::asio::error::would_block;
                return closed_;
            },
            limit);
        return out;
    }

    nlohmann::json ask(const nlohmann::json& request) {
        nlohmann::json answer;
        server_->command(request, [&](const nlohmann::json& got) { answer = got; });
        EXPECT_TRUE(run_until([&] { return !answer.is_null(); }));
        return answer;
    }
    bool logged(std::string_view event) {
        const std::lock_guard lock(lines_mutex_);
        for (const auto& line : lines_)
            if (line.find(event) != std::string::npos) return true;
        return false;
    }

    /// Everything logged, for messages of failed tests.
    std::string log_text() {
        const std::lock_guard lock(lines_mutex_);
        std::string out;
        for (const auto& line : lines_) out += line + "\n";
        return out;
    }

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

#include "server/testing.hpp"

#include <chrono>

namespace convene::server::testing {

ServerTest::ServerTest() {
    settings_.listen = {"127.0.0.1:0"};
    settings_.web_listen.clear();
    settings_.workers = 2;
    settings_.linger = Milliseconds(100);
    settings_.roster_delay = Milliseconds(20);
    settings_.max_connections_per_address = 100'000;
}

ServerTest::~ServerTest() = default;

void ServerTest::TearDown() {
    visitors_.clear();
    server_.reset();
}

void ServerTest::start() {
    server_ = std::make_unique<Server>(context_, log_, settings_);
    const auto started = server_->start();
    ASSERT_TRUE(started) << started.error();
}

bool ServerTest::run_until(const std::function<bool()>& done, Duration limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) return false;
        context_.restart();
        context_.run_for(std::chrono::milliseconds(2));
    }
    return true;
}

void ServerTest::run_for(Duration time) {
    run_until([] { return false; }, time);
}

std::string ServerTest::address() const { return io::to_text(server_->endpoints().front()); }

Visitor& ServerTest::visit(std::string name, const std::function<void(node::NodeConfig&)>& adjust) {
    visitors_.push_back(std::make_unique<Visitor>(lane_, std::move(name), adjust));
    return *visitors_.back();
}

Visitor& ServerTest::join(std::string name, const node::JoinOptions& options) {
    Visitor& visitor = visit(std::move(name));
    visitor.join(address(), options);
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>(); }));
    return visitor;
}

node::JoinOptions ServerTest::named(std::u16string name) {
    node::JoinOptions options;
    options.conference = gcc::ConferenceNameSelector{gcc::SimpleText{std::move(name)}};
    return options;
}

boost::asio::ip::tcp::socket ServerTest::connect() {
    boost::asio::ip::tcp::socket socket(context_);
    socket.connect(server_->endpoints().front());
    socket.non_blocking(true);
    return socket;
}

std::string ServerTest::read_all(boost::asio::ip::tcp::socket& socket, Duration limit) {
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

nlohmann::json ServerTest::ask(const nlohmann::json& request) {
    nlohmann::json answer;
    server_->command(request, [&](const nlohmann::json& got) { answer = got; });
    EXPECT_TRUE(run_until([&] { return !answer.is_null(); }));
    return answer;
}

bool ServerTest::logged(std::string_view event) {
    const std::lock_guard lock(lines_mutex_);
    for (const auto& line : lines_)
        if (line.find(event) != std::string::npos) return true;
    return false;
}

std::string ServerTest::log_text() {
    const std::lock_guard lock(lines_mutex_);
    std::string out;
    for (const auto& line : lines_) out += line + "\n";
    return out;
}

}  // namespace convene::server::testing

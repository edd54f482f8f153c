/// What tests of the JSON interface share: requests without sockets, and a gate where tickets are taken as the
/// WebSocket takes them.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>

#include "http/testing.hpp"
#include "server/doors.hpp"
#include "server/memory_testing.hpp"

namespace convene::server::testing {

using nlohmann::json;

/// Accepts connections one by one, each with what a ticket was worth.
class TicketGate {
public:
    TicketGate(boost::asio::io_context& context, Server& server)
        : server_(server), acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}), socket_(context) {}

    std::string address() const { return io::to_text(acceptor_.local_endpoint()); }
    /// The next connection comes with this.
    void expect(Admission admission) {
        admission_ = std::move(admission);
        acceptor_.async_accept(socket_, [this](boost::system::error_code error) {
            if (error) return;
            reception_ = std::make_unique<node::Reception>(node::ReceptionLimits{}, io::NodeRunner::now());
            socket_.non_blocking(true);
            read();
        });
    }

private:
    void read() {
        socket_.async_wait(boost::asio::ip::tcp::socket::wait_read, [this](boost::system::error_code error) {
            if (error) return;
            std::byte buffer[4096];
            const auto count = socket_.read_some(boost::asio::buffer(buffer), error);
            if (error) return;
            reception_->on_bytes(Slice(ByteView(buffer, count)), io::NodeRunner::now());
            std::vector<node::Reception::Output> outputs;
            reception_->take_outputs(outputs);
            for (const auto& output : outputs)
                if (const auto* write = std::get_if<node::Reception::Write>(&output))
                    boost::asio::write(socket_, boost::asio::buffer(write->octets.data(), write->octets.size()));
            if (!std::holds_alternative<node::ConferenceCall>(reception_->purpose())) return read();
            const auto status = server_.shared().directory.find(admission_.conference);
            ASSERT_TRUE(status);
            const auto peer = socket_.remote_endpoint();
            auto ticket = server_.shared().counts.admit(peer.address());
            ASSERT_TRUE(ticket);
            const auto local = socket_.local_endpoint();
            Handover handover{io::LooseSocket::from(socket_),
                              std::move(reception_),
                              peer,
                              local,
                              next_++,
                              std::move(*ticket),
                              nullptr,
                              status->id,
                              admission_};
            server_.adopt(status->worker, std::move(handover));
        });
    }

    Server& server_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<node::Reception> reception_;
    Admission admission_;
    inline static ConnectionNumber next_ = 1'000'000;  // of all gates
};

class ApiTest : public MemoryTest {
protected:
    struct Answer {
        unsigned status = 0;
        json body;
        std::string code() const { return body.value("code", ""); }
    };
    struct Person {
        std::string id;
        std::string token;
        json standing;
    };

    static json read(const http::Response& response) {
        return response.body.empty() ? json::object() : json::parse(response.body, nullptr, false);
    }
    Answer call(http::Method method, const std::string& target, const json& body = nullptr,
                const std::string& token = {}) {
        auto request = http::test_request(method, "/api/v1" + target, body.is_null() ? std::string() : body.dump());
        request.bearer = token;
        request.source = source_;
        const auto exchange = http::test_exchange(server_->router(), std::move(request));
        EXPECT_TRUE(run_until([&] { return !exchange->responses.empty(); })) << target;
        if (exchange->responses.empty()) return {};
        EXPECT_EQ(exchange->responses.size(), 1u) << target;
        return {exchange->responses[0].status, read(exchange->responses[0])};
    }
    Answer get(const std::string& target, const std::string& token = {}) {
        return call(http::Method::get, target, nullptr, token);
    }
    Answer post(const std::string& target, const json& body = nullptr, const std::string& token = {}) {
        return call(http::Method::post, target, body, token);
    }
    Answer patch(const std::string& target, const json& body, const std::string& token) {
        return call(http::Method::patch, target, body, token);
    }
    Answer remove(const std::string& target, const std::string& token = {}) {
        return call(http::Method::remove, target, nullptr, token);
    }

    /// The owner's secret of a new conference.
    std::string make(const std::string& name, json more = json::object()) {
        more["name"] = name;
        const auto made = post("/conferences", more);
        EXPECT_EQ(made.status, 201u) << made.body;
        return made.body.value("owner", "");
    }
    Person enter(const std::string& conference, const std::string& name, const std::string& invitation = {}) {
        json body{{"name", name}};
        if (!invitation.empty()) body["invitation"] = invitation;
        const auto in = post("/conferences/" + conference + "/entries", body);
        EXPECT_EQ(in.status, 201u) << in.body;
        return {in.body.value("id", ""), in.body.value("token", ""), in.body.value("standing", json())};
    }
    json standing(const Person& person) {
        return get("/entries/" + person.id, person.token).body.value("standing", json());
    }
    std::optional<Admission> ticket(const Person& person) {
        const auto answer = post("/entries/" + person.id + "/ticket", nullptr, person.token);
        if (answer.status != 200) return std::nullopt;
        return server_->doors().redeem(answer.body.value("ticket", ""));
    }
    /// Comes to the gate with a ticket.
    Visitor& knock(const std::string& name, const Admission& admission, const node::JoinOptions& options = {}) {
        auto& visitor = visit(name, [](node::NodeConfig& config) {
            whiteboard::EntityConfig board;
            board.seed = io::random_number();
            config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(board));
            config.files.emplace();
        });
        gates_.push_back(std::make_unique<TicketGate>(context_, *server_));
        gates_.back()->expect(admission);
        visitor.join(gates_.back()->address(), options);
        return visitor;
    }
    Visitor& come_in(const std::string& name, const Person& person) {
        const auto admission = ticket(person);
        EXPECT_TRUE(admission);
        auto& visitor = knock(name, admission.value_or(Admission{}));
        EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>() && board_of(visitor).has_converged(); }))
            << log_text();
        EXPECT_TRUE(run_until([&] { return !rights(person).is_null(); })) << standing(person);
        return visitor;
    }
    /// The right of the person's own node, as it sees it.
    json rights(const Person& person, const Visitor* visitor = nullptr) {
        const auto now = standing(person);
        if (!now.contains("rights") || now["rights"].empty()) return nullptr;
        if (visitor == nullptr) return now["rights"];
        return now["rights"].value(number_of(*visitor), "");
    }
    static std::string number_of(const Visitor& visitor) {
        return std::to_string(visitor.all<gcc::Joined>().at(0).node.value);
    }
    void TearDown() override {
        gates_.clear();
        handlers_.clear();
        MemoryTest::TearDown();
    }

    std::string source_ = "127.0.0.1";
    std::vector<std::unique_ptr<TicketGate>> gates_;
};

}  // namespace convene::server::testing

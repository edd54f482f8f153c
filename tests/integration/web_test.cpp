// Browsers and everybody else in one conference: the whole server, over HTTPS and WebSocket.
#include <gtest/gtest.h>

#include "http/testing_entry.hpp"
#include "http/testing_road.hpp"
#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

using http::TestClient;
using http::TestRoad;

server::Settings with_web() {
    server::Settings out;
    out.web_listen = {"127.0.0.1:0"};
    out.web_plain_listen = {"127.0.0.1:0"};
    return out;
}

/// A server with its doors for browsers.
class Web : public ::testing::Test {
protected:
    void SetUp() override {
        server_.ask([&](server::Server& server) {
            ASSERT_NE(server.web(), nullptr);
            secure_ = server.web()->secure().front().port();
            plain_ = server.web()->plain().front().port();
        });
    }
    http::TestAnswer get(std::string_view target) {
        TestClient client(secure_, TestClient::Kind::tls);
        return client.get(target);
    }
    /// The value of a line of the metrics.
    double metric(const std::string& name) {
        const std::string text = get("/metrics").body;
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
    }

    TestServer server_{with_web()};
    std::uint16_t secure_ = 0;
    std::uint16_t plain_ = 0;
};

std::vector<std::string> join(std::uint16_t port, const std::string& name) {
    return {"join", "--json", "--name", name, "127.0.0.1:" + std::to_string(port), "lobby"};
}

TEST_F(Web, SomebodyByWebSocketMeetsSomebodyByTcp) {
    TestRoad road(secure_, [this] { return http::enter_as(secure_, "lobby", "Bob"); });
    CliProgram alice(join(server_.port(), "Alice"));
    ASSERT_TRUE(alice.event("ready")) << alice.err();
    CliProgram bob(join(road.port(), "Bob"));
    ASSERT_TRUE(bob.event("ready")) << bob.err() << server_.log_text();
    EXPECT_EQ(road.last_status(), 101U);
    ASSERT_TRUE(alice.event("arrived", {{"name", "Bob"}})) << alice.out();
    bob.type("hello from a browser\n");
    EXPECT_TRUE(alice.event("chat", {{"name", "Bob"}, {"text", "hello from a browser"}})) << alice.out();
    alice.type("welcome\n");
    EXPECT_TRUE(bob.event("chat", {{"name", "Alice"}, {"text", "welcome"}})) << bob.out();

    EXPECT_EQ(metric("convene_participants"), 2);
    EXPECT_EQ(metric("convene_connections_in_conferences"), 2);
    EXPECT_EQ(metric("convene_web_open{kind=\"websocket\"}"), 1);
    EXPECT_GT(metric("convene_t120_octets_total{direction=\"in\"}"), 100);
    EXPECT_GT(metric("convene_websocket_octets_total{direction=\"out\"}"), 100);
    // It is its browser's address that counts, not one within the machine.
    EXPECT_TRUE(server_.logs("connection-accepted", "127.0.0.1:")) << server_.log_text();

    bob.type("/quit\n");
    EXPECT_TRUE(alice.event("left", {{"name", "Bob"}})) << alice.out();
}

TEST_F(Web, LetsNobodyInWhoSpeaksSomethingElse) {
    TestClient client(secure_, TestClient::Kind::tls);
    ASSERT_EQ(client.open_socket(http::enter_as(secure_, "lobby", "Mallory")).status, 101U);
    client.send_frame(2, "GET / HTTP/1.1\r\n\r\n");
    const auto end = client.message();
    ASSERT_TRUE(end);
    EXPECT_EQ(end->opcode, 8U);
    EXPECT_TRUE(server_.logs("handshake-failed", "addr=127.0.0.1:")) << server_.log_text();
}

TEST_F(Web, TakesATicketOnce) {
    const auto status = [&](const std::string& protocols) {
        TestClient client(secure_, TestClient::Kind::tls);
        return client.open_socket(protocols).status;
    };
    const std::string protocols = http::enter_as(secure_, "lobby", "Bob");
    EXPECT_EQ(status(protocols), 101U);
    EXPECT_EQ(status(protocols), 403U);
    EXPECT_EQ(status("t120"), 403U);
    EXPECT_EQ(status("t120, ticket.made-up"), 403U);
    // No secret gets into the log.
    EXPECT_EQ(server_.log_text().find(protocols.substr(protocols.find('.') + 1)), std::string::npos);
}

TEST_F(Web, SaysHowItIs) {
    EXPECT_EQ(get("/healthz").body, "ok\n");
    EXPECT_EQ(get("/readyz").status, 200U);
    const auto metrics = get("/metrics");
    EXPECT_EQ(metrics.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(metric("convene_conferences"), 1);
    EXPECT_GE(metric("convene_web_answer_seconds_count"), 3);
    TestClient proxied(secure_, TestClient::Kind::tls);
    EXPECT_EQ(proxied.get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, 403U);
}

TEST_F(Web, HasPagesOrSaysWhyNot) {
    for (const char* target : {"/", "/c/lobby", "/admin"}) {
        const auto answer = get(target);
        EXPECT_TRUE(answer.status == 200 || answer.status == 503) << answer.head;
        EXPECT_EQ(answer.field("Content-Type"), "text/html; charset=utf-8");
        EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
    }
    EXPECT_EQ(get("/no-such-page").status, 404U);
}

TEST_F(Web, ServesWithoutTlsOnLoopback) {
    TestClient client(plain_, TestClient::Kind::plain);
    EXPECT_EQ(client.get("/healthz").body, "ok\n");
}

TEST_F(Web, ClosesWebSocketsAsGoingAwayWhenItStops) {
    TestRoad road(secure_, [this] { return http::enter_as(secure_, "lobby", "Bob"); });
    CliProgram bob(join(road.port(), "Bob"));
    ASSERT_TRUE(bob.event("ready")) << bob.err();
    TestClient watching(secure_, TestClient::Kind::tls);
    watching.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(watching.answer().status, 200U);
    server_.ask([](server::Server& server) { server.drain([](bool) {}); });
    EXPECT_TRUE(bob.event("ended", {}, std::chrono::seconds(20))) << bob.out();
    for (int i = 0; i < 100 && road.last_close_code() == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(road.last_close_code(), 1001U);
}

TEST(WebSettings, RefuseToServePlainHttpToOthers) {
    server::Settings settings;
    settings.listen = {"127.0.0.1:0"};
    settings.web_listen.clear();
    settings.web_plain_listen = {"0.0.0.0:0"};
    boost::asio::io_context context;
    server::Log log({}, [](std::string_view) {});
    server::Server server(context, log, settings);
    const auto started = server.start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().find("refusing to serve HTTP without TLS"), std::string::npos) << started.error();
}

TEST(WebSettings, NameACertificateThatIsMissing) {
    server::Settings settings;
    settings.listen = {"127.0.0.1:0"};
    settings.web_listen = {"127.0.0.1:0"};
    settings.web_certificate = "/nonexistent/certificate.pem";
    boost::asio::io_context context;
    server::Log log({}, [](std::string_view) {});
    server::Server server(context, log, settings);
    const auto started = server.start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().find("/nonexistent/certificate.pem"), std::string::npos) << started.error();
}

}  // namespace
}  // namespace convene::integration

#include "http/server.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <thread>

#include "http/testing_server.hpp"

namespace convene::http {
namespace {

using Kind = TestClient::Kind;
using std::chrono::milliseconds;

TEST(HttpServer, AnswersOverTls) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    ASSERT_TRUE(client.is_open());
    EXPECT_STREQ(SSL_get_version(client.ssl()), "TLSv1.3");
    const TestAnswer answer = client.get("/hello");
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_NE(answer.field("Content-Security-Policy").find("connect-src 'self' wss://localhost;"), std::string::npos);
    EXPECT_EQ(answer.field("Strict-Transport-Security"), "");  // nobody vouches for the certificate
    EXPECT_EQ(client.get("/nothing").status, 404U);            // on the same connection
    EXPECT_EQ(site.server->totals().accepted, 1U);
}

TEST(HttpServer, SpeaksNoOldTls) {
    TestSite site;
    TestClient good(site.secure_port, Kind::tls, nullptr, TLS1_2_VERSION);
    ASSERT_TRUE(good.is_open());
    EXPECT_EQ(good.get("/hello").status, 200U);
    TestClient old(site.secure_port, Kind::tls, nullptr, TLS1_1_VERSION);
    EXPECT_FALSE(old.is_open());
}

TEST(HttpServer, ResumesSessions) {
    TestSite site;
    SSL_SESSION* session = nullptr;
    {
        TestClient first(site.secure_port, Kind::tls);
        first.get("/hello");  // the ticket comes with the answer
        session = SSL_get1_session(first.ssl());
    }
    TestClient second(site.secure_port, Kind::tls, session);
    EXPECT_EQ(SSL_session_reused(second.ssl()), 1);
    EXPECT_EQ(second.get("/hello").status, 200U);
    EXPECT_EQ(site.server->totals().handshakes_short, 1U);
    SSL_SESSION_free(session);
}

TEST(HttpServer, TakesANewCertificate) {
    TestSite site;
    const auto shown = [&] {
        TestClient client(site.secure_port, Kind::tls);
        X509* certificate = SSL_get1_peer_certificate(client.ssl());
        std::array<unsigned char, 32> digest{};
        X509_digest(certificate, EVP_sha256(), digest.data(), nullptr);
        X509_free(certificate);
        return digest;
    };
    const auto before = shown();
    EXPECT_EQ(shown(), before);
    site.server->set_tls(*make_tls_context(*make_self_signed({"localhost"}, std::chrono::system_clock::now())));
    EXPECT_NE(shown(), before);
}

TEST(HttpServer, LeadsPlainRequestsToTls) {
    TestSite site;
    TestClient client(site.secure_port, Kind::plain);
    client.send("GET /c/standup?x=1 HTTP/1.1\r\nHost: localhost:8443\r\n\r\n");
    const TestAnswer answer = client.answer();
    EXPECT_EQ(answer.status, 308U);
    EXPECT_EQ(answer.field("Location"), "https://localhost:8443/c/standup?x=1");
    EXPECT_EQ(client.rest(), "");
}

TEST(HttpServer, ServesWithoutTlsOnlyThisMachine) {
    TestSite site;
    TestClient client(site.plain_port, Kind::plain);
    EXPECT_EQ(client.get("/hello").body, "hello");
    client.send("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    EXPECT_EQ(client.answer().status, 421U);
    const auto refused = site.server->listen_plain(io::Endpoint(boost::asio::ip::make_address("0.0.0.0"), 0));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text.find("refusing to serve HTTP without TLS on 0.0.0.0:0"), std::string::npos);
}

TEST(HttpServer, TakesBodiesUpToTheirLimit) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    const auto post = [&](std::string_view fields, std::string_view body) {
        client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n" + std::string(body));
        return client.answer();
    };
    EXPECT_EQ(post("Content-Length: 5\r\n", "12345").body, "12345");
    EXPECT_EQ(post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body, "abcde");
    const TestAnswer large = post("Content-Length: 1001\r\n", "");
    EXPECT_EQ(large.status, 413U);
    EXPECT_EQ(large.field("Content-Type"), "application/problem+json");
    EXPECT_EQ(large.field("Connection"), "close");
}

TEST(HttpServer, WaitsForABodyThatComesBehindItsHeader) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
    // Time for the server to look at the header alone; it must not spin, or it would serve nobody else.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    TestClient other(site.secure_port, Kind::tls);
    EXPECT_EQ(other.get("/hello").status, 200U);
    client.send("first");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    client.send("later");
    EXPECT_EQ(client.answer().body, "firstlater");
}

TEST(HttpServer, EndsAChunkedBodyThatGoesOn) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    std::string chunks;
    for (int i = 0; i < 5; ++i) chunks += "ff\r\n" + std::string(255, 'x') + "\r\n";
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    EXPECT_EQ(client.answer().status, 413U);
}

TEST(HttpServer, SaysWhatIsWrongWithARequest) {
    TestSite site;
    const auto status = [&](const std::string& text) {
        TestClient client(site.secure_port, Kind::tls);
        client.send(text);
        return client.answer().status;
    };
    EXPECT_EQ(status("rubbish\r\n\r\n"), 400U);
    EXPECT_EQ(status("GET /hello HTTP/1.1\r\n\r\n"), 400U);                        // no host
    EXPECT_EQ(status("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400U);  // two of them
    EXPECT_EQ(status("GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400U);           // one that is none
    EXPECT_EQ(status("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400U);       // no address
    EXPECT_EQ(status("BREW /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"), 501U);    // no method
    EXPECT_EQ(status("POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"), 405U);
    EXPECT_EQ(status("POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"), 405U);
    EXPECT_EQ(status("POST /hello HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"), 405U);
    EXPECT_EQ(status("POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"), 404U);
    EXPECT_EQ(
        status("GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"),
        400U);  // what is smuggled past proxies
    EXPECT_EQ(status("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 414U);
    std::string many;
    for (std::size_t i = 0; i <= kMaxHeaders; ++i) many += "A: b\r\n";
    EXPECT_EQ(status("GET /hello HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n"), 431U);
    EXPECT_EQ(status("GET /hello HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(20'000, 'b') + "\r\n\r\n"), 431U);
}

TEST(HttpServer, AnswersRequestsThatComeAheadInTheirOrder) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    client.send(
        "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "HEAD /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    site.next_waiting()(Response{201, "text/plain", {}, "first"});
    EXPECT_EQ(client.answer().body, "first");
    EXPECT_EQ(client.answer().body, "hello");
    const TestAnswer head = client.answer(false);
    EXPECT_EQ(head.field("Content-Length"), "5");
    EXPECT_EQ(head.field("Connection"), "close");
    EXPECT_EQ(client.rest(), "");
}

TEST(HttpServer, ClosesWhoDoesNotFinishARequest) {
    Options options;
    options.limits.header_time = milliseconds(200);
    options.limits.idle_time = milliseconds(200);
    TestSite site(options);
    TestClient silent(site.secure_port, Kind::plain), slow(site.secure_port, Kind::tls),
        idle(site.secure_port, Kind::tls);
    slow.send("GET /hello HTTP/1.1\r\nHo");
    idle.get("/hello");
    EXPECT_EQ(silent.rest(), "");  // comes back at the end of the connection, long before the patience is over
    EXPECT_EQ(slow.rest(), "");
    EXPECT_EQ(idle.rest(), "");
    EXPECT_GE(site.server->totals().timeouts, 1U);
}

TEST(HttpServer, StaysOpenForAnAnswerThatTakesLong) {
    Options options;
    options.limits.header_time = options.limits.idle_time = milliseconds(100);
    TestSite site(options);
    TestClient client(site.secure_port, Kind::tls);
    client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const Responder waiting = site.next_waiting();
    std::this_thread::sleep_for(milliseconds(300));
    waiting(Response{200, "text/plain", {}, "at last"});
    EXPECT_EQ(client.answer().body, "at last");
}

TEST(HttpServer, SendsEventsFromOtherThreads) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const EventStream stream = site.next_waiting().open_events();
    stream.send("standing", "{\"state\":\"waiting\"}");
    const TestAnswer head = client.answer();
    EXPECT_EQ(head.status, 200U);
    EXPECT_EQ(head.field("Content-Type"), "text/event-stream");
    EXPECT_EQ(client.until("\n\n"), "event: standing\ndata: {\"state\":\"waiting\"}\n\n");
    std::thread([stream] { stream.send("standing", "2"); }).join();
    EXPECT_EQ(client.until("\n\n"), "event: standing\ndata: 2\n\n");
    EXPECT_EQ(site.server->totals().event_streams, 1U);
    stream.send("standing", "3");
    stream.close();
    EXPECT_EQ(client.rest(), "event: standing\ndata: 3\n\n");
}

TEST(HttpServer, TellsWhatEventsThereWouldBeToWhoAsksForTheHead) {
    TestSite site;
    TestClient client(site.secure_port, Kind::tls);
    client.send("HEAD /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const EventStream stream = site.next_waiting().open_events();
    const TestAnswer head = client.answer(false);
    EXPECT_EQ(head.status, 200U);
    EXPECT_EQ(head.field("Content-Type"), "text/event-stream");
    EXPECT_EQ(client.get("/hello").body, "hello") << "and is not kept waiting";
    EXPECT_FALSE(stream.is_open());
    EXPECT_EQ(site.server->totals().event_streams, 0U);
}

TEST(HttpServer, NoticesWhenNobodyListensToEvents) {
    TestSite site;
    std::promise<void> over;
    {
        TestClient client(site.secure_port, Kind::tls);
        client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
        site.next_waiting().open_events().on_closed([&] { over.set_value(); });
        client.answer();
    }
    EXPECT_EQ(over.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(HttpServer, TurnsAwayWhoIsTooMany) {
    TestSite site;
    site.most_connections = 1;
    TestClient first(site.secure_port, Kind::tls);
    EXPECT_EQ(first.get("/hello").status, 200U);
    TestClient second(site.secure_port, Kind::tls);
    EXPECT_FALSE(second.is_open());
    EXPECT_EQ(first.get("/hello").status, 200U);
}

TEST(HttpServer, SpreadsConnectionsOverItsThreads) {
    TestSite site({}, 3);
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < 6; ++i) clients.push_back(std::make_unique<TestClient>(site.secure_port, Kind::tls));
    for (auto& client : clients) EXPECT_EQ(client->get("/hello").status, 200U);
    EXPECT_EQ(site.server->totals().connections, 6U);
}

TEST(HttpServer, FinishesWhatIsUnderWay) {
    TestSite site;
    TestClient busy(site.secure_port, Kind::tls), idle(site.secure_port, Kind::tls);
    EXPECT_EQ(idle.get("/hello").status, 200U);
    busy.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const Responder waiting = site.next_waiting();
    site.server->drain([] {});
    EXPECT_EQ(idle.rest(), "");
    waiting(Response{200, "text/plain", {}, "done"});
    const TestAnswer answer = busy.answer();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(busy.rest(), "");
}

TEST(HttpServer, EndsWithAnswersStillOwed) {
    std::optional<Responder> owed;
    {
        TestSite site;
        TestClient client(site.secure_port, Kind::tls);
        client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
        owed = site.next_waiting();
    }
    (*owed)(Response{});
    EXPECT_FALSE(owed->open_events().is_open());
}

}  // namespace
}  // namespace convene::http

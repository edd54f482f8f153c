#include "http/web_socket.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/testing_server.hpp"

namespace convene::http {
namespace {

constexpr unsigned kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10;

/// A site with one WebSocket opened.
class WebSockets : public ::testing::Test {
protected:
    static Options small_messages() {
        Options out;
        out.limits.message_size = 1000;
        return out;
    }
    void SetUp() override {
        ASSERT_EQ(client_.open_socket("t120, ticket.abc").status, 101U);
        ASSERT_GE(site_.inner(), 0);
    }
    std::string inner_says(std::size_t octets) {
        std::string out;
        std::array<char, 4096> room;
        while (out.size() < octets) {
            const auto count = ::recv(site_.inner(), room.data(), std::min(room.size(), octets - out.size()), 0);
            if (count <= 0) break;
            out.append(room.data(), static_cast<std::size_t>(count));
        }
        return out;
    }
    /// What is read is thrown away; false when the end does not come in time.
    bool inner_ends() {
        std::array<char, 4096> room;
        ssize_t count = 0;
        do count = ::recv(site_.inner(), room.data(), room.size(), 0);
        while (count > 0);
        return count == 0;
    }
    void tell_inner(std::string_view octets) {
        ASSERT_EQ(::send(site_.inner(), octets.data(), octets.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(octets.size()));
    }
    /// After the server's close: the inner side sees the end, too.
    unsigned close_code() {
        const auto frame = client_.message();
        if (!frame || frame->opcode != kClose) return 0;
        EXPECT_TRUE(inner_ends());
        return frame->close_code();
    }

    TestSite site_{small_messages()};
    TestClient client_{site_.secure_port, TestClient::Kind::tls};
};

TEST(WebSocketRequests, AreLookedAtFirst) {
    TestSite site;
    const auto status = [&](std::string_view protocols, std::string_view origin) {
        TestClient client(site.secure_port, TestClient::Kind::tls);
        return client.open_socket(protocols, origin).status;
    };
    EXPECT_EQ(status("t120", ""), 101U);
    EXPECT_EQ(status("t120", "https://localhost"), 101U);
    EXPECT_EQ(status("t120", "https://evil.example"), 403U);
    EXPECT_EQ(status("t120", "http://localhost"), 403U);
    EXPECT_EQ(status("", ""), 400U);
    EXPECT_EQ(status("chat, superchat", ""), 400U);
    EXPECT_EQ(status("t120, ticket.used", ""), 403U);
    TestClient plain(site.secure_port, TestClient::Kind::tls);
    EXPECT_EQ(plain.get("/t120").status, 400U);
    EXPECT_EQ(site.server->totals().web_sockets_refused, 6U);
}

TEST_F(WebSockets, AnswerWithTheSubprotocolAndHideTheTicket) {
    EXPECT_EQ(site_.ticket(), "abc");
    TestClient other(site_.secure_port, TestClient::Kind::tls);
    const TestAnswer answer = other.open_socket("ticket.secret, t120");
    EXPECT_EQ(answer.field("Sec-WebSocket-Protocol"), "t120");
    EXPECT_EQ(answer.head.find("secret"), std::string::npos);
    for (const auto& trouble : site_.troubles()) EXPECT_EQ(trouble.find("secret"), std::string::npos);
}

TEST_F(WebSockets, CarryOctetsBothWays) {
    client_.send_frame(kBinary, "hello");
    EXPECT_EQ(inner_says(5), "hello");
    tell_inner("welcome");
    const auto frame = client_.message();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->opcode, kBinary);
    EXPECT_EQ(frame->payload, "welcome");
    EXPECT_EQ(site_.server->totals().messages_in, 1U);
    EXPECT_EQ(site_.server->totals().octets_in, 5U);
}

TEST_F(WebSockets, TakeFragmentsWithinTheLimit) {
    client_.send_frame(kBinary, std::string(400, 'a'), false);
    client_.send_frame(kContinuation, "", false);
    client_.send_frame(kPing, "are you there");
    client_.send_frame(kContinuation, std::string(600, 'b'), true);
    EXPECT_EQ(inner_says(1000), std::string(400, 'a') + std::string(600, 'b'));
    const auto pong = client_.frame();
    ASSERT_TRUE(pong);
    EXPECT_EQ(pong->opcode, kPong);
    EXPECT_EQ(pong->payload, "are you there");
}

TEST_F(WebSockets, RefuseText) {
    client_.send_frame(kText, "hello");
    EXPECT_EQ(close_code(), 1003U);
}

TEST_F(WebSockets, RefuseMessagesThatAreTooLarge) {
    client_.send_frame(kBinary, "", true, 1001);
    EXPECT_EQ(close_code(), 1009U);
}

TEST_F(WebSockets, RefuseFragmentsThatAreTooLargeTogether) {
    client_.send_frame(kBinary, std::string(900, 'a'), false);
    client_.send_frame(kContinuation, std::string(101, 'a'), true);
    EXPECT_EQ(inner_says(900).size(), 900U);
    EXPECT_EQ(close_code(), 1009U);
}

TEST_F(WebSockets, RefuseLengthsThatCannotBe) {
    client_.send_frame(kBinary, "", true, ~std::uint64_t{0});
    EXPECT_EQ(close_code(), 1009U);
}

TEST_F(WebSockets, RefuseWhatTheProtocolForbids) {
    client_.send(std::string("\x82\x01x", 3));  // not masked
    EXPECT_EQ(close_code(), 1002U);
}

TEST_F(WebSockets, RefuseAContinuationOfNothing) {
    client_.send_frame(kContinuation, "x");
    EXPECT_EQ(close_code(), 1002U);
}

TEST_F(WebSockets, EndWhenTheInnerSideEnds) {
    tell_inner("bye");
    ::shutdown(site_.inner(), SHUT_WR);
    const auto last = client_.message();
    ASSERT_TRUE(last);
    EXPECT_EQ(last->payload, "bye");
    EXPECT_EQ(close_code(), 1000U);
}

TEST_F(WebSockets, GoAwayWithTheServer) {
    std::promise<void> done;
    site_.server->drain([&] { done.set_value(); });
    done.get_future().wait();
    // What is said from now on does not arrive: that a conference ends with its server is not for those who will be
    // back.
    ::send(site_.inner(), "the end", 7, MSG_NOSIGNAL);
    EXPECT_EQ(close_code(), 1001U);
}

TEST_F(WebSockets, TellTheInnerSideWhenTheBrowserIsGone) {
    ::shutdown(client_.fd(), SHUT_RDWR);
    EXPECT_TRUE(inner_ends());
}

TEST_F(WebSockets, HoldBackWhoSendsFasterThanIsTaken) {
    // Nobody takes what arrives, so at some point no more can be sent; and nothing is lost.
    const std::string message(1000, 'm');
    std::size_t sent = 0;
    std::thread sender([&] {
        while (sent < 20'000 && client_.send_frame(kBinary, message)) ++sent;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto held = site_.server->totals().octets_in;
    EXPECT_LT(held, 10'000'000U);
    EXPECT_EQ(inner_says(20'000'000).size(), 20'000'000U);
    sender.join();
    EXPECT_EQ(sent, 20'000U);
}

TEST(WebSocketPings, EndWhoDoesNotAnswer) {
    Options options;
    options.limits.ping_time = std::chrono::milliseconds(400);
    TestSite site(options);
    TestClient client(site.secure_port, TestClient::Kind::tls);
    ASSERT_EQ(client.open_socket().status, 101U);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto ping = client.frame();
    ASSERT_TRUE(ping);
    EXPECT_EQ(ping->opcode, kPing);
    char one = 0;
    EXPECT_EQ(::recv(site.inner(), &one, 1, 0), 0);  // and says nothing more
}

}  // namespace
}  // namespace convene::http

// Strangers at the door: what each of them gets.
#include "server/front.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "server/testing.hpp"

namespace convene::server {
namespace {

using namespace std::chrono_literals;

class FrontTest : public testing::ServerTest {
protected:
    void send(boost::asio::ip::tcp::socket& socket, std::string_view hex_text) {
        const Bytes octets = hex(hex_text);
        boost::system::error_code error;
        socket.write_some(boost::asio::buffer(octets.data(), octets.size()), error);
    }
};

constexpr std::string_view kConnectRequest = "03 00 00 0B 06 E0 00 00 00 00 00";

TEST_F(FrontTest, ConfirmsTheTransportConnection) {
    start();
    auto socket = connect();
    send(socket, kConnectRequest);
    std::string answer;
    EXPECT_TRUE(run_until([&] {
        char part[64];
        boost::system::error_code error;
        answer.append(part, socket.read_some(boost::asio::buffer(part), error));
        return answer.size() >= 11;
    }));
    EXPECT_EQ(to_hex(as_bytes(answer)).substr(0, 12), "0300000b06d0");
}

TEST_F(FrontTest, WhoSaysNothingIsClosedInTime) {
    settings_.handshake_time = Milliseconds(150);
    start();
    auto socket = connect();
    EXPECT_EQ(read_all(socket), "");
    EXPECT_TRUE(closed_);
    EXPECT_TRUE(logged("handshake-timeout"));
    EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(FrontTest, HalfAFrameAndSilenceIsClosedInTime) {
    settings_.handshake_time = Milliseconds(150);
    start();
    auto socket = connect();
    send(socket, "03 00 00 0B 06 E0");
    EXPECT_EQ(read_all(socket), "");
    EXPECT_TRUE(closed_);
}

TEST_F(FrontTest, TricklingDoesNotExtendTheTime) {
    settings_.handshake_time = Milliseconds(200);
    start();
    auto socket = connect();
    const auto begin = std::chrono::steady_clock::now();
    send(socket, kConnectRequest);
    bool closed = false;
    run_until([&] {
        send(socket, "03 00 40 00 02 F0 80");  // ever more frames that do not end
        run_for(20ms);
        char part[64];
        boost::system::error_code error;
        socket.read_some(boost::asio::buffer(part), error);
        closed = error && error != boost::asio::error::would_block;
        return closed;
    });
    EXPECT_TRUE(closed);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(FrontTest, OtherProtocolsAreClosedAtOnce) {
    start();
    for (const char* first : {"16 03 01 02 00 01 00", "47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A 0D 0A",
                              "00 00 00 00", "03 00 00 04 00", "03 00 00 06 01 E0"}) {
        auto socket = connect();
        send(socket, first);
        EXPECT_EQ(read_all(socket), "") << first;
        EXPECT_TRUE(closed_) << first;
    }
    EXPECT_TRUE(logged("handshake-failed"));
}

TEST_F(FrontTest, AnotherTransportClassIsRefusedByX224) {
    start();
    auto socket = connect();
    send(socket, "03 00 00 0B 06 E0 00 00 12 34 40");  // class 4, no alternative
    const auto answer = to_hex(as_bytes(read_all(socket)));
    EXPECT_TRUE(answer.size() >= 12 && answer.substr(8, 4).ends_with("80")) << answer;
}

TEST_F(FrontTest, ABrokenConnectInitialIsClosed) {
    start();
    auto socket = connect();
    send(socket, kConnectRequest);
    send(socket, "03 00 00 0C 02 F0 80 7F 65 03 30 01");
    EXPECT_EQ(read_all(socket).size(), 11u);
    EXPECT_TRUE(closed_);
}

TEST_F(FrontTest, TooMuchBeforeAPurposeIsClosed) {
    settings_.handshake_size = ByteSize{4096};
    start();
    auto socket = connect();
    send(socket, kConnectRequest);
    const std::string much(8000, 'x');
    boost::system::error_code error;
    run_for(20ms);
    send(socket, "03 00 40 00 02 F0 00");
    socket.write_some(boost::asio::buffer(much), error);
    read_all(socket);
    EXPECT_TRUE(closed_);
}

TEST_F(FrontTest, AnAddressGetsOnlyItsShare) {
    settings_.max_connections_per_address = 3;
    start();
    std::vector<boost::asio::ip::tcp::socket> sockets;
    for (int i = 0; i < 3; ++i) sockets.push_back(connect());
    EXPECT_TRUE(run_until([&] { return server_->undecided() == 3; }));
    auto fourth = connect();
    EXPECT_EQ(read_all(fourth), "");
    EXPECT_TRUE(closed_);
    EXPECT_TRUE(logged("connection-refused"));
    sockets.pop_back();
    EXPECT_TRUE(run_until([&] { return server_->undecided() == 2; }));
    auto fifth = connect();
    EXPECT_TRUE(run_until([&] { return server_->undecided() == 3; }));
}

TEST_F(FrontTest, ManySilentOnesDoNotKeepOthersOut) {
    start();
    std::vector<boost::asio::ip::tcp::socket> sockets;
    for (int i = 0; i < 500; ++i) {
        sockets.push_back(connect());
        if (i % 50 == 0) run_for(1ms);
    }
    EXPECT_TRUE(run_until([&] { return server_->undecided() == 500; }));
    join("Ada");
    EXPECT_EQ(server_->undecided(), 500u);
}

TEST_F(FrontTest, AnUnknownConnectIdIsRefused) {
    start();
    auto socket = connect();
    send(socket, kConnectRequest);
    send(socket, "03 00 00 10 02 F0 80 7F 67 06 02 01 05 0A 01 01");
    const auto answer = to_hex(as_bytes(read_all(socket)));
    EXPECT_NE(answer.find("7f68"), std::string::npos) << answer;  // Connect-Result
    EXPECT_TRUE(closed_);
}

}  // namespace
}  // namespace convene::server

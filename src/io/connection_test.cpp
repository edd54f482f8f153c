#include "io/connection.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <numeric>
#include <utility>

#include "io/lane.hpp"

namespace convene::io {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

struct Owner final : ConnectionEvents {
    void on_bytes(Connection& connection, Slice octets) override {
        append(received, octets);
        ++reads;
        unwritten += octets.size();
        most_unwritten = std::max(most_unwritten, unwritten);
        if (echo) connection.write(std::move(octets));
        if (!answer.empty()) connection.write(std::exchange(answer, Slice()));
    }
    void on_written(Connection&, std::size_t count, std::size_t queued) override {
        frames += count;
        ++writes;
        unwritten = 0;
        last_queued = queued;
    }
    void on_too_slow(Connection& connection, TooSlow why) override {
        reason = describe(why);
        ++overflows;
        connection.abort();
    }
    void on_backlog(Connection& connection, std::size_t before) override {
        EXPECT_EQ(before, backlog);
        backlog = connection.backlog();
        most_backlog = std::max(most_backlog, backlog);
    }
    void on_closed(Connection&, std::string_view why) override {
        ++closes;
        reason = why;
    }

    Bytes received;
    std::string reason;
    std::size_t reads = 0, frames = 0, writes = 0, last_queued = 0, backlog = 0, most_backlog = 0;
    std::size_t unwritten = 0, most_unwritten = 0;  // octets received since something was last written
    int overflows = 0, closes = 0;
    bool echo = false;
    Slice answer;  // to the first octets
};

class ConnectionTest : public testing::Test {
protected:
    ConnectionTest()
        : acceptor_(context_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)), client_(context_) {
        client_.connect(acceptor_.local_endpoint());
        make({});
    }

    void make(ConnectionLimits limits) {
        if (connection_ != nullptr) {
            connection_->abort();
            client_ = tcp::socket(context_);
            client_.connect(acceptor_.local_endpoint());
        }
        connection_ = std::make_shared<Connection>(lane_, acceptor_.accept(), 7, owner_, limits);
        connection_->start();
    }

    void run_until(const std::function<bool()>& done) {
        const auto end = std::chrono::steady_clock::now() + 5s;
        while (!done() && std::chrono::steady_clock::now() < end) {
            context_.restart();
            context_.run_for(5ms);
        }
        EXPECT_TRUE(done());
    }
    void run() { context_.restart(), context_.run_for(30ms); }

    static Slice frame(std::size_t size, char fill = 'x') { return Slice(as_bytes(std::string(size, fill))); }

    Bytes read_all_available() {
        Bytes out(4 << 20);
        client_.non_blocking(true);
        boost::system::error_code error;
        out.resize(client_.read_some(boost::asio::buffer(out.data(), out.size()), error));
        return out;
    }

    boost::asio::io_context context_{1};
    Lane lane_{context_};
    Owner owner_;
    tcp::acceptor acceptor_;
    tcp::socket client_;
    std::shared_ptr<Connection> connection_;
};

TEST_F(ConnectionTest, CarriesBytesBothWays) {
    owner_.echo = true;
    boost::asio::write(client_, boost::asio::buffer("hello", 5));
    run_until([&] { return owner_.frames == 1; });
    EXPECT_EQ(as_text(owner_.received), "hello");
    EXPECT_EQ(as_text(read_all_available()), "hello");
    EXPECT_EQ(connection_->number(), 7u);
}

TEST_F(ConnectionTest, ManyFramesOfOneWakeUpLeaveInOneWrite) {
    for (int i = 0; i < 50; ++i) connection_->write(frame(100));
    run_until([&] { return owner_.frames == 50; });
    EXPECT_EQ(owner_.writes, 1u);
    EXPECT_EQ(read_all_available().size(), 5000u);
}

TEST_F(ConnectionTest, WhatATurnHasReadIsWrittenBeforeMoreIsRead) {
    owner_.echo = true;
    constexpr std::size_t kEach = 60'000, kMany = 12;  // what each finds in its socket at once
    static_assert(kEach * kMany > 2 * kTurnOctets);
    std::vector<tcp::socket> clients;
    std::vector<std::shared_ptr<Connection>> connections;
    for (std::size_t i = 0; i < kMany; ++i) {
        clients.emplace_back(context_).connect(acceptor_.local_endpoint());
        connections.push_back(std::make_shared<Connection>(lane_, acceptor_.accept(), 8 + i, owner_));
        boost::asio::write(clients.back(), boost::asio::buffer(std::string(kEach, 'x')));
        connections.back()->start();
    }
    run_until([&] { return owner_.received.size() == kEach * kMany && owner_.frames == owner_.reads; });
    EXPECT_LE(owner_.most_unwritten, kTurnOctets + kEach);
    for (auto& connection : connections) connection->abort();
}

TEST_F(ConnectionTest, MeasuresTheWayFromAReadToTheWriteThatComesOfIt) {
    const auto measured = [&] {
        const auto& buckets = lane_.latency().buckets;
        return std::accumulate(buckets.begin(), buckets.end(), std::uint64_t{0});
    };
    connection_->write(frame(100));
    run_until([&] { return owner_.frames == 1; });
    EXPECT_EQ(measured(), 0u) << "nothing was read for it";
    owner_.echo = true;
    for (std::size_t sent = 1; sent <= 3; ++sent) {
        boost::asio::write(client_, boost::asio::buffer("hello", 5));
        run_until([&] { return owner_.frames == 1 + sent; });
        EXPECT_EQ(measured(), sent);
    }
    EXPECT_LT(lane_.latency().microseconds, 5'000'000u);
}

TEST_F(ConnectionTest, ABacklogIsMeasuredWhenItIsGone) {
    constexpr std::size_t kMuch = 24 << 20;  // more than the kernel takes for one who does not read
    make({.output_limit = 2 * kMuch});
    owner_.answer = frame(kMuch);
    boost::asio::write(client_, boost::asio::buffer("x", 1));
    run_until([&] { return owner_.writes > 0; });
    run();
    EXPECT_GT(connection_->octets_queued(), 0u);
    EXPECT_EQ(lane_.latency().microseconds, 0u);
    std::size_t taken = 0;
    run_until([&] { return (taken += read_all_available().size()) == kMuch; });
    EXPECT_GE(lane_.latency().microseconds, 30'000u) << "as long as the receiver did not read";
}

TEST_F(ConnectionTest, AnIdleConnectionHoldsNoReadMemory) {
    boost::asio::write(client_, boost::asio::buffer("x", 1));
    run_until([&] { return owner_.reads == 1; });
    run();
    EXPECT_EQ(lane_.read_blocks().blocks_made(), 1u);
    boost::asio::write(client_, boost::asio::buffer("y", 1));
    run_until([&] { return owner_.reads == 2; });
    EXPECT_EQ(lane_.read_blocks().blocks_made(), 1u);
}

TEST_F(ConnectionTest, PausedReadingHoldsThePeerBack) {
    connection_->pause_reading();
    boost::asio::write(client_, boost::asio::buffer("abc", 3));
    run();
    EXPECT_EQ(owner_.reads, 0u);
    connection_->resume_reading();
    run_until([&] { return owner_.received.size() == 3; });
}

TEST_F(ConnectionTest, ASlowReceiverPinsNoReadBlock) {
    // The kernel's buffers fill, then a backlog forms out of slices of a read block.
    std::size_t sent = 0;
    while (connection_->octets_queued() < 100'000 && sent < 64 << 20) {
        const auto room = lane_.read_blocks().room();
        std::fill_n(room.begin(), 16'000, std::byte{1});
        connection_->write(lane_.read_blocks().take(16'000));
        sent += 16'000;
        context_.restart();
        context_.poll();
    }
    ASSERT_GE(connection_->octets_queued(), 100'000u);
    const auto before = lane_.read_blocks().blocks_made();
    for (int i = 0; i < 200; ++i) {
        connection_->write((lane_.read_blocks().room(), lane_.read_blocks().take(16'000)));
        sent += 16'000;
        context_.restart();
        context_.poll();
    }
    EXPECT_LE(lane_.read_blocks().blocks_made(), before + 1);

    std::size_t got = 0;
    run_until([&] {
        got += read_all_available().size();
        return got == sent;
    });
    EXPECT_EQ(owner_.last_queued, 0u);
}

TEST_F(ConnectionTest, TheLimitIsReportedAndTheOwnerDisconnects) {
    make({.output_limit = 1 << 20});
    for (int i = 0; i < 4000 && owner_.overflows == 0; ++i) {
        connection_->write(frame(16'000));
        context_.restart();
        context_.poll();
    }
    EXPECT_EQ(owner_.overflows, 1);
    EXPECT_EQ(owner_.closes, 0);  // the owner ended it itself
    EXPECT_FALSE(connection_->is_open());
}

TEST_F(ConnectionTest, OnlyWhoFallsBehindHasABacklog) {
    make({.output_limit = 128 << 20});
    for (int i = 0; i < 50; ++i) connection_->write(frame(100));
    run_until([&] { return owner_.frames == 50; });
    EXPECT_EQ(owner_.most_backlog, 0u);

    const std::size_t size = 24 << 20;  // more than the kernel takes for one who does not read
    std::size_t got = read_all_available().size();
    connection_->write(frame(size));
    run();
    EXPECT_GT(owner_.backlog, 0u);
    EXPECT_EQ(owner_.backlog, connection_->octets_queued());
    const std::size_t before = owner_.backlog;
    connection_->write(frame(1000));
    run();
    EXPECT_EQ(owner_.backlog, before + 1000);
    run_until([&] { return (got += read_all_available().size()) == 50 * 100 + size + 1000; });
    EXPECT_EQ(owner_.backlog, 0u);
}

TEST_F(ConnectionTest, AReceiverThatStopsReadingIsReported) {
    make({.output_limit = kOutputLimit, .stall_time = 50ms});
    for (int i = 0; i < 400; ++i) connection_->write(frame(16'000));
    run_until([&] { return owner_.overflows == 1; });
    EXPECT_EQ(owner_.reason, "it has stopped reading");
    EXPECT_EQ(owner_.closes, 0);
}

TEST_F(ConnectionTest, AReceiverThatIsOnlySlowIsNot) {
    make({.output_limit = 128 << 20, .stall_time = 250ms});
    const std::size_t size = 64 << 20;
    connection_->write(frame(size));
    std::size_t got = 0;
    client_.non_blocking(true);
    const auto begin = std::chrono::steady_clock::now();
    // The kernel passes on in large steps what was taken in small ones.
    while (std::chrono::steady_clock::now() - begin < 800ms) {
        Bytes part(1'000'000);
        boost::system::error_code error;
        got += client_.read_some(boost::asio::buffer(part.data(), part.size()), error);
        context_.restart();
        context_.run_for(20ms);
    }
    EXPECT_LT(got, size);
    EXPECT_EQ(owner_.overflows, 0);
}

TEST_F(ConnectionTest, ClosesAfterWhatIsQueued) {
    const std::size_t size = 8 << 20;
    connection_->write(frame(size));
    connection_->close("enough");
    connection_->write(frame(1));  // too late
    std::size_t got = 0;
    run_until([&] {
        got += read_all_available().size();
        return got == size;
    });
    EXPECT_EQ(owner_.closes, 0);
    client_.shutdown(tcp::socket::shutdown_send);
    run_until([&] { return owner_.closes == 1; });
    EXPECT_EQ(owner_.reason, "enough");
}

TEST_F(ConnectionTest, UnreadInputDoesNotDestroyTheLastWords) {
    boost::asio::write(client_, boost::asio::buffer(std::string(100'000, 'i')));
    connection_->pause_reading();
    connection_->write(frame(1000, 'o'));
    connection_->close("bye");
    run();
    EXPECT_EQ(read_all_available().size(), 1000u);
    client_.close();
    run_until([&] { return owner_.closes == 1; });
}

TEST_F(ConnectionTest, ClosesAnywayWhenThePeerStalls) {
    connection_->write(frame(32 << 20));
    connection_->close("late", 50ms);
    run_until([&] { return owner_.closes == 1; });
    EXPECT_EQ(owner_.reason, "late");
}

TEST_F(ConnectionTest, TellsWhenThePeerCloses) {
    client_.close();
    run_until([&] { return owner_.closes == 1; });
    EXPECT_EQ(owner_.reason, "closed by the peer");
    EXPECT_FALSE(connection_->is_open());
}

TEST_F(ConnectionTest, AbortSaysNothingMoreAndLetsGo) {
    std::weak_ptr<Connection> weak = connection_;
    connection_->write(frame(10));
    connection_->abort();
    connection_.reset();
    run();
    EXPECT_TRUE(weak.expired());
    EXPECT_EQ(owner_.closes, 0);
}

}  // namespace
}  // namespace convene::io

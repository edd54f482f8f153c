#include "bench/peers/crowd.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/check.hpp"

namespace convene::bench::peers {
namespace {

constexpr int kEvents = 128;
constexpr std::size_t kReadEvery = 64;                        // connections that are made
constexpr std::uint64_t kPublisher = std::uint64_t{1} << 32;  // set in the mark of a publisher's socket
constexpr std::uint64_t kSettleTime = 10'000'000'000;

}  // namespace

std::uint64_t now_ns() {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
            .count());
}

Crowd::Crowd(Driver& driver, const Work& work) : work_(work), scan_(driver.scan()), epoll_(::epoll_create1(0)) {
    for (std::size_t c = 0; c < work.conferences; ++c) {
        Room room;
        room.first = sockets_.size();
        for (std::size_t i = 0; i < work.receivers; ++i) connect_receiver(driver, c);
        room.publisher = driver.connect_publisher(c, work.payload);
        for (std::size_t i = 0; i < batch_of(work); ++i) append(room.batch, room.publisher.frame.octets);
        rooms_.push_back(std::move(room));
    }
    for (std::size_t c = 0; c < rooms_.size(); ++c) {
        rooms_[c].publisher.socket.make_nonblocking();
        watch(EPOLL_CTL_ADD, rooms_[c].publisher.socket, EPOLLIN, c | kPublisher);
    }
}

void Crowd::connect_receiver(Driver& driver, std::size_t conference) {
    sockets_.push_back(driver.connect_receiver(conference));
    streams_.emplace_back();
    sockets_.back().make_nonblocking();
    watch(EPOLL_CTL_ADD, sockets_.back(), EPOLLIN, sockets_.size() - 1);
    // Those who are there are told who comes; nobody leaves that lying.
    if (sockets_.size() % kReadEvery == 0) read_all();
}

void Crowd::read_all() {
    for (std::size_t i = 0; i < sockets_.size(); ++i) read(i, nullptr);
}

Crowd::~Crowd() { ::close(epoll_); }

void Crowd::watch(int operation, const Socket& socket, std::uint32_t events, std::uint64_t mark) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = mark;
    ::epoll_ctl(epoll_, operation, socket.descriptor(), &event);
}

std::uint64_t Crowd::sent_to_all() const {
    std::uint64_t all = 0;
    for (const auto& room : rooms_) all += room.sent * work_.receivers;
    return all;
}

std::uint64_t Crowd::ahead(std::size_t conference) const {
    const auto& room = rooms_[conference];
    std::uint64_t slowest = room.sent;
    for (std::size_t i = room.first; i < room.first + work_.receivers; ++i)
        slowest = std::min(slowest, streams_[i].messages);
    return room.sent - slowest;
}

void Crowd::publish(std::size_t conference, std::size_t count, const std::uint64_t* due) {
    auto& room = rooms_[conference];
    const auto& frame = room.publisher.frame;
    for (std::size_t i = 0; due != nullptr && i < count; ++i)
        std::memcpy(room.batch.data() + i * frame.octets.size() + frame.payload_at, &due[i], kStampSize);
    room.sent += count;
    room.at = 0;
    room.unsent = count * frame.octets.size();
    write(conference);
}

void Crowd::write(std::size_t conference) {
    auto& room = rooms_[conference];
    while (room.unsent > 0) {
        auto count = ::send(room.publisher.socket.descriptor(), room.batch.data() + room.at, room.unsent, MSG_NOSIGNAL);
        if (count < 0) {
            CONVENE_CHECK(errno == EAGAIN, "a server has disconnected a publisher");
            break;
        }
        room.at += static_cast<std::size_t>(count);
        room.unsent -= static_cast<std::size_t>(count);
    }
    if (room.blocked == (room.unsent > 0)) return;
    room.blocked = room.unsent > 0;
    watch(EPOLL_CTL_MOD, room.publisher.socket, room.blocked ? EPOLLIN | EPOLLOUT : EPOLLIN, conference | kPublisher);
}

void Crowd::read(std::size_t stream, Histogram* latencies) {
    auto count = ::recv(sockets_[stream].descriptor(), buffer_.data(), ReadBuffer::kSize, 0);
    if (count < 0 && errno == EAGAIN) return;
    CONVENE_CHECK(count > 0, "a server has disconnected a receiver");
    std::uint64_t before = streams_[stream].messages;
    scan_(streams_[stream], buffer_, static_cast<std::size_t>(count),
          {latencies, latencies != nullptr ? now_ns() : std::uint64_t{0}});
    delivered_ += streams_[stream].messages - before;
}

void Crowd::turn(int milliseconds, Histogram* latencies) {
    epoll_event events[kEvents];
    int count = ::epoll_wait(epoll_, events, kEvents, milliseconds);
    for (int i = 0; i < count; ++i) {
        std::uint64_t mark = events[i].data.u64;
        if ((mark & kPublisher) == 0) {
            read(mark, latencies);
            continue;
        }
        std::size_t conference = mark & ~kPublisher;
        if ((events[i].events & EPOLLOUT) != 0) write(conference);
        // What a server tells a publisher does not count: numbers of receivers, or who is there.
        if ((events[i].events & ~EPOLLOUT) != 0)
            CONVENE_CHECK(
                ::recv(rooms_[conference].publisher.socket.descriptor(), buffer_.data(), ReadBuffer::kSize, 0) != 0,
                "a server has disconnected a publisher");
    }
}

bool Crowd::settle() {
    std::uint64_t end = now_ns() + kSettleTime;
    for (std::uint64_t before = delivered_; delivered_ < sent_to_all(); before = delivered_) {
        turn(100);
        if (delivered_ > before) end = now_ns() + kSettleTime;
        if (now_ns() > end) return false;
    }
    return true;
}

}  // namespace convene::bench::peers

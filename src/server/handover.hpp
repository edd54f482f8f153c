/// A connection on its way from the front, which accepted it, to the worker of its conference.
#pragma once

#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gcc/directory.hpp"
#include "io/endpoint.hpp"
#include "io/tap.hpp"
#include "node/reception.hpp"
#include "server/admission.hpp"
#include "server/connection_counts.hpp"

namespace convene::server {

/// Numbers connections in the logs and for administrators; unique in the life of a server.
using ConnectionNumber = std::uint64_t;

/// A socket that belongs to no io_context; closed unless somebody takes it.
class LooseSocket {
public:
    LooseSocket(int fd, bool is_v6) : fd_(fd), is_v6_(is_v6) {}
    LooseSocket(LooseSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)), is_v6_(other.is_v6_) {}
    LooseSocket& operator=(LooseSocket&&) = delete;
    ~LooseSocket() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_v6() const { return is_v6_; }
    int take() { return std::exchange(fd_, -1); }

private:
    int fd_;
    bool is_v6_;
};

/// Everything in it is private to the connection: nothing is shared with those that stay behind.
struct Handover {
    LooseSocket socket;
    std::unique_ptr<node::Reception> reception;
    io::Endpoint peer;
    ConnectionNumber number = 0;
    ConnectionCounts::Ticket ticket;
    std::unique_ptr<io::Tap> tap;
    gcc::ConferenceId conference{};
    std::optional<Admission> admission{};  ///< of a browser: what its ticket was worth
};

}  // namespace convene::server

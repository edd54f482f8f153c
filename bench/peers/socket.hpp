/// A socket that is closed with its owner, and the blocking calls that prepare a measurement.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "bench/loopback.hpp"

namespace convene::bench::peers {

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Socket();

    int descriptor() const { return descriptor_; }
    void make_nonblocking();

private:
    int descriptor_ = -1;
};

/// Connected to 127.0.0.1:port.
Socket dial(std::uint16_t port);
/// Writes `request` and reads until what came contains `wanted`; ends the process after 10 s without it.
/// Nothing may come behind it yet.
void converse(Socket& socket, std::string_view request, std::string_view wanted);

}  // namespace convene::bench::peers

/// What an HTTP server may be told: its limits and its manners.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace convene::http {

inline constexpr std::size_t kReadAhead = 16 * 1024;              ///< octets read before they are looked at; so many
                                                                  ///< requests as fit in here may come ahead of time
inline constexpr std::size_t kMaxHeaders = 100;                   ///< fields of one request
inline constexpr Duration kHeartbeat = std::chrono::seconds(15);  ///< between two signs of life on an event stream
inline constexpr std::size_t kEventQueueLimit = 256 * 1024;       ///< octets that wait for the reader of a stream

struct Limits {
    std::size_t header_size = 16 * 1024;              ///< octets of request line and header
    Duration header_time = std::chrono::seconds(10);  ///< from the connection, or the first octet, to its end; TLS too
    Duration body_time = std::chrono::seconds(30);    ///< for the body of a request
    Duration idle_time = std::chrono::seconds(60);    ///< between two requests
    Duration write_time = std::chrono::seconds(30);   ///< without one octet taken of what is sent
    std::size_t message_size = 256 * 1024;            ///< octets of a WebSocket message
    Duration ping_time = std::chrono::seconds(30);    ///< a WebSocket that says nothing is asked after half of it
};

struct Options {
    Limits limits{};
    /// "https://pages.example": others than this server whose pages may open the WebSocket; "*" allows all.
    std::vector<std::string> origins{};
    /// As frame-ancestors of the content security policy wants it: "'none'", "'self'", "https://lms.example".
    std::string frame_ancestors = "'none'";
};

}  // namespace convene::http

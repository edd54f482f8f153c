/// What the settings say to the HTTP server.
#pragma once

#include <cstdint>

#include "http/options.hpp"
#include "server/settings.hpp"

namespace convene::server {

inline constexpr std::uint16_t kWebPort = 8443;  ///< where an address comes without a port

inline http::Options http_options(const Settings& settings) {
    http::Options out;
    out.limits.header_size = settings.web_header_size.value;
    out.limits.header_time = settings.web_header_time;
    out.limits.body_time = settings.web_body_time;
    out.limits.idle_time = settings.web_idle_time;
    out.limits.write_time = settings.stall_time;
    out.limits.message_size = settings.web_message_size.value;
    out.limits.ping_time = settings.web_ping_time;
    out.origins = settings.web_origins;
    out.frame_ancestors = settings.web_frame_ancestors;
    return out;
}

}  // namespace convene::server

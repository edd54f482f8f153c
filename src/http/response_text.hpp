/// A response as it is written: status line, what every answer carries for the sake of security, and its own header.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"
#include "http/options.hpp"

namespace convene::http {

/// What the header of a response depends on besides the response.
struct ResponseFrame {
    std::string_view host;             ///< of the request, checked by is_host()
    std::string_view frame_ancestors;  ///< Options::frame_ancestors
    bool is_secure = false;
    bool is_certificate_real = false;  ///< somebody vouches for it, so a browser may be told to insist on TLS
    bool keeps_alive = true;
    bool has_length = true;  ///< false: the body goes on until the connection is closed
};

/// Everything before the body. Line ends in fields are left out: no value can add a field.
std::string response_head(const Response& response, const ResponseFrame& frame);

/// Content-Security-Policy of every answer: nothing from elsewhere, no script or style within the page.
std::string content_security_policy(std::string_view host, std::string_view frame_ancestors, bool is_secure);

}  // namespace convene::http

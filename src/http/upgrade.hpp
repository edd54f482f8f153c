/// Whether a request may become a WebSocket that carries T.120. RFC 6455 §4.2, T.120 in binary messages.
#pragma once

#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "http/message.hpp"
#include "http/options.hpp"

namespace convene::http {

inline constexpr std::string_view kSubprotocol = "t120";
/// A ticket comes as one more protocol that is offered, so that it stands in no address and in no log.
inline constexpr std::string_view kTicketPrefix = "ticket.";
inline constexpr std::size_t kMaxTicket = 256;  ///< octets

struct Upgrade {
    std::string ticket;  ///< empty where none was offered
};

/// Whether the request wants a WebSocket at all.
bool is_upgrade(const Request& request);
/// Whether a page of `origin` may open a WebSocket on `host`: one of this very server, or one that `allowed` names.
/// Programs that are no browsers send no origin, and may.
bool is_origin_allowed(std::string_view origin, std::string_view host, bool is_secure,
                       const std::vector<std::string>& allowed);
/// The error is the answer: 400 for what is no WebSocket or lacks the subprotocol, 403 for a foreign page, 426 for a
/// version that nobody speaks any more.
Expected<Upgrade, Response> check_upgrade(const Request& request, const Options& options);

}  // namespace convene::http

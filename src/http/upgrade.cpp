#include "http/upgrade.hpp"

#include <algorithm>
#include <vector>

namespace convene::http {

namespace {

/// The entries of a list with commas. RFC 9110 §5.6.1.
std::vector<std::string_view> list_entries(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        auto entry = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (!entry.empty() && (entry.front() == ' ' || entry.front() == '\t')) entry.remove_prefix(1);
        while (!entry.empty() && (entry.back() == ' ' || entry.back() == '\t')) entry.remove_suffix(1);
        if (!entry.empty()) out.push_back(entry);
    }
    return out;
}

/// "meet.example.org:443" of https is "meet.example.org".
std::string_view without_default_port(bool is_secure, std::string_view host) {
    const std::string_view port = is_secure ? ":443" : ":80";
    if (host.ends_with(port)) host.remove_suffix(port.size());
    return host;
}

}  // namespace

bool is_upgrade(const Request& request) { return same_name(request.header("Upgrade"), "websocket"); }

bool is_origin_allowed(std::string_view origin, std::string_view host, bool is_secure,
                       const std::vector<std::string>& allowed) {
    if (origin.empty()) return true;
    const auto is_this = [&](std::string_view entry) { return entry == "*" || same_name(entry, origin); };
    if (std::any_of(allowed.begin(), allowed.end(), is_this)) return true;
    const std::string_view scheme = is_secure ? "https://" : "http://";
    if (!origin.starts_with(scheme)) return false;  // "null" among others
    return same_name(without_default_port(is_secure, origin.substr(scheme.size())),
                     without_default_port(is_secure, host));
}

Expected<Upgrade, Response> check_upgrade(const Request& request, const Options& options) {
    if (!is_upgrade(request) || request.method != Method::get)
        return make_unexpected(problem(400, "invalid", "This address is for WebSockets."));
    if (request.header("Sec-WebSocket-Version") != "13") {
        Response answer = problem(426, "invalid", "Only version 13 of the WebSocket protocol is spoken here.");
        answer.headers.push_back(Field{"Sec-WebSocket-Version", "13"});
        return make_unexpected(std::move(answer));
    }
    if (!is_origin_allowed(request.header("Origin"), request.host, request.is_secure, options.origins))
        return make_unexpected(problem(403, "forbidden", "Pages of that origin may not connect to this server."));
    Upgrade out;
    bool has_protocol = false;
    for (const auto& field : request.headers) {
        if (!same_name(field.name, "Sec-WebSocket-Protocol")) continue;
        for (const auto entry : list_entries(field.value)) {
            has_protocol = has_protocol || entry == kSubprotocol;
            if (entry.starts_with(kTicketPrefix) && entry.size() <= kMaxTicket)
                out.ticket = entry.substr(kTicketPrefix.size());
        }
    }
    if (!has_protocol) return make_unexpected(problem(400, "invalid", "The subprotocol must be \"t120\"."));
    return out;
}

}  // namespace convene::http

/// Names by which browsers call a server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace convene::http {

/// Whether it can be a host with or without a port: letters, digits, and -._:[] only.
bool is_host(std::string_view text);
/// Whether a request without TLS may call this server so: a name or address of the loopback interface, or that of a
/// proxy whose origin is in `origins`. Any other means that somebody else's name leads here: a page of his could then
/// talk to this server as if it came from it (DNS rebinding).
bool is_host_for_loopback(std::string_view host, const std::vector<std::string>& origins);

}  // namespace convene::http

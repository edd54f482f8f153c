#include "http/host.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace convene::http {

namespace {

constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]";
constexpr std::size_t kMaxHost = 255 + 8;  // RFC 1035 §2.3.4, and a port

std::string name_of(std::string_view host) {
    if (host.starts_with('[')) return std::string(host.substr(1, host.find(']') - 1));
    return std::string(host.substr(0, host.find(':')));
}

}  // namespace

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= kMaxHost &&
           text.find_first_not_of(kHostCharacters) == std::string_view::npos;
}

bool is_host_for_loopback(std::string_view host, const std::vector<std::string>& origins) {
    const std::string name = name_of(host);
    if (name == "localhost") return true;
    boost::system::error_code no_address;
    if (const auto address = boost::asio::ip::make_address(name, no_address); !no_address) return address.is_loopback();
    return std::any_of(origins.begin(), origins.end(), [&](const std::string& origin) {
        const auto mark = origin.find("://");
        return mark != std::string::npos && origin.substr(mark + 3) == host;
    });
}

}  // namespace convene::http

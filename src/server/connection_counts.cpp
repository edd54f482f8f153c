#include "server/connection_counts.hpp"

#include <algorithm>

namespace convene::server {

namespace ip = boost::asio::ip;

std::string source_of(const ip::address& address) {
    if (address.is_v4()) return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
    if (v6.is_loopback()) return v6.to_string();
    auto octets = v6.to_bytes();
    std::fill(octets.begin() + 8, octets.end(), static_cast<unsigned char>(0));
    return ip::address_v6(octets).to_string() + "/64";
}

void ConnectionCounts::set_limits(std::uint64_t limit, std::uint64_t limit_per_source) {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
    limit_per_source_ = limit_per_source;
}

Expected<ConnectionCounts::Ticket, const char*> ConnectionCounts::admit(const ip::address& address) {
    const std::string source = source_of(address);
    const std::lock_guard lock(mutex_);
    if (total_ >= limit_) return make_unexpected("too many connections");
    auto& count = by_source_[source];
    if (count >= limit_per_source_) return make_unexpected("too many connections from this address");
    ++count;
    ++total_;
    return Ticket(*this, source);
}

void ConnectionCounts::release(const std::string& source) {
    const std::lock_guard lock(mutex_);
    --total_;
    const auto found = by_source_.find(source);
    if (--found->second == 0) by_source_.erase(found);
}

std::uint64_t ConnectionCounts::total() const {
    const std::lock_guard lock(mutex_);
    return total_;
}

bool ConnectionCounts::is_nearly_full() const {
    const std::lock_guard lock(mutex_);
    return total_ + limit_ / 64 >= limit_;
}

}  // namespace convene::server

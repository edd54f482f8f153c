/// How many connections there are, in all and from each address, and whether one more may come.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/expected.hpp"

namespace convene::server {

/// Whom limits and rate limits take for one stranger: an IPv4 address, or the /64 of an IPv6 one.
std::string source_of(const boost::asio::ip::address& address);

/// May be used from every thread: connections are counted where they are accepted and end elsewhere.
class ConnectionCounts {
public:
    /// Stands for one counted connection and uncounts it when destroyed. Outlived by the counts.
    class Ticket {
    public:
        Ticket() = default;
        Ticket(Ticket&& other) noexcept
            : counts_(std::exchange(other.counts_, nullptr)), source_(std::move(other.source_)) {}
        Ticket& operator=(Ticket other) noexcept {
            std::swap(counts_, other.counts_);
            std::swap(source_, other.source_);
            return *this;
        }
        ~Ticket() {
            if (counts_ != nullptr) counts_->release(source_);
        }
        /// Of a connection that is counted already, as another one that it belongs to.
        static Ticket uncounted(std::string source) {
            Ticket out;
            out.source_ = std::move(source);
            return out;
        }
        const std::string& source() const { return source_; }

    private:
        friend class ConnectionCounts;
        Ticket(ConnectionCounts& counts, std::string source) : counts_(&counts), source_(std::move(source)) {}

        ConnectionCounts* counts_ = nullptr;
        std::string source_;
    };

    ConnectionCounts(std::uint64_t limit, std::uint64_t limit_per_source) { set_limits(limit, limit_per_source); }

    void set_limits(std::uint64_t limit, std::uint64_t limit_per_source);
    /// The error is the reason, for the log.
    Expected<Ticket, const char*> admit(const boost::asio::ip::address& address);
    std::uint64_t total() const;
    /// True when so few are left that accepting should pause.
    bool is_nearly_full() const;

private:
    void release(const std::string& source);

    mutable std::mutex mutex_;
    std::uint64_t limit_ = 0;
    std::uint64_t limit_per_source_ = 0;
    std::uint64_t total_ = 0;
    std::unordered_map<std::string, std::uint64_t> by_source_;
};

}  // namespace convene::server

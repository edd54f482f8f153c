/// Tickets: each opens one connection, once, within a short time.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "admission/secret.hpp"
#include "base/time.hpp"

namespace convene::admission {

inline constexpr Duration kTicketTime = std::chrono::minutes(1);
inline constexpr std::size_t kMaxTicketsOfOne = 4;  ///< of one entry; its oldest gives way
inline constexpr std::size_t kMaxTickets = 65'536;  ///< of all; the oldest gives way

/// Those of all conferences of a server. An entry is named by its id.
class Tickets {
public:
    /// The ticket's text.
    std::string issue(const std::string& entry, const RandomOctets& random, Instant now);
    /// The entry it was for, and it is used up. Nothing when it is unknown, used or too old.
    std::optional<std::string> redeem(std::string_view text, Instant now);
    std::size_t size() const { return tickets_.size(); }

private:
    struct Ticket {
        Sha256Digest digest{};
        std::string entry;
        Instant expires;
    };
    void make_room(const std::string& entry, Instant now);

    std::unordered_map<std::string, Ticket> tickets_;  // by the id of their secret
    std::deque<std::string> by_age_;                   // the oldest first; may name some that are gone
};

}  // namespace convene::admission

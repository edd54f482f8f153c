#include "admission/tickets.hpp"

#include <algorithm>
#include <utility>

namespace convene::admission {

std::string Tickets::issue(const std::string& entry, const RandomOctets& random, Instant now) {
    make_room(entry, now);
    Minted minted = mint(random);
    if (tickets_.insert_or_assign(minted.id, Ticket{minted.digest, entry, now + kTicketTime}).second)
        by_age_.push_back(minted.id);
    return std::move(minted.text);
}

void Tickets::make_room(const std::string& entry, Instant now) {
    while (!by_age_.empty()) {
        const auto oldest = tickets_.find(by_age_.front());
        if (oldest != tickets_.end() && oldest->second.expires > now && tickets_.size() < kMaxTickets) break;
        if (oldest != tickets_.end()) tickets_.erase(oldest);
        by_age_.pop_front();
    }
    const auto is_of_entry = [&](const std::string& id) {
        const auto found = tickets_.find(id);
        return found != tickets_.end() && found->second.entry == entry;
    };
    if (static_cast<std::size_t>(std::count_if(by_age_.begin(), by_age_.end(), is_of_entry)) < kMaxTicketsOfOne) return;
    const auto own = std::find_if(by_age_.begin(), by_age_.end(), is_of_entry);
    tickets_.erase(*own);
    by_age_.erase(own);
}

std::optional<std::string> Tickets::redeem(std::string_view text, Instant now) {
    const auto shown = read_secret_text(text);
    if (!shown) return std::nullopt;
    const auto found = tickets_.find(shown->id);
    if (found == tickets_.end() || !shown->fits(found->second.digest)) return std::nullopt;
    Ticket ticket = std::move(found->second);
    tickets_.erase(found);
    if (ticket.expires <= now) return std::nullopt;
    return std::move(ticket.entry);
}

}  // namespace convene::admission

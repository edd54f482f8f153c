/// What a ticket for the WebSocket is worth: a place in one conference.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gcc/directory.hpp"

namespace convene::server {

/// Travels with the connection from the web's threads to the thread of the conference.
struct Admission {
    gcc::ConferenceId conference{};
    std::string entry;  ///< id of the stay

    friend bool operator==(const Admission&, const Admission&) = default;
};

/// Keeps the tickets that were given out. Used from all web threads at once.
class TicketDesk {
public:
    /// What the ticket is for, and it is used up; nothing when it is unknown, used or expired.
    virtual std::optional<Admission> redeem(std::string_view ticket) = 0;

protected:
    ~TicketDesk() = default;
};

}  // namespace convene::server

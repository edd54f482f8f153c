#include "gcc/enrolment.hpp"

namespace convene::gcc {

std::optional<ChannelId> chosen_channel(const std::vector<RosterLine>& lines) {
    for (const RosterLine& line : lines) {
        if (line.session.session_id) return line.session.session_id;
    }
    return std::nullopt;
}

ApplicationRecord active_record(UserId user, ChannelId channel) {
    ApplicationRecord record;
    record.application_active = true;
    record.application_user_id = user;
    record.startup_channel = mcs::is_static(channel) ? ChannelType::static_channel : ChannelType::dynamic_multicast;
    return record;
}

}  // namespace convene::gcc

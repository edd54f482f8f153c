#include "gcc/roster_limits.hpp"

namespace convene::gcc {

std::optional<std::string_view> excess_of(const NodeRecord& record) {
    if (record.participants_list && record.participants_list->size() > kMaxParticipants) return "too many participants";
    std::size_t octets = 0;
    if (record.user_data) {
        for (const UserDataItem& item : *record.user_data) {
            // The key's octets are bounded by the decoder; 16 stands for it and for the item itself.
            octets += 16 + (item.value ? item.value->size() : 0);
        }
    }
    if (octets > kMaxRecordOctets) return "user data too long";
    return std::nullopt;
}

std::optional<std::string_view> excess_of(const ApplicationRecord& record) {
    if (!record.non_collapsing_capabilities) return std::nullopt;
    if (record.non_collapsing_capabilities->size() > kMaxNonCollapsing) return "too many non-collapsing capabilities";
    std::size_t octets = 0;
    for (const NonCollapsingCapability& capability : *record.non_collapsing_capabilities) {
        octets += capability.application_data ? capability.application_data->size() : 0;
    }
    if (octets > kMaxRecordOctets) return "application data too long";
    return std::nullopt;
}

}  // namespace convene::gcc

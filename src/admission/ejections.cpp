#include "admission/ejections.hpp"

#include <algorithm>
#include <utility>

namespace convene::admission {

void Ejections::add(std::string source, std::optional<std::string> invitation, Instant now) {
    while (!list_.empty() && (list_.front().until <= now || list_.size() >= kMaxEjections)) list_.pop_front();
    list_.push_back({std::move(source), std::move(invitation), now + kEjectionTime});
}

bool Ejections::has_source(std::string_view source, Instant now) const {
    if (source.empty()) return false;
    return std::any_of(list_.begin(), list_.end(),
                       [&](const Ejection& each) { return each.source == source && now < each.until; });
}

bool Ejections::has_invitation(std::string_view id, Instant now) const {
    return std::any_of(list_.begin(), list_.end(),
                       [&](const Ejection& each) { return each.invitation == id && now < each.until; });
}

}  // namespace convene::admission

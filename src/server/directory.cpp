#include "server/directory.hpp"

#include <algorithm>

namespace convene::server {

namespace {

constexpr std::uint32_t kFirstFreeNumber = 2001;  // for conferences that are created by their name alone

}  // namespace

std::string name_of(const ConferenceStatus& status) {
    std::string name = gcc::to_string(status.entry.profile.name);
    if (status.entry.profile.modifier) name += "~" + *status.entry.profile.modifier;
    return name;
}

CreatePolicy create_policy_from(std::string_view setting) {
    if (setting == "open") return CreatePolicy::open;
    if (setting == "password") return CreatePolicy::password;
    return CreatePolicy::configured;
}

void Directory::set_policy(DirectoryPolicy policy) {
    const std::lock_guard lock(mutex_);
    policy_ = policy;
}

const ConferenceStatus& Directory::insert(gcc::ConferenceEntry entry, std::uint64_t max_users, bool is_permanent) {
    const auto lighter = [](const Load& a, const Load& b) {
        return std::pair(a.participants, a.conferences) < std::pair(b.participants, b.conferences);
    };
    const auto worker = static_cast<std::size_t>(std::min_element(load_.begin(), load_.end(), lighter) - load_.begin());
    ++load_[worker].conferences;

    const gcc::ConferenceId id{next_++};
    entry.profile.modifier = names_.free_modifier(entry.profile.name);
    ConferenceStatus& status = conferences_[id];
    status.id = id;
    status.worker = worker;
    status.max_users = max_users;
    status.is_permanent = is_permanent;
    status.since = std::chrono::system_clock::now();
    status.entry = std::move(entry);
    names_.put(id, status.entry);
    return status;
}

ConferenceStatus Directory::add_permanent(gcc::ConferenceProfile profile, bool is_lobby, std::uint64_t max_users) {
    const std::lock_guard lock(mutex_);
    gcc::ConferenceEntry entry;
    entry.profile = std::move(profile);
    entry.is_lobby = is_lobby;
    entry.is_default = is_lobby;
    return insert(std::move(entry), max_users, true);
}

Expected<ConferenceStatus, gcc::CreateResult> Directory::create(const gcc::ConferenceCreateRequest& request,
                                                                std::uint64_t max_users) {
    const std::lock_guard lock(mutex_);
    gcc::CreatePolicy policy;
    policy.allowed = policy_.create == CreatePolicy::open ||
                     (policy_.create == CreatePolicy::password && request.password.has_value());
    policy.has_room = conferences_.size() < policy_.max_conferences;
    gcc::CreateDecision decision = gcc::decide_create(request, names_, policy);
    if (decision.result != gcc::CreateResult::success) return make_unexpected(decision.result);
    gcc::ConferenceEntry entry;
    entry.profile = std::move(decision.profile);
    entry.profile.listed = entry.profile.listed && policy_.list_created;
    entry.has_convener = true;  // its creator, who is on the way
    return insert(std::move(entry), max_users, false);
}

bool Directory::is_taken(const gcc::ConferenceName& name) const {
    return std::any_of(conferences_.begin(), conferences_.end(), [&](const auto& each) {
        const auto& other = each.second.entry.profile.name;
        return other.numeric == name.numeric || gcc::to_string(other) == gcc::to_string(name);
    });
}

Expected<ConferenceStatus, admission::Refusal> Directory::create(gcc::ConferenceProfile profile,
                                                                 std::uint64_t max_users, bool stays, bool by_admin) {
    using admission::Refusal;
    const std::lock_guard lock(mutex_);
    const bool allowed = policy_.create == CreatePolicy::open ||
                         (policy_.create == CreatePolicy::password && profile.password.has_value()) || by_admin;
    if (!allowed)
        return make_unexpected(policy_.create == CreatePolicy::password ? Refusal::password_needed
                                                                        : Refusal::forbidden);
    if (conferences_.size() >= policy_.max_conferences) return make_unexpected(Refusal::too_many);
    if (profile.name.numeric.empty()) {
        std::uint32_t number = kFirstFreeNumber;
        do profile.name.numeric = std::to_string(number++);
        while (is_taken(profile.name) && number < kFirstFreeNumber + policy_.max_conferences + 2);
    }
    if (is_taken(profile.name)) return make_unexpected(Refusal::exists);
    gcc::ConferenceEntry entry;
    entry.profile = std::move(profile);
    entry.profile.listed = entry.profile.listed && policy_.list_created;
    return insert(std::move(entry), max_users, stays);
}

std::optional<ConferenceStatus> Directory::find(const gcc::ConferenceJoinRequest& request) const {
    const std::lock_guard lock(mutex_);
    const auto anybody = [](gcc::ConferenceId, const gcc::ConferenceEntry&, const gcc::ConferenceJoinRequest&) {
        return gcc::AccessVerdict{gcc::JoinResult::success};
    };
    const auto decision = gcc::decide_join(request, names_, gcc::JoinPolicy{}, anybody);
    if (!decision.conference) return std::nullopt;
    return conferences_.at(*decision.conference);
}

std::optional<ConferenceStatus> Directory::find(gcc::ConferenceId id) const {
    const std::lock_guard lock(mutex_);
    const auto found = conferences_.find(id);
    if (found == conferences_.end()) return std::nullopt;
    return found->second;
}

std::optional<ConferenceStatus> Directory::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    std::optional<std::string_view> modifier;
    if (const auto tilde = name.rfind('~'); tilde != std::string_view::npos) {
        modifier = name.substr(tilde + 1);
        name = name.substr(0, tilde);
    }
    const ConferenceStatus* found = nullptr;
    for (const auto& [id, status] : conferences_) {
        const auto& profile = status.entry.profile;
        if (gcc::to_string(profile.name) != name && profile.name.numeric != name) continue;
        if (modifier ? profile.modifier != *modifier : found != nullptr && profile.modifier) continue;
        found = &status;
    }
    if (found == nullptr) return std::nullopt;
    return *found;
}

gcc::ConferenceQueryResponse Directory::answer(const gcc::ConferenceQueryRequest& request) const {
    const std::lock_guard lock(mutex_);
    gcc::QueryPolicy policy;
    policy.no_unlisted_conferences = false;
    return gcc::answer_query(request, names_, policy);
}

void Directory::refresh(ConferenceStatus& status) {
    status.entry.is_full = status.max_users != 0 && status.participants >= status.max_users;
    names_.put(status.id, status.entry);
}

void Directory::set_participants(gcc::ConferenceId id, std::uint64_t participants) {
    const std::lock_guard lock(mutex_);
    const auto found = conferences_.find(id);
    if (found == conferences_.end()) return;
    Load& load = load_[found->second.worker];
    load.participants = load.participants - found->second.participants + participants;
    found->second.participants = participants;
    const bool is_full = found->second.max_users != 0 && participants >= found->second.max_users;
    if (is_full != found->second.entry.is_full) refresh(found->second);
}

void Directory::set_locked(gcc::ConferenceId id, bool locked) {
    const std::lock_guard lock(mutex_);
    const auto found = conferences_.find(id);
    if (found == conferences_.end()) return;
    found->second.entry.profile.locked = locked;
    refresh(found->second);
}

void Directory::set_convener(gcc::ConferenceId id, bool has_convener) {
    const std::lock_guard lock(mutex_);
    const auto found = conferences_.find(id);
    if (found == conferences_.end()) return;
    found->second.entry.has_convener = has_convener;
    refresh(found->second);
}

bool Directory::remove(gcc::ConferenceId id, bool only_if_empty) {
    const std::lock_guard lock(mutex_);
    const auto found = conferences_.find(id);
    if (found == conferences_.end()) return true;
    if (only_if_empty && found->second.participants > 0) return false;
    Load& load = load_[found->second.worker];
    --load.conferences;
    load.participants -= found->second.participants;
    names_.remove(id);
    conferences_.erase(found);
    return true;
}

std::vector<ConferenceStatus> Directory::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<ConferenceStatus> out;
    for (const auto& [id, status] : conferences_) out.push_back(status);
    return out;
}

std::size_t Directory::size() const {
    const std::lock_guard lock(mutex_);
    return conferences_.size();
}

}  // namespace convene::server

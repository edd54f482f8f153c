#include "admission/door.hpp"

#include <algorithm>
#include <utility>

#include "admission/person_name.hpp"
#include "base/take_all.hpp"
#include "gcc/challenge.hpp"
#include "gcc/typed_text.hpp"

namespace convene::admission {

namespace {

/// Whether its person is here or will be in a moment.
bool is_near(const Entry& stay, Instant now) {
    return stay.node || stay.listeners != 0 || now < stay.idle_since + kArrivalTime;
}

/// When the entry is forgotten.
Instant end_of(const Entry& stay) {
    if (stay.is_final()) return stay.idle_since + kFinalTime;
    if (stay.node || stay.listeners != 0) return Instant::max();
    return stay.idle_since + (stay.is_inside() ? kStayTime : kWaitTime);
}

bool is_waiting(const Entry& stay) { return stay.state == Entry::State::waiting; }

}  // namespace

Door::Door(DoorRules rules, DoorKeys keys, RandomOctets random)
    : rules_(rules), keys_(std::move(keys)), wrong_secrets_(keys_.wrong_secrets), random_(std::move(random)) {}

void Door::tell(DoorOutput output) {
    out_.push_back(std::move(output));
    news_ = true;
}

void Door::take_outputs(std::vector<DoorOutput>& out) { take_all(out_, out); }

// --- coming in ---

Expected<Arrived, Refusal> Door::enter(const Arrival& arrival, const Moment& now) {
    const auto name = person_name(arrival.name);
    if (!name) return make_unexpected(Refusal::invalid);
    CONVENE_TRY(welcome, judge(arrival, now));
    const bool must_ask = this->must_ask(welcome, arrival.source, now.instant);
    const bool waits = must_ask || (rules_.waiting_room && welcome.right != Right::moderate);
    if (const auto refusal = no_room_for(welcome, waits, now.instant)) return make_unexpected(*refusal);

    Minted minted = mint(random_);
    Entry entry;
    entry.id = minted.id;
    entry.digest = minted.digest;
    entry.name = *name;
    entry.source = arrival.source;
    entry.state = waits ? Entry::State::waiting : Entry::State::admitted;
    entry.right = welcome.right;
    entry.is_owner = welcome.is_owner;
    entry.must_ask = must_ask;
    entry.invitation = welcome.invitation;
    entry.since = now.date;
    entry.idle_since = now.instant;
    if (!entries_.emplace(entry.id, entry).second) return make_unexpected(Refusal::unavailable);
    if (welcome.invitation) {
        invitations_.use(*welcome.invitation);
        tell(InvitationChanged{*welcome.invitation});
    }
    news_ = true;
    return Arrived{std::move(entry.id), std::move(minted.text)};
}

Expected<Door::Welcome, Refusal> Door::judge(const Arrival& arrival, const Moment& now) {
    // An invitation is as good as the password: somebody who may moderate has made it.
    if (arrival.invitation.empty()) return judge_password(arrival, now);
    if (!wrong_secrets_.may_try(arrival.source, now.instant)) return make_unexpected(Refusal::too_many);
    auto invitation = invitations_.check(arrival.invitation, now.date);
    if (!invitation) {
        if (invitation.error() == Refusal::not_found) wrong_secrets_.failed(arrival.source, now.instant);
        return make_unexpected(invitation.error());
    }
    return Welcome{invitation->right, invitation->is_owner, invitation->id};
}

Expected<Door::Welcome, Refusal> Door::judge_password(const Arrival& arrival, const Moment& now) {
    const Welcome anybody{rules_.default_right, false, std::nullopt};
    if (arrival.password.empty()) {
        if (keys_.password) return make_unexpected(Refusal::password_needed);
        return anybody;
    }
    if (!keys_.password && !keys_.convener_password) return anybody;
    if (!wrong_secrets_.may_try(arrival.source, now.instant)) return make_unexpected(Refusal::too_many);
    const auto typed = gcc::selector_of_text(arrival.password);
    if (keys_.convener_password && gcc::password_matches(typed, *keys_.convener_password))
        return Welcome{Right::moderate, true, std::nullopt};
    if (keys_.password && gcc::password_matches(typed, *keys_.password)) return anybody;
    // Counted also where no password is needed: it may be a guess at the convener's.
    wrong_secrets_.failed(arrival.source, now.instant);
    return make_unexpected(Refusal::password_wrong);
}

/// Owners are put out by administrators alone, who can take their invitation from them.
bool Door::must_ask(const Welcome& welcome, std::string_view source, Instant now) const {
    if (welcome.is_owner) return false;
    if (welcome.invitation && ejections_.has_invitation(*welcome.invitation, now)) return true;
    return welcome.right != Right::moderate && ejections_.has_source(source, now);
}

std::size_t Door::people(Instant now) const {
    auto on_the_way = [&](const auto& each) {
        return each.second.is_inside() && !each.second.node && is_near(each.second, now);
    };
    return present_.size() + static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), on_the_way));
}

std::optional<Refusal> Door::no_room_for(const Welcome& welcome, bool waits, Instant now) const {
    if (welcome.is_owner) {
        if (entries_.size() >= kMaxEntries + kRoomForOwners) return Refusal::full;
        return std::nullopt;
    }
    if (rules_.locked) return Refusal::locked;
    if (entries_.size() >= kMaxEntries) return Refusal::full;
    if (rules_.max_people != 0 && people(now) >= rules_.max_people) return Refusal::full;
    const auto waiting =
        std::count_if(entries_.begin(), entries_.end(), [](const auto& each) { return is_waiting(each.second); });
    if (waits && static_cast<std::size_t>(waiting) >= kMaxWaiting) return Refusal::too_many;
    return std::nullopt;
}

const Entry* Door::find(const std::string& id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

Entry* Door::entry(std::string_view id) {
    const auto found = entries_.find(std::string(id));
    return found == entries_.end() ? nullptr : &found->second;
}

const Entry* Door::entry_by(std::string_view token) const {
    const auto shown = read_secret_text(token);
    const Entry* found = shown ? find(shown->id) : nullptr;
    return found != nullptr && shown->fits(found->digest) ? found : nullptr;
}

void Door::listening(const std::string& id, bool begins, const Moment& now) {
    Entry* found = entry(id);
    if (found == nullptr || (!begins && found->listeners == 0)) return;
    begins ? ++found->listeners : --found->listeners;
    if (!found->is_final()) found->idle_since = now.instant;
}

void Door::leave(const std::string& id, const Moment&) {
    if (const Entry* found = entry(id)) forget(*found);
}

void Door::forget(const Entry& stay) {
    if (stay.node) {
        present_[*stay.node].entry.reset();
        tell(PutOut{*stay.node});
    }
    const std::string id = stay.id;
    tell(EntryGone{id});
    entries_.erase(id);
}

// --- what the conference says ---

void Door::node_joined(mcs::UserId node, std::string_view id, std::string name, bool is_convener, Right has_right,
                       std::string source, const Moment& now) {
    // Who comes without an entry has what its connection has: of a stranger the default right, of who comes below
    // somebody else no more than that one.
    Present present{std::move(name), has_right, std::nullopt, false, std::move(source)};
    Entry* found = id.empty() ? nullptr : entry(id);
    if (is_convener) present.right = Right::moderate;
    if (found != nullptr && found->is_inside()) {
        // A connection that was lost, and nobody has noticed yet: the new one takes its place.
        if (found->node && *found->node != node) {
            present_[*found->node].entry.reset();
            tell(PutOut{*found->node});
        }
        found->node = node;
        found->idle_since = now.instant;
        present.right = found->right;
        present.entry = found->id;
        present.is_owner = found->is_owner;
    } else if (!id.empty()) {
        tell(PutOut{node});  // it was put out on its way in
    }
    if (present.right != has_right) tell(RightChanged{node, present.right});
    present_.insert_or_assign(node, std::move(present));
    news_ = true;
}

void Door::node_gone(mcs::UserId node, const Moment& now) {
    const auto found = present_.find(node);
    if (found == present_.end()) return;
    Entry* stay = found->second.entry ? entry(*found->second.entry) : nullptr;
    if (stay != nullptr && stay->node == node) {
        stay->node.reset();
        if (!stay->is_final()) stay->idle_since = now.instant;
    }
    present_.erase(found);
    news_ = true;
}

void Door::node_renamed(mcs::UserId node, std::string name) {
    const auto found = present_.find(node);
    if (found != present_.end()) found->second.name = std::move(name);
}

void Door::locked(bool is_locked) {
    if (rules_.locked == is_locked) return;
    rules_.locked = is_locked;
    tell(RulesChanged{});
}

// --- time ---

void Door::on_time(const Moment& now) {
    for (auto at = entries_.begin(); at != entries_.end();) {
        const auto next = std::next(at);
        if (end_of(at->second) <= now.instant) forget(at->second);
        at = next;
    }
}

bool Door::is_expecting(Instant now) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const auto& each) {
        return !each.second.is_final() && (is_waiting(each.second) || is_near(each.second, now));
    });
}

}  // namespace convene::admission

// What moderators do at the door, and to those inside.
#include <algorithm>
#include <utility>

#include "admission/door.hpp"

namespace convene::admission {
namespace {

Door::Outcome done() { return std::monostate{}; }

}  // namespace

Door::Outcome Door::may_moderate(std::string_view by) const {
    if (by.empty()) return done();  // an administrator
    const auto found = entries_.find(std::string(by));
    if (found == entries_.end() || !found->second.may_moderate()) return make_unexpected(Refusal::forbidden);
    return done();
}

/// Owners stand above moderators.
Door::Outcome Door::may_touch(std::string_view by, mcs::UserId node) const {
    CONVENE_TRY_ALONE(may_moderate(by));
    const auto found = present_.find(node);
    if (found == present_.end()) return make_unexpected(Refusal::not_found);
    const bool is_self = found->second.entry && *found->second.entry == by;
    if (found->second.is_owner && !by.empty() && !is_self) return make_unexpected(Refusal::forbidden);
    return done();
}

Door::Outcome Door::admit(std::string_view by, const std::string& waiting, const Moment& now) {
    CONVENE_TRY_ALONE(may_moderate(by));
    Entry* found = entry(waiting);
    if (found == nullptr || found->state != Entry::State::waiting) return make_unexpected(Refusal::not_found);
    found->state = Entry::State::admitted;
    found->idle_since = now.instant;
    news_ = true;
    return done();
}

Door::Outcome Door::turn_away(std::string_view by, const std::string& waiting, const Moment& now) {
    CONVENE_TRY_ALONE(may_moderate(by));
    Entry* found = entry(waiting);
    if (found == nullptr || found->state != Entry::State::waiting) return make_unexpected(Refusal::not_found);
    remove(*found, Entry::State::turned_away, now);
    return done();
}

Door::Outcome Door::set_waiting_room(std::string_view by, bool on) {
    CONVENE_TRY_ALONE(may_moderate(by));
    if (rules_.waiting_room == on) return done();
    rules_.waiting_room = on;
    // Who waited for nothing but the room comes in.
    if (!on)
        for (auto& [id, each] : entries_)
            if (each.state == Entry::State::waiting && !each.must_ask) each.state = Entry::State::admitted;
    tell(RulesChanged{});
    return done();
}

Door::Outcome Door::set_default_right(std::string_view by, Right right) {
    CONVENE_TRY_ALONE(may_moderate(by));
    if (right == Right::moderate) return make_unexpected(Refusal::invalid);
    if (rules_.default_right == right) return done();
    rules_.default_right = right;
    tell(RulesChanged{});
    return done();
}

void Door::set_rules(const DoorRules& rules) {
    if (rules_ == rules) return;
    rules_ = rules;
    tell(RulesChanged{});
}

Door::Outcome Door::set_right(std::string_view by, mcs::UserId node, Right right) {
    CONVENE_TRY_ALONE(may_touch(by, node));
    Present& present = present_[node];
    // An owner who gave its right away would be locked out of its own conference.
    if (present.is_owner && right != Right::moderate) return make_unexpected(Refusal::forbidden);
    if (present.right == right) return done();
    if (Entry* stay = present.entry ? entry(*present.entry) : nullptr) {
        change_right(*stay, right);
    } else {
        present.right = right;
        tell(RightChanged{node, right});
    }
    return done();
}

void Door::change_right(Entry& stay, Right right) {
    if (stay.right == right) return;
    stay.right = right;
    news_ = true;
    if (!stay.node) return;
    present_[*stay.node].right = right;
    tell(RightChanged{*stay.node, right});
}

Door::Outcome Door::eject(std::string_view by, mcs::UserId node, const Moment& now) {
    CONVENE_TRY_ALONE(may_touch(by, node));
    const Present& present = present_[node];
    if (Entry* stay = present.entry ? entry(*present.entry) : nullptr) {
        remove(*stay, Entry::State::removed, now);
        return done();
    }
    ejections_.add(present.source, std::nullopt, now.instant);
    tell(PutOut{node});
    return done();
}

void Door::remove(Entry& stay, Entry::State state, const Moment& now) {
    if (stay.is_final()) return;
    if (state == Entry::State::removed) ejections_.add(stay.source, stay.invitation, now.instant);
    stay.state = state;
    stay.idle_since = now.instant;
    news_ = true;
    if (stay.node) tell(PutOut{*stay.node});
}

Expected<NewInvitation, Refusal> Door::invite(std::string_view by, const InvitationWish& wish, const Moment& now) {
    CONVENE_TRY_ALONE(may_moderate(by));
    auto made = invitations_.make(wish, random_, now.date);
    if (!made) return made;
    if (made->forgotten) tell(InvitationChanged{*made->forgotten});
    tell(InvitationChanged{made->invitation.id});
    return made;
}

Door::Outcome Door::revoke(std::string_view by, const std::string& id, bool and_eject, const Moment& now) {
    CONVENE_TRY_ALONE(may_moderate(by));
    const Invitation* invitation = invitations_.find(id);
    if (invitation == nullptr) return make_unexpected(Refusal::not_found);
    if (invitation->is_owner && !by.empty()) return make_unexpected(Refusal::forbidden);
    invitations_.revoke(id);
    tell(InvitationChanged{id});
    for (auto& [entry_id, stay] : entries_) {
        if (stay.invitation != id || stay.is_final()) continue;
        if (stay.is_owner) {
            stay.is_owner = false;
            if (stay.node) present_[*stay.node].is_owner = false;
        }
        if (and_eject)
            remove(stay, Entry::State::removed, now);
        else
            change_right(stay, std::min(stay.right, rules_.default_right));
    }
    return done();
}

}  // namespace convene::admission

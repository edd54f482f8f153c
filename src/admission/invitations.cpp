#include "admission/invitations.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace convene::admission {
namespace {

/// Why it does not count, or nothing.
std::optional<Refusal> fault_of(const Invitation& invitation, UnixMs now) {
    if (invitation.revoked) return Refusal::revoked;
    if (invitation.expires && *invitation.expires <= now) return Refusal::expired;
    if (invitation.uses_left == std::uint64_t{0}) return Refusal::used_up;
    return std::nullopt;
}

bool is_older(const Invitation& left, const Invitation& right) {
    return std::pair(left.created, std::string_view(left.id)) < std::pair(right.created, std::string_view(right.id));
}

bool is_sensible(const InvitationWish& wish) {
    if (wish.time && (wish.time->count() <= 0 || *wish.time > kMaxInvitationTime)) return false;
    if (wish.uses && (*wish.uses == 0 || *wish.uses > kMaxUses)) return false;
    return wish.note.size() <= kMaxNoteOctets && is_utf8(wish.note);
}

}  // namespace

Expected<NewInvitation, Refusal> Invitations::make(const InvitationWish& wish, const RandomOctets& random, UnixMs now) {
    if (!is_sensible(wish)) return make_unexpected(Refusal::invalid);
    std::optional<std::string> forgotten;
    if (!make_room(now, forgotten)) return make_unexpected(Refusal::too_many);
    Minted minted = mint(random);
    Invitation made;
    made.id = minted.id;
    made.digest = minted.digest;
    made.right = wish.is_owner ? Right::moderate : wish.right;
    made.is_owner = wish.is_owner;
    if (wish.time) made.expires = now + *wish.time;
    made.uses_left = wish.uses;
    made.note = wish.note;
    made.created = now;
    if (!by_id_.emplace(made.id, made).second) return make_unexpected(Refusal::unavailable);
    return NewInvitation{std::move(made), std::move(minted.text), std::move(forgotten)};
}

bool Invitations::make_room(UnixMs now, std::optional<std::string>& forgotten) {
    if (by_id_.size() < kMaxInvitations) return true;
    const Invitation* oldest = nullptr;
    for (const auto& [id, invitation] : by_id_)
        if (fault_of(invitation, now) && (oldest == nullptr || is_older(invitation, *oldest))) oldest = &invitation;
    if (oldest == nullptr) return false;
    forgotten = oldest->id;
    by_id_.erase(*forgotten);
    return true;
}

Expected<Invitation, Refusal> Invitations::check(std::string_view secret, UnixMs now) const {
    const auto shown = read_secret_text(secret);
    const Invitation* invitation = shown ? find(shown->id) : nullptr;
    if (invitation == nullptr || !shown->fits(invitation->digest)) return make_unexpected(Refusal::not_found);
    if (const auto fault = fault_of(*invitation, now)) return make_unexpected(*fault);
    return *invitation;
}

void Invitations::use(const std::string& id) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    ++found->second.uses;
    if (auto& left = found->second.uses_left; left && *left > 0) --*left;
}

bool Invitations::revoke(const std::string& id) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return false;
    found->second.revoked = true;
    return true;
}

void Invitations::restore(Invitation invitation) {
    std::string id = invitation.id;
    if (by_id_.size() < kMaxInvitations) by_id_.insert_or_assign(std::move(id), std::move(invitation));
}

const Invitation* Invitations::find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
}

std::vector<Invitation> Invitations::list() const {
    std::vector<Invitation> out;
    out.reserve(by_id_.size());
    for (const auto& [id, invitation] : by_id_) out.push_back(invitation);
    std::sort(out.begin(), out.end(), is_older);
    return out;
}

}  // namespace convene::admission

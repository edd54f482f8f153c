// What others send, and what comes back of what this node has sent.
#include <utility>

#include "base/overloaded.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/entity.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::whiteboard {
namespace {

constexpr std::uint16_t kFirstDynamicToken = 16'384;  // T.124: static tokens are below

}  // namespace

void Entity::on_data(mcs::UserId from, mcs::ChannelId channel, bool uniform, ByteView octets, Instant now) {
    if (state_ != State::active) return;
    bool is_own = from == self_;
    auto pdu = decode_si_pdu(octets);
    if (!pdu) {
        // An own PDU that cannot be read back would leave its echo unaccounted for; encode() does not make such.
        if (is_own && uniform && channel == channel_) on_echo(asn1::UnknownAlternative{}, now);
    } else if (channel == channel_ && is_own) {
        if (uniform) on_echo(*pdu, now);
    } else if (channel == channel_) {
        on_session_pdu(from, *pdu, now);
    } else if (channel == mcs::channel_of(*self_)) {
        on_private_pdu(from, *pdu, now);
    }
    tend(now);
}

void Entity::on_session_pdu(mcs::UserId from, const SiPdu& pdu, Instant now) {
    if (const auto* status = std::get_if<WorkspaceRefreshStatusPdu>(&pdu)) return on_status(from, *status, now);
    if (const auto* grant = std::get_if<ConductorPrivilegeGrantPdu>(&pdu)) {
        auto node = actives_.find(from);
        bool is_from_conductor = conductor_ && node != actives_.end() && node->second == *conductor_;
        if (!is_from_conductor) return;
        Privileges granted;
        for (const auto& privilege : grant->privileges) {
            if (privilege.index() <= static_cast<std::size_t>(Privilege::archive_create_write))
                granted.insert(static_cast<Privilege>(privilege.index()));
        }
        out_.push_back(PrivilegesGranted{grant->user, granted});
        if (grant->user != self_) return;
        privileges_ = std::move(granted);
        out_.push_back(PermissionChanged{true, privileges_});
        return;
    }
    auto operation = to_operation(pdu, config_.extensions);
    if (!operation) return on_extra(from, false, pdu);
    if (const auto* create = std::get_if<CreatePage>(&*operation); create != nullptr && create->page.is_synchronized) {
        WorkspaceCreateAcknowledgePdu acknowledge;
        acknowledge.workspace = create->page.id;
        send(mcs::channel_of(from), false, acknowledge);
    }
    on_checkpoints(*operation);
    if (!newcomer_.is_waiting()) return on_operation(from, *operation);
    // When there is too much to keep, all is forgotten, and another copy asked for when this one ends.
    newcomer_.on_operation({from, std::move(*operation)});
}

void Entity::on_operation(mcs::UserId from, const Operation& operation) {
    auto applied = replica_.confirm(operation, from);
    changed(std::move(applied.changes));
    // What all nodes of ours refuse alike, others may have taken: the refresher tells them, as T.126 §8.1 wants it.
    bool is_page = std::holds_alternative<CreatePage>(operation);
    if (applied.refusal && is_page && holds_refresh_token_) send_operation(DeletePage{applied.refusal->item, true});
}

void Entity::on_echo(const SiPdu& pdu, Instant now) {
    if (flights_.empty()) return;
    Flight flight = flights_.front();
    flights_.pop_front();
    if (const auto* status = std::get_if<WorkspaceRefreshStatusPdu>(&pdu)) return on_status(*self_, *status, now);
    if (flight.own) outbox_.on_echo(flight.is_piece);
    auto operation = to_operation(pdu, config_.extensions);
    auto settled = flight.is_last ? flight.own : std::nullopt;
    if (!operation) {
        if (settled) changed(replica_.settle(*settled));
        return;
    }
    on_checkpoints(*operation);
    auto applied = replica_.confirm(*operation, *self_, settled);
    changed(std::move(applied.changes));
    if (!applied.refusal || !flight.own) return;
    out_.push_back(ActionRefused{*applied.refusal});
    // Nodes with other limits may have taken it.
    if (const auto* create = std::get_if<CreatePage>(&*operation)) {
        acknowledgements_.erase(create->page.id);
        send_operation(DeletePage{create->page.id, true});
    }
}

void Entity::on_private_pdu(mcs::UserId from, const SiPdu& pdu, Instant now) {
    std::visit(overloaded{[&](const WorkspaceCreateAcknowledgePdu& acknowledge) {
                              const auto* page = std::get_if<Handle>(&acknowledge.workspace);
                              auto waiting = page == nullptr ? acknowledgements_.end() : acknowledgements_.find(*page);
                              if (waiting != acknowledgements_.end()) waiting->second.missing.erase(from);
                          },
                          [&](const ConductorPrivilegeRequestPdu& request) {
                              if (!is_conductor_) return;
                              PrivilegesRequested event{from, {}};
                              for (const auto& privilege : request.privileges) {
                                  if (privilege.index() <= static_cast<std::size_t>(Privilege::archive_create_write))
                                      event.privileges.insert(static_cast<Privilege>(privilege.index()));
                              }
                              out_.push_back(std::move(event));
                          },
                          [&](const WorkspaceRefreshStatusPdu& status) {
                              auto mark = mark_of(status);
                              if (!mark) return;
                              if (!mark->targets.empty()) return newcomer_.on_begin(from, *mark);
                              if (newcomer_.is_end(from, *mark)) return converge(false, false, now);
                              // The end of one that was given up: there is to be another.
                              if (newcomer_.is_waiting() && !newcomer_.is_being_served())
                                  send(mcs::channel_of(from), false, refresh_request());
                          },
                          [&](const auto&) {
                              const auto* other = std::get_if<NonStandardPdu>(&pdu);
                              if (other != nullptr && is_refresh_request(*other)) {
                                  if (holds_refresh_token_ && is_here(from) && !refresher_.is_serving(from))
                                      refresher_.want(from);
                                  return;
                              }
                              // Copies are for newcomers; nobody changes a board that is complete behind its back.
                              auto operation = to_operation(pdu, config_.extensions);
                              if (!operation) return on_extra(from, true, pdu);
                              newcomer_.on_copy(from, *operation, now);
                          }},
               pdu);
}

void Entity::on_extra(mcs::UserId from, bool is_private, const SiPdu& pdu) {
    if (const auto* other = std::get_if<NonStandardPdu>(&pdu))
        out_.push_back(Extra{from, is_private, other->transaction});
}

// T.126 §6.1: a receiver holds the tokens of the checkpoints until it has read so far. Reading is immediate here.
void Entity::on_checkpoints(const Operation& operation) {
    if (const auto* create = std::get_if<CreatePicture>(&operation)) {
        release_checkpoints(create->id);
        if (create->checkpoints.empty() || create->picture.is_complete) return;
        if (inhibited_ + create->checkpoints.size() > kMaxInhibited) return;
        for (mcs::TokenId token : create->checkpoints) {
            // The static ones mean something else, and are nobody's to hold.
            if (token.value < kFirstDynamicToken) return;
        }
        checkpoints_[create->id] = create->checkpoints;
        inhibited_ += create->checkpoints.size();
        for (mcs::TokenId token : create->checkpoints) out_.push_back(InhibitToken{token});
    } else if (const auto* more = std::get_if<ContinuePicture>(&operation)) {
        auto found = checkpoints_.find(more->id);
        if (found == checkpoints_.end()) return;
        if (more->is_last) return release_checkpoints(more->id);
        for (std::uint8_t reached : more->checkpoints) {
            if (reached == 0 || reached > found->second.size()) continue;
            mcs::TokenId& token = found->second[reached - 1U];
            if (token.value != 0) out_.push_back(ReleaseToken{std::exchange(token, mcs::TokenId{})});
        }
    } else if (auto object = object_of(operation)) {
        bool ends = std::holds_alternative<AbortPicture>(operation) || std::holds_alternative<DeleteObject>(operation);
        if (ends) release_checkpoints(*object);
    }
}

void Entity::release_checkpoints(ItemId picture) {
    auto found = checkpoints_.find(picture);
    if (found == checkpoints_.end()) return;
    inhibited_ -= found->second.size();
    for (mcs::TokenId token : found->second) {
        if (token.value != 0) out_.push_back(ReleaseToken{token});
    }
    checkpoints_.erase(found);
}

}  // namespace convene::whiteboard

// What this node sends: its user's operations, its pointer, its pages' readiness.
#include <utility>

#include "base/overloaded.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/entity.hpp"
#include "whiteboard/operation_pdu.hpp"
#include "whiteboard/pointer_picture.hpp"

namespace convene::whiteboard {
namespace {

Privilege privilege_for(const Operation& operation) {
    if (is_about_page(operation)) return Privilege::workspace;
    if (const auto* create = std::get_if<CreatePicture>(&operation))
        return create->is_pointer ? Privilege::pointing : Privilege::image;
    if (const auto* gone = std::get_if<DeleteObject>(&operation))
        return gone->kind == ObjectKind::picture ? Privilege::image : Privilege::annotation;
    bool is_picture = std::holds_alternative<EditPicture>(operation) ||
                      std::holds_alternative<ContinuePicture>(operation) ||
                      std::holds_alternative<AbortPicture>(operation);
    return is_picture ? Privilege::image : Privilege::annotation;
}

}  // namespace

bool Entity::send(mcs::ChannelId channel, bool uniform, const SiPdu& pdu) {
    auto octets = encode(pdu);
    if (!octets) return false;
    // One priority for everything: MCS keeps order within one alone (T.126 §2.1).
    out_.push_back(Send{channel, mcs::DataPriority::high, uniform, std::move(*octets)});
    return true;
}

bool Entity::send_uniform(const SiPdu& pdu, Flight flight) {
    if (!send(channel_, true, pdu)) return false;
    flights_.push_back(flight);
    return true;
}

/// Of the protocol, not of the user: nothing shows before it comes back.
void Entity::send_operation(const Operation& operation) {
    for (const SiPdu& pdu : to_pdus(operation, config_.extensions)) send_uniform(pdu, {});
}

// --- what the user does ---

bool Entity::may(Privilege privilege) const {
    return !conductor_ || is_conductor_ || privileges_.count(privilege) != 0;
}

std::optional<Refusal> Entity::forbids(const Operation& operation) const {
    if (may(privilege_for(operation))) return std::nullopt;
    auto object = object_of(operation);
    return Refusal{RefusalReason::conducted, object ? *object : page_of(operation).value_or(ItemId{})};
}

std::optional<Refusal> Entity::perform(const std::vector<Operation>& operations, Instant now) {
    std::optional<Refusal> refusal;
    for (const Operation& operation : operations) {
        refusal = forbids(operation);
        if (!refusal && replica_.pending().size() >= kMaxPending)
            refusal = Refusal{RefusalReason::too_much_waiting, object_of(operation).value_or(ItemId{})};
        if (refusal) break;
        auto proposal = replica_.propose(operation);
        refusal = proposal.applied.refusal;
        changed(std::move(proposal.applied.changes));
        if (refusal) break;
        // While a newcomer waits for its copy, converge() is what puts it into the outbox.
        if (has_converged()) enqueue(*proposal.id);
    }
    tend(now);
    return refusal;
}

void Entity::enqueue(OwnId id) {
    for (OwnId dropped : outbox_.add(id, replica_.pending().at(id))) changed(replica_.settle(dropped));
}

bool Entity::may_send(const Replica::Pending& pending) const {
    if (forbids(pending.operation)) return false;
    if (is_about_page(pending.operation) || pending.page == ItemId{}) return true;
    // T.126 §8.1: nobody draws before a page is ready. What is about a page that is no more may go: it does nothing.
    const Page* page = confirmed().find_page(pending.page);
    return page != nullptr ? page->is_ready : board().find_page(pending.page) == nullptr;
}

void Entity::pump(Instant now) {
    if (!has_converged()) return;
    auto may_go = [this](const Replica::Pending& pending) { return may_send(pending); };
    bool has_pictures = outbox_.has_pictures(replica_, may_go);
    if (has_pictures && !holds_picture_token_ && !asked_for_picture_token_ &&
        (!picture_token_at_ || now >= *picture_token_at_)) {
        picture_token_at_.reset();
        asked_for_picture_token_ = true;
        out_.push_back(GrabToken{kBitmapCreateToken});
    }
    if (!has_pictures) picture_token_at_.reset();
    for (auto& outgoing : outbox_.take(replica_, may_go, holds_picture_token_)) dispatch(std::move(outgoing), now);
    if (holds_picture_token_ && !outbox_.has_pictures(replica_, may_go)) {
        holds_picture_token_ = false;
        out_.push_back(ReleaseToken{kBitmapCreateToken});
    }
}

void Entity::dispatch(Outbox::Outgoing outgoing, Instant now) {
    if (auto* create = std::get_if<CreatePage>(&outgoing.operation)) {
        create->roster_instance = roster_instance_;
        expect_acknowledgements(create->page, now);
    }
    auto pdus = to_pdus(outgoing.operation, config_.extensions);
    std::size_t sent = 0;
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        bool is_last = outgoing.is_last && i + 1 == pdus.size();
        if (!send_uniform(pdus[i], Flight{outgoing.own, is_last, outgoing.is_piece})) break;
        ++sent;
    }
    outbox_.sent(outgoing, sent);
    if (sent == pdus.size() && sent > 0) return;
    auto object = object_of(outgoing.operation);
    out_.push_back(ActionRefused{{RefusalReason::cannot_be_said, object.value_or(ItemId{})}});
    changed(replica_.settle(outgoing.own));
}

// --- pages ---

void Entity::expect_acknowledgements(const Page& page, Instant now) {
    Acknowledgements waiting{{}, now + kAcknowledgeTime};
    if (page.is_synchronized) {
        for (const auto& [user, node] : actives_) {
            if (user != self_) waiting.missing.insert(user);
        }
    }
    acknowledgements_[page.id] = std::move(waiting);
}

void Entity::check_acknowledgements(Instant now) {
    std::vector<ItemId> ready;
    for (auto at = acknowledgements_.begin(); at != acknowledgements_.end();) {
        if (!at->second.missing.empty() && now < at->second.until) {
            ++at;
            continue;
        }
        ready.push_back(at->first);
        at = acknowledgements_.erase(at);
    }
    for (ItemId page : ready) {
        // Also when it is not on board(): a page that had no room there may have found some in the order of all.
        auto proposal = replica_.propose(PageReady{page});
        changed(std::move(proposal.applied.changes));
        enqueue(*proposal.id);
    }
}

// --- the pointer ---

std::optional<mcs::UserId> Entity::owner_of(ItemId pointer) const {
    const Object* object = board().find(pointer);
    if (object == nullptr || !object->is_pointer) return std::nullopt;
    return object->author;
}

std::optional<Refusal> Entity::point_at(ItemId page, Point at, Instant now) {
    if (!may(Privilege::pointing)) return Refusal{RefusalReason::conducted, page};
    if (!has_converged() || confirmed().find_page(page) == nullptr) return Refusal{RefusalReason::nothing_there, page};
    if (!pointing_) {
        auto id = take_handle();
        if (!id) return Refusal{RefusalReason::no_handle, page};
        pointing_ = Pointing{*id, page, at, false, false, now};
    }
    if (pointing_->page != page) pointing_->is_created = false;
    pointing_->page = page;
    pointing_->at = at;
    pointing_->is_sent = false;
    tend(now);
    return std::nullopt;
}

void Entity::pump_pointer(Instant now) {
    // Pointers are not in the order of all, so a page that went and came back may have taken it away here alone.
    if (pointing_ && pointing_->is_created && confirmed().find(pointing_->id) == nullptr) {
        for (const SiPdu& pdu : to_pdus(DeleteObject{pointing_->id, ObjectKind::picture}, config_.extensions))
            send(channel_, false, pdu);
        pointing_->is_created = false;
    }
    if (!pointing_ || pointing_->is_sent || now < *pointing_->next || !has_converged()) return;
    if (!may(Privilege::pointing) || confirmed().find_page(pointing_->page) == nullptr) {
        pointing_->is_sent = true;
        return;
    }
    Operation operation;
    if (pointing_->is_created && confirmed().find(pointing_->id) != nullptr) {
        EditPicture move{pointing_->id};
        move.anchor = pointing_->at;
        operation = move;
    } else {
        CreatePicture create{pointing_->id, pointing_->page};
        create.is_pointer = true;
        create.picture = pointer_picture();
        create.picture.anchor = pointing_->at;
        operation = std::move(create);
        pointing_->is_created = true;
    }
    for (const SiPdu& pdu : to_pdus(operation, config_.extensions)) send(channel_, false, pdu);
    // This does not come back.
    changed(replica_.confirm(operation, *self_).changes);
    pointing_->is_sent = true;
    pointing_->next = now + kPointerTime;
}

void Entity::stop_pointing(Instant now) {
    if (!pointing_ || !self_) return;
    DeleteObject gone{pointing_->id, ObjectKind::picture};
    bool is_known = std::exchange(pointing_, std::nullopt)->is_created;
    if (!is_known || !has_converged()) return;
    for (const SiPdu& pdu : to_pdus(gone, config_.extensions)) send(channel_, false, pdu);
    changed(replica_.confirm(gone, *self_).changes);
    tend(now);
}

// --- conducted mode ---

void Entity::on_conductor(std::optional<mcs::UserId> node, bool is_self, Instant now) {
    if (conductor_ == node && is_conductor_ == is_self) return;
    conductor_ = node;
    is_conductor_ = is_self;
    // Grants end with who gave them (T.126 §9).
    privileges_.clear();
    if (pointing_ && !may(Privilege::pointing)) stop_pointing(now);
    PermissionChanged event{conductor_.has_value(), {}};
    for (unsigned each = 0; each <= static_cast<unsigned>(Privilege::archive_create_write); ++each) {
        if (may(static_cast<Privilege>(each))) event.privileges.insert(static_cast<Privilege>(each));
    }
    out_.push_back(std::move(event));
    tend(now);
}

namespace {

ConductorPrivileges pdu_privileges(const Privileges& privileges) {
    ConductorPrivileges out;
    for (Privilege privilege : privileges) {
        switch (privilege) {
            case Privilege::workspace:
                out.push_back(WorkspacePrivilege{});
                break;
            case Privilege::annotation:
                out.push_back(AnnotationPrivilege{});
                break;
            case Privilege::image:
                out.push_back(ImagePrivilege{});
                break;
            case Privilege::pointing:
                out.push_back(PointingPrivilege{});
                break;
            case Privilege::remote_key_event:
                out.push_back(RemoteKeyEventPrivilege{});
                break;
            case Privilege::remote_pointing_event:
                out.push_back(RemotePointingEventPrivilege{});
                break;
            case Privilege::remote_printing:
                out.push_back(RemotePrintingPrivilege{});
                break;
            case Privilege::archive_create_write:
                out.push_back(ArchiveCreateWritePrivilege{});
                break;
        }
    }
    return out;
}

}  // namespace

void Entity::request_privileges(const Privileges& privileges) {
    if (state_ != State::active || privileges.empty() || !conductor_ || is_conductor_) return;
    for (const auto& [user, node] : actives_) {
        if (node == *conductor_)
            send(mcs::channel_of(user), false, ConductorPrivilegeRequestPdu{pdu_privileges(privileges), std::nullopt});
    }
}

void Entity::grant_privileges(mcs::UserId user, const Privileges& privileges) {
    if (state_ != State::active || !is_conductor_ || privileges.empty()) return;
    send_uniform(ConductorPrivilegeGrantPdu{user, pdu_privileges(privileges), std::nullopt}, {});
}

}  // namespace convene::whiteboard

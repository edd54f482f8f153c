#include "gcc/conference.hpp"

namespace convene::gcc {

// --- primitives ---

/// Tells all. The node holds the token, so it conducts from now on, before its own word comes back to it.
void Conference::assign_self() {
    is_assigned_ = true;
    broadcast(ConductorAssignIndication{*self_});
}

void Conference::conduct() {
    if (state_ != State::joined || conducts()) return;
    if (!profile_.conductible) return emit(ConductRefused{});
    domain_.token_grab(attachment_, kConductorToken);
}

void Conference::release_conductor() {
    if (!conducts()) return;
    is_assigned_ = false;
    broadcast(ConductorReleaseIndication{});
    domain_.token_release(attachment_, kConductorToken);
}

void Conference::please_conductor() {
    if (state_ == State::joined && profile_.conductible) domain_.token_please(attachment_, kConductorToken);
}

void Conference::give_conductor(UserId node) {
    if (conducts() && node != self_) domain_.token_give(attachment_, kConductorToken, node);
}

bool Conference::answer_offer(bool accept) {
    if (!is_offered_) return false;
    is_offered_ = false;
    domain_.token_give_response(attachment_, kConductorToken,
                                accept ? mcs::Result::successful : mcs::Result::user_rejected);
    if (accept) assign_self();
    return true;
}

void Conference::ask_permission(bool wants) { broadcast(ConductorPermissionAskIndication{wants}); }

void Conference::grant_permission(UserId node) {
    if (conducts() && conductor_.grant(node)) broadcast_permissions();
}

void Conference::withdraw_permission(UserId node) {
    if (conducts() && conductor_.withdraw(node)) broadcast_permissions();
}

void Conference::broadcast_permissions() {
    ConductorPermissionGrantIndication lists{conductor_.permitted(), {}};
    if (!conductor_.waiting().empty()) lists.waiting_list = conductor_.waiting();
    broadcast(std::move(lists));
    emit(PermissionsChanged{});
}

/// Newcomers do not know who conducts.
void Conference::repeat_conductor() {
    broadcast(ConductorAssignIndication{*self_});
    if (!conductor_.permitted().empty() || !conductor_.waiting().empty()) broadcast_permissions();
}

// --- tokens ---

void Conference::on(const mcs::TokenGrabConfirm& confirm) {
    if (confirm.token != kConductorToken) return;
    if (confirm.result != mcs::Result::successful) return emit(ConductRefused{});
    assign_self();
}

void Conference::on(const mcs::TokenGiveIndication& indication) {
    if (indication.token != kConductorToken) return;
    is_offered_ = true;
    emit(ConductorOffered{indication.initiator});
}

void Conference::on(const mcs::TokenGiveConfirm& confirm) {
    if (confirm.token == kConductorToken) emit(ConductorGiven{confirm.result == mcs::Result::successful});
}

void Conference::on(const mcs::TokenPleaseIndication& indication) {
    if (indication.token == kConductorToken && conducts()) emit(ConductorPleased{indication.initiator});
}

// --- indications, the own ones too: uniform data comes back, and so everybody sees them in one order ---

bool Conference::holds_token(UserId node) const {
    const auto status = domain_.tokens().seen_by(node, kConductorToken);
    return status == mcs::TokenStatus::self_grabbed || status == mcs::TokenStatus::self_giving;
}

void Conference::on(const ConductorAssignIndication& indication, const Source& source) {
    if (!profile_.conductible || !source.to_all) return;
    if (source.from == self_) is_assigned_ = false;
    // Only the top knows who holds the token; privileges depend on it there.
    if (is_top()) {
        if (!holds_token(source.from)) {
            report(source.from, "T.124 §9", "claims to conduct without the conductor token");
            // It may have had the token and given it back before its word was read; then its predecessor has none
            // either.
            const auto conductor = conductor_.conductor();
            if (conductor && !holds_token(*conductor) && conductor_.on_release(*conductor))
                emit(ConductorChanged{std::nullopt});
            return;
        }
    }
    if (conductor_.on_assign(source.from, indication.conducting_node)) {
        emit(ConductorChanged{conductor_.conductor()});
    } else if (!conductor_.is_conductor(indication.conducting_node)) {
        report(source.from, "T.124 §9", "names another node as conductor");
    }
}

void Conference::on(const ConductorReleaseIndication&, const Source& source) {
    if (source.to_all && conductor_.on_release(source.from)) emit(ConductorChanged{std::nullopt});
}

void Conference::on(const ConductorPermissionAskIndication& indication, const Source& source) {
    if (!source.to_all || !conductor_.on_permission_ask(source.from, indication.grant_flag)) return;
    emit(PermissionAsked{source.from, indication.grant_flag});
    // Whoever gives something back changes the lists for all.
    if (conducts() && !indication.grant_flag) broadcast_permissions();
}

void Conference::on(const ConductorPermissionGrantIndication& indication, const Source& source) {
    if (!source.to_all) return;
    const std::vector<UserId> none;
    const auto& waiting = indication.waiting_list ? *indication.waiting_list : none;
    if (conductor_.on_permission_grant(source.from, indication.permission_list, waiting)) emit(PermissionsChanged{});
}

}  // namespace convene::gcc

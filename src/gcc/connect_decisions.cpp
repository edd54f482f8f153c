#include "gcc/connect_decisions.hpp"

#include "base/overloaded.hpp"

namespace convene::gcc {

namespace {

ConferenceDescriptor descriptor_of(const ConferenceEntry& entry, bool second_edition) {
    ConferenceDescriptor out;
    out.conference_name = entry.profile.name;
    out.conference_name_modifier = entry.profile.modifier;
    out.conference_description = entry.profile.description;
    out.locked_conference = entry.profile.locked;
    out.password_in_the_clear_required = entry.profile.password_required;
    out.network_address = entry.network_address;
    if (second_edition) {
        out.default_conference_flag = false;
        out.conference_mode = entry.profile.mode.value_or(ConventionalOnly{});
    } else {
        out.conference_name.unicode_text.reset();
    }
    return out;
}

AsymmetryIndicator answer_to(const AsymmetryIndicator& asked) {
    return std::holds_alternative<CalledNode>(asked) ? AsymmetryIndicator{CallingNode{}}
                                                     : AsymmetryIndicator{CalledNode{}};
}

}  // namespace

ConferenceQueryResponse answer_query(const ConferenceQueryRequest& request, const ConferenceDirectory& directory,
                                     const QueryPolicy& policy) {
    ConferenceQueryResponse response;
    response.node_type = policy.node_type;
    if (request.asymmetry_indicator) response.asymmetry_indicator = answer_to(*request.asymmetry_indicator);
    if (policy.second_edition) {
        response.wait_for_invitation_flag = policy.wait_for_invitation;
        response.no_unlisted_conference_flag = policy.no_unlisted_conferences;
    }
    if (!policy.allowed) {
        response.result = QueryResult::user_rejected;
        return response;
    }
    bool has_default = false;
    for (const auto& [id, entry] : directory.entries()) {
        if (!entry.profile.listed) continue;
        ConferenceDescriptor descriptor = descriptor_of(entry, policy.second_edition);
        if (entry.is_default && !has_default) {
            has_default = true;
            if (policy.second_edition) descriptor.default_conference_flag = true;
            response.conference_list.insert(response.conference_list.begin(), std::move(descriptor));
        } else {
            response.conference_list.push_back(std::move(descriptor));
        }
    }
    return response;
}

std::optional<bool> is_caller(const AsymmetryIndicator& own, const AsymmetryIndicator& theirs) {
    if (std::holds_alternative<CallingNode>(own) || std::holds_alternative<CalledNode>(theirs)) return true;
    if (std::holds_alternative<CalledNode>(own) || std::holds_alternative<CallingNode>(theirs)) return false;
    const auto mine = std::get<std::uint32_t>(own), other = std::get<std::uint32_t>(theirs);
    if (mine == other) return std::nullopt;
    return mine > other;
}

CreateDecision decide_create(const ConferenceCreateRequest& request, const ConferenceDirectory& directory,
                             const CreatePolicy& policy) {
    CreateDecision decision{CreateResult::success, profile_of(request)};
    decision.profile.modifier = directory.free_modifier(request.conference_name);
    if (policy.already_creating) {
        decision.result = CreateResult::rejected_for_symmetry_breaking;
    } else if (!policy.allowed || (decision.profile.modifier && !policy.same_name_allowed)) {
        decision.result = CreateResult::user_rejected;
    } else if (request.locked_conference && !policy.can_lock) {
        decision.result = CreateResult::locked_conference_not_supported;
    } else if (!policy.has_room) {
        decision.result = CreateResult::resources_not_available;
    }
    return decision;
}

ConferenceCreateResponse create_response(CreateResult result, UserId node, Tag tag) {
    ConferenceCreateResponse response;
    response.node_id = node;
    response.tag = tag;
    response.result = result;
    return response;
}

namespace {

bool names_nothing(const ConferenceJoinRequest& request) {
    if (!request.conference_name) return true;
    return std::visit(
        overloaded{[](const std::string&) { return false; }, [](const SimpleText& text) { return text.value.empty(); },
                   [](const UnicodeText& text) { return text.value.empty(); },
                   [](const asn1::UnknownAlternative&) { return false; }},
        *request.conference_name);
}

JoinDecision refused(JoinResult result) { return {JoinDecision::Kind::refused, result}; }

}  // namespace

JoinDecision decide_join(const ConferenceJoinRequest& request, ConferenceId id, const ConferenceEntry& entry,
                         const AccessCheck& access) {
    AccessVerdict verdict = access(id, entry, request);
    JoinDecision decision{JoinDecision::Kind::granted, verdict.result, id, verdict.as_convener,
                          std::move(verdict.answer)};
    if (decision.result == JoinResult::success && (entry.profile.locked || entry.is_full))
        decision.result = JoinResult::user_rejected;
    // One convener at a time: its password is worth nothing while there is one.
    if (decision.result == JoinResult::success && decision.as_convener && entry.has_convener)
        decision.result = JoinResult::invalid_convener_password;
    if (decision.result != JoinResult::success) decision.kind = JoinDecision::Kind::refused;
    return decision;
}

JoinDecision decide_join(const ConferenceJoinRequest& request, const ConferenceDirectory& directory,
                         const JoinPolicy& policy, const AccessCheck& access) {
    if (!policy.allowed) return refused(JoinResult::user_rejected);
    std::optional<ConferenceId> id;
    const bool unnamed = names_nothing(request);
    if (!unnamed) id = directory.find(*request.conference_name, request.conference_name_modifier);
    const bool by_name = id.has_value();
    if (!id && (unnamed || policy.unknown_name_to_lobby)) id = directory.only_lobby();
    if (!id) return refused(JoinResult::invalid_conference);

    const ConferenceEntry& entry = *directory.find(*id);
    JoinDecision decision;
    if (entry.is_top_here) {
        decision = decide_join(request, *id, entry, access);
    } else {
        decision.kind = JoinDecision::Kind::relay;
        decision.conference = id;
    }
    if (!by_name) decision.alias = selector_of(entry.profile.name);
    return decision;
}

ConferenceJoinResponse join_refusal(const JoinDecision& decision, const ConferenceEntry* entry) {
    ConferenceJoinResponse response;
    response.top_node_id = kNoNode;
    response.result = decision.result;
    response.password = decision.password_answer;
    if (entry != nullptr && decision.result != JoinResult::invalid_conference)
        response.password_in_the_clear_required = entry->profile.password_required;
    return response;
}

ConferenceInviteResponse invite_response(bool accepted) {
    ConferenceInviteResponse response;
    response.result = accepted ? InviteResult::success : InviteResult::user_rejected;
    return response;
}

}  // namespace convene::gcc

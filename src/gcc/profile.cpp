#include "gcc/profile.hpp"

#include "base/overloaded.hpp"

namespace convene::gcc {

namespace {

std::optional<PrivilegeList> clean(const std::optional<PrivilegeList>& list) {
    if (!list) return std::nullopt;
    return without_repetitions(*list);
}

/// What join responses, invitations and create requests have in common.
template <class Pdu>
void read_common(const Pdu& pdu, ConferenceProfile& profile) {
    profile.description = pdu.conference_description;
    profile.locked = pdu.locked_conference;
    profile.listed = pdu.listed_conference;
    profile.conductible = pdu.conductible_conference;
    profile.termination = pdu.termination_method;
    profile.privileges = {clean(pdu.conductor_privileges), clean(pdu.conducted_privileges),
                          clean(pdu.non_conducted_privileges)};
    profile.mode = pdu.conference_mode;
}

template <class Pdu>
void write_common(const ConferenceProfile& profile, Pdu& pdu) {
    pdu.conference_description = profile.description;
    pdu.locked_conference = profile.locked;
    pdu.listed_conference = profile.listed;
    pdu.conductible_conference = profile.conductible;
    pdu.termination_method = profile.termination;
    pdu.conductor_privileges = profile.privileges.conductor;
    pdu.conducted_privileges = profile.privileges.conducted;
    pdu.non_conducted_privileges = profile.privileges.non_conducted;
    pdu.conference_mode = profile.mode;
}

}  // namespace

ConferenceProfile profile_of(const ConferenceCreateRequest& request) {
    ConferenceProfile profile{request.conference_name};
    profile.password = request.password;
    profile.convener_password = request.convener_password;
    profile.password_required = request.password.has_value();
    read_common(request, profile);
    return profile;
}

ConferenceProfile profile_of(const ConferenceJoinResponse& response, const ConferenceName& asked_for) {
    ConferenceProfile profile{response.conference_name_alias ? name_of(*response.conference_name_alias) : asked_for};
    profile.password_required = response.password_in_the_clear_required;
    read_common(response, profile);
    return profile;
}

ConferenceProfile profile_of(const ConferenceInviteRequest& request) {
    ConferenceProfile profile{request.conference_name};
    profile.password_required = request.password_in_the_clear_required;
    read_common(request, profile);
    return profile;
}

ConferenceCreateRequest create_request(const ConferenceProfile& profile) {
    ConferenceCreateRequest request;
    request.conference_name = profile.name;
    request.convener_password = profile.convener_password;
    request.password = profile.password;
    write_common(profile, request);
    return request;
}

void describe(const ConferenceProfile& profile, ConferenceJoinResponse& response) {
    response.password_in_the_clear_required = profile.password_required;
    write_common(profile, response);
}

void describe(const ConferenceProfile& profile, ConferenceInviteRequest& request) {
    request.conference_name = profile.name;
    request.password_in_the_clear_required = profile.password_required;
    write_common(profile, request);
}

ConferenceName name_of(const ConferenceNameSelector& selector) {
    return std::visit(overloaded{[](const std::string& numeric) {
                                     return ConferenceName{numeric, {}, {}};
                                 },
                                 [](const SimpleText& text) {
                                     return ConferenceName{"0", text.value, {}};
                                 },
                                 [](const UnicodeText& text) {
                                     return ConferenceName{"0", {}, text.value};
                                 },
                                 [](const asn1::UnknownAlternative&) {
                                     return ConferenceName{"0", {}, {}};
                                 }},
                      selector);
}

}  // namespace convene::gcc

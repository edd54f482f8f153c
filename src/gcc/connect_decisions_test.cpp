#include "gcc/connect_decisions.hpp"

#include <gtest/gtest.h>

#include "gcc/codec.hpp"

namespace convene::gcc {
namespace {

constexpr ConferenceId kLobby{1}, kTeam{2}, kSecret{3};

ConferenceEntry entry(ConferenceName name) { return {ConferenceProfile{std::move(name)}}; }

struct ConnectDecisions : ::testing::Test {
    ConferenceDirectory directory;
    AccessVerdict verdict{JoinResult::success};
    unsigned asked = 0;
    AccessCheck access = [this](ConferenceId, const ConferenceEntry&, const ConferenceJoinRequest&) {
        ++asked;
        return verdict;
    };

    ConnectDecisions() {
        ConferenceEntry lobby = entry({"1", u"Lobby", {}});
        lobby.is_lobby = lobby.is_default = true;
        directory.put(kLobby, lobby);
        directory.put(kTeam, entry({"2", u"Team", u"チーム"}));
        ConferenceEntry secret = entry({"3", u"Secret", {}});
        secret.profile.listed = false;
        directory.put(kSecret, secret);
    }
    JoinDecision join(std::optional<ConferenceNameSelector> name, JoinPolicy policy = {}) {
        ConferenceJoinRequest request;
        request.conference_name = std::move(name);
        return decide_join(request, directory, policy, access);
    }
    template <class Change>
    void change(ConferenceId id, Change what) {
        ConferenceEntry changed = *directory.find(id);
        what(changed);
        directory.put(id, changed);
    }
};

TEST_F(ConnectDecisions, a_query_lists_what_is_listed_and_the_default_first) {
    change(kLobby, [](auto& e) { e.is_default = false; });
    change(kTeam, [](auto& e) { e.is_default = true; });
    const auto response = answer_query({}, directory, {});
    ASSERT_EQ(response.conference_list.size(), 2u);
    EXPECT_EQ(response.conference_list[0].conference_name.text, u"Team");
    EXPECT_EQ(response.conference_list[1].conference_name.text, u"Lobby");
    EXPECT_EQ(response.node_type, NodeType::mcu);
    EXPECT_EQ(response.result, QueryResult::success);
}

TEST_F(ConnectDecisions, a_query_answer_has_extensions_for_those_who_read_them) {
    const auto plain = answer_query({}, directory, {});
    EXPECT_FALSE(plain.wait_for_invitation_flag);
    for (const auto& conference : plain.conference_list) {
        EXPECT_FALSE(conference.default_conference_flag);
        EXPECT_FALSE(conference.conference_mode);
        EXPECT_FALSE(conference.conference_name.unicode_text);
    }
    QueryPolicy policy;
    policy.second_edition = policy.wait_for_invitation = true;
    const auto extended = answer_query({}, directory, policy);
    EXPECT_EQ(extended.wait_for_invitation_flag, true);
    EXPECT_EQ(extended.conference_list[0].default_conference_flag, true);
    EXPECT_EQ(extended.conference_list[1].default_conference_flag, false);
    EXPECT_EQ(extended.conference_list[1].conference_name.unicode_text, u"チーム");
    EXPECT_TRUE(encode_connect_data(extended));
}

TEST_F(ConnectDecisions, a_query_that_is_not_allowed_lists_nothing) {
    QueryPolicy policy;
    policy.allowed = false;
    const auto response = answer_query({}, directory, policy);
    EXPECT_EQ(response.result, QueryResult::user_rejected);
    EXPECT_TRUE(response.conference_list.empty());
}

TEST_F(ConnectDecisions, the_called_node_says_so) {
    ConferenceQueryRequest request;
    request.asymmetry_indicator = CallingNode{};
    EXPECT_EQ(answer_query(request, directory, {}).asymmetry_indicator, AsymmetryIndicator{CalledNode{}});
    request.asymmetry_indicator = 77u;
    EXPECT_EQ(answer_query(request, directory, {}).asymmetry_indicator, AsymmetryIndicator{CalledNode{}});
}

TEST(Asymmetry, the_larger_number_is_the_caller) {
    EXPECT_EQ(is_caller(5u, 4u), true);
    EXPECT_EQ(is_caller(4u, 5u), false);
    EXPECT_EQ(is_caller(4u, 4u), std::nullopt);
    EXPECT_EQ(is_caller(CallingNode{}, 4u), true);
    EXPECT_EQ(is_caller(4u, CallingNode{}), false);
    EXPECT_EQ(is_caller(CalledNode{}, CallingNode{}), false);
}

TEST_F(ConnectDecisions, a_name_in_any_form_leads_to_its_conference) {
    EXPECT_EQ(join(std::string("2")).conference, kTeam);
    EXPECT_EQ(join(SimpleText{u"Team"}).conference, kTeam);
    EXPECT_EQ(join(UnicodeText{u"チーム"}).conference, kTeam);
    EXPECT_EQ(join(SimpleText{u"Secret"}).conference, kSecret);  // unlisted, not unknown
    EXPECT_EQ(join(std::string("2")).kind, JoinDecision::Kind::granted);
    EXPECT_FALSE(join(std::string("2")).alias);
}

TEST_F(ConnectDecisions, no_name_leads_to_the_lobby_if_there_is_just_one) {
    for (const auto& name :
         {std::optional<ConferenceNameSelector>{}, std::optional<ConferenceNameSelector>{SimpleText{}}}) {
        const auto decision = join(name);
        EXPECT_EQ(decision.conference, kLobby);
        EXPECT_EQ(decision.alias, ConferenceNameSelector{SimpleText{u"Lobby"}});
    }
    change(kTeam, [](auto& e) { e.is_lobby = true; });
    EXPECT_EQ(join(std::nullopt).result, JoinResult::invalid_conference);
}

TEST_F(ConnectDecisions, an_unknown_name_is_invalid_unless_policy_sends_it_to_the_lobby) {
    EXPECT_EQ(join(std::string("99")).result, JoinResult::invalid_conference);
    EXPECT_EQ(join(std::string("99")).kind, JoinDecision::Kind::refused);
    EXPECT_EQ(asked, 0u);
    JoinPolicy policy;
    policy.unknown_name_to_lobby = true;
    EXPECT_EQ(join(std::string("99"), policy).conference, kLobby);
}

TEST_F(ConnectDecisions, locked_and_full_conferences_reject_who_knows_the_password) {
    change(kTeam, [](auto& e) { e.profile.locked = true; });
    change(kSecret, [](auto& e) { e.is_full = true; });
    EXPECT_EQ(join(std::string("2")).result, JoinResult::user_rejected);
    EXPECT_EQ(join(std::string("3")).result, JoinResult::user_rejected);
    verdict = {JoinResult::invalid_password};
    EXPECT_EQ(join(std::string("2")).result, JoinResult::invalid_password);
}

TEST_F(ConnectDecisions, there_is_one_convener_at_a_time) {
    verdict = {JoinResult::success, true};
    EXPECT_TRUE(join(std::string("2")).as_convener);
    EXPECT_EQ(join(std::string("2")).kind, JoinDecision::Kind::granted);
    change(kTeam, [](auto& e) { e.has_convener = true; });
    EXPECT_EQ(join(std::string("2")).result, JoinResult::invalid_convener_password);
    EXPECT_EQ(join(std::string("2")).kind, JoinDecision::Kind::refused);
    verdict = {JoinResult::success, false};
    EXPECT_EQ(join(std::string("2")).kind, JoinDecision::Kind::granted);
}

TEST_F(ConnectDecisions, a_conference_whose_top_is_elsewhere_is_asked_for) {
    change(kTeam, [](auto& e) { e.is_top_here = false; });
    EXPECT_EQ(join(std::string("2")).kind, JoinDecision::Kind::relay);
    EXPECT_EQ(asked, 0u);
}

TEST_F(ConnectDecisions, a_refusal_shows_the_challenge_but_not_the_conference) {
    change(kTeam, [](auto& e) {
        e.profile.password_required = true;
        e.profile.description = u"private";
    });
    verdict = {JoinResult::challenge_response_required, false, ChallengeRequestResponse{ChallengeRequest{7, {}}, {}}};
    const auto response = join_refusal(join(std::string("2")), directory.find(kTeam));
    EXPECT_EQ(response.result, JoinResult::challenge_response_required);
    EXPECT_EQ(response.password, verdict.answer);
    EXPECT_TRUE(response.password_in_the_clear_required);
    EXPECT_FALSE(response.conference_description);
    EXPECT_TRUE(encode_connect_data(response));
}

ConferenceCreateRequest create(const char* numeric) {
    ConferenceCreateRequest request;
    request.conference_name = {numeric, {}, {}};
    return request;
}

TEST_F(ConnectDecisions, creating_is_a_matter_of_policy) {
    EXPECT_EQ(decide_create(create("9"), directory, {}).result, CreateResult::success);
    CreatePolicy policy;
    policy.allowed = false;
    EXPECT_EQ(decide_create(create("9"), directory, policy).result, CreateResult::user_rejected);
    policy = {};
    policy.has_room = false;
    EXPECT_EQ(decide_create(create("9"), directory, policy).result, CreateResult::resources_not_available);
    policy = {};
    policy.already_creating = true;
    EXPECT_EQ(decide_create(create("9"), directory, policy).result, CreateResult::rejected_for_symmetry_breaking);
    policy = {};
    policy.can_lock = false;
    auto locked = create("9");
    locked.locked_conference = true;
    EXPECT_EQ(decide_create(locked, directory, policy).result, CreateResult::locked_conference_not_supported);
}

TEST_F(ConnectDecisions, a_second_conference_of_a_name_gets_a_modifier) {
    EXPECT_FALSE(decide_create(create("9"), directory, {}).profile.modifier);
    const auto second = decide_create(create("2"), directory, {});
    EXPECT_EQ(second.profile.modifier, "1");
    directory.put(ConferenceId{7}, {second.profile});
    EXPECT_EQ(decide_create(create("2"), directory, {}).profile.modifier, "2");
    EXPECT_EQ(directory.find(std::string("2"), std::nullopt), kTeam);
    EXPECT_EQ(directory.find(std::string("2"), "1"), ConferenceId{7});
    EXPECT_EQ(directory.find(std::string("2"), "5"), std::nullopt);
    CreatePolicy policy;
    policy.same_name_allowed = false;
    EXPECT_EQ(decide_create(create("2"), directory, policy).result, CreateResult::user_rejected);
}

TEST(Profile, goes_through_create_join_and_invite) {
    ConferenceProfile profile{{"5", u"Five", {}}};
    profile.description = u"about";
    profile.locked = true;
    profile.termination = TerminationMethod::manual;
    profile.privileges.conducted = PrivilegeList{Privilege::add};
    EXPECT_EQ(profile_of(create_request(profile)), profile);
    ConferenceJoinResponse response;
    describe(profile, response);
    EXPECT_EQ(profile_of(response, profile.name), profile);
    ConferenceInviteRequest invite;
    describe(profile, invite);
    EXPECT_EQ(profile_of(invite), profile);
    response.conference_name_alias = SimpleText{u"Other"};
    EXPECT_EQ(profile_of(response, profile.name).name.text, u"Other");
}

}  // namespace
}  // namespace convene::gcc

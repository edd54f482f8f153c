#include "server/directory.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace convene::server {
namespace {

gcc::ConferenceCreateRequest create_request(const char* number, const char16_t* text = nullptr) {
    gcc::ConferenceCreateRequest request;
    request.conference_name.numeric = number;
    if (text != nullptr) request.conference_name.text = text;
    request.listed_conference = true;
    return request;
}

gcc::ConferenceJoinRequest join_request(std::optional<gcc::ConferenceNameSelector> name) {
    gcc::ConferenceJoinRequest request;
    request.conference_name = std::move(name);
    return request;
}

gcc::ConferenceProfile lobby() {
    gcc::ConferenceProfile profile;
    profile.name.numeric = "1";
    profile.name.text = u"lobby";
    return profile;
}

TEST(Directory, ThePolicySaysWhoMayCreate) {
    Directory directory(1, {.create = CreatePolicy::configured});
    EXPECT_EQ(directory.create(create_request("7"), 0).error(), gcc::CreateResult::user_rejected);

    directory.set_policy({.create = CreatePolicy::password});
    EXPECT_EQ(directory.create(create_request("7"), 0).error(), gcc::CreateResult::user_rejected);
    auto with_password = create_request("7");
    with_password.password = gcc::Password{"99", {}, {}};
    EXPECT_TRUE(directory.create(with_password, 0));

    directory.set_policy({.create = CreatePolicy::open});
    EXPECT_TRUE(directory.create(create_request("8"), 0));
    EXPECT_EQ(create_policy_from("open"), CreatePolicy::open);
    EXPECT_EQ(create_policy_from("password"), CreatePolicy::password);
    EXPECT_EQ(create_policy_from("configured"), CreatePolicy::configured);
}

TEST(Directory, HasALimit) {
    Directory directory(1, {.max_conferences = 2});
    EXPECT_TRUE(directory.create(create_request("7"), 0));
    EXPECT_TRUE(directory.create(create_request("8"), 0));
    EXPECT_EQ(directory.create(create_request("9"), 0).error(), gcc::CreateResult::resources_not_available);
    EXPECT_TRUE(directory.remove(gcc::ConferenceId{1}, true));
    EXPECT_TRUE(directory.create(create_request("9"), 0));
}

TEST(Directory, FindsByNumberTextAndModifier) {
    Directory directory(1, {});
    const auto first = *directory.create(create_request("7", u"Board"), 0);
    const auto second = *directory.create(create_request("7", u"Board"), 0);
    ASSERT_TRUE(second.entry.profile.modifier);
    EXPECT_EQ(directory.find(join_request(gcc::ConferenceNameSelector{std::string("7")}))->id, first.id);
    EXPECT_EQ(directory.find(join_request(gcc::SimpleText{u"Board"}))->id, first.id);
    auto request = join_request(gcc::SimpleText{u"Board"});
    request.conference_name_modifier = second.entry.profile.modifier;
    EXPECT_EQ(directory.find(request)->id, second.id);
    EXPECT_EQ(directory.find("Board")->id, first.id);
    EXPECT_EQ(directory.find("7")->id, first.id);
    EXPECT_EQ(directory.find("Board~" + *second.entry.profile.modifier)->id, second.id);
    EXPECT_FALSE(directory.find("board"));
    EXPECT_FALSE(directory.find("Board~99"));
}

TEST(Directory, WhoNamesNothingGetsTheLobby) {
    Directory directory(1, {});
    EXPECT_FALSE(directory.find(join_request(std::nullopt)));
    const auto permanent = directory.add_permanent(lobby(), true, 0);
    EXPECT_EQ(directory.find(join_request(std::nullopt))->id, permanent.id);
}

TEST(Directory, AQueryShowsWhatIsListed) {
    Directory directory(1, {});
    auto hidden = create_request("3", u"Hidden");
    hidden.listed_conference = false;
    EXPECT_TRUE(directory.create(hidden, 0));
    EXPECT_TRUE(directory.create(create_request("4", u"Shown"), 0));
    directory.add_permanent(lobby(), true, 0);
    gcc::ConferenceQueryRequest query;
    auto response = directory.answer(query);
    ASSERT_EQ(response.conference_list.size(), 2u);
    EXPECT_EQ(response.conference_list[0].conference_name.text, u"lobby");
    EXPECT_EQ(response.node_type, gcc::NodeType::mcu);

    directory.set_policy({.list_created = false});
    EXPECT_TRUE(directory.create(create_request("5", u"Later"), 0));
    EXPECT_EQ(directory.answer(query).conference_list.size(), 2u);
}

TEST(Directory, WorkersShareTheLoad) {
    Directory directory(3, {});
    std::set<std::size_t> workers;
    for (int i = 0; i < 3; ++i) workers.insert(directory.create(create_request("7"), 0)->worker);
    EXPECT_EQ(workers.size(), 3u);
    const auto busy = *directory.find("7");
    directory.set_participants(busy.id, 50);
    for (int i = 0; i < 10; ++i) EXPECT_NE(directory.create(create_request("8"), 0)->worker, busy.worker);
}

TEST(Directory, KnowsWhenAConferenceIsFullLockedOrGone) {
    Directory directory(1, {});
    const auto id = directory.create(create_request("7"), 2)->id;
    directory.set_participants(id, 2);
    EXPECT_TRUE(directory.find("7")->entry.is_full);
    EXPECT_FALSE(directory.remove(id, true));
    directory.set_participants(id, 1);
    EXPECT_FALSE(directory.find("7")->entry.is_full);
    directory.set_locked(id, true);
    EXPECT_TRUE(directory.find("7")->entry.profile.locked);
    EXPECT_TRUE(directory.remove(id, false));
    EXPECT_EQ(directory.size(), 0u);
    directory.set_participants(id, 9);  // late news of what is gone
    EXPECT_TRUE(directory.list().empty());
}

TEST(Directory, IsSafeToUseFromSeveralThreads) {
    Directory directory(4, {.max_conferences = 100'000});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const auto status = directory.create(create_request(std::to_string(t * 1000 + i).c_str()), 0);
                ASSERT_TRUE(status);
                directory.set_participants(status->id, 1);
                directory.answer({});
                directory.set_participants(status->id, 0);
                EXPECT_TRUE(directory.remove(status->id, true));
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(directory.size(), 0u);
}

}  // namespace
}  // namespace convene::server

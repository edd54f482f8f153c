// The JSON interface, asked without sockets.
#include "server/api.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "http/testing.hpp"
#include "server/api_document.hpp"
#include "server/api_testing.hpp"

namespace convene::server {
namespace {

using testing::json;
using namespace std::chrono_literals;

class ApiTests : public testing::ApiTest {
protected:
    std::string admin_token() {
        std::ifstream in(settings_.data + "/admin-token");
        std::string line;
        std::getline(in, line);
        return line;
    }
    /// The owner's invitation first: those of one millisecond are in no order.
    json invitations(const std::string& conference, const Person& by) {
        json list = get("/conferences/" + conference + "/invitations", by.token).body["invitations"];
        if (list.size() == 2 && !list[0].value("owner", false)) std::swap(list[0], list[1]);
        return list;
    }
    static std::vector<std::string> names(const Answer& answer) {
        std::vector<std::string> out;
        for (const auto& each : answer.body["conferences"]) out.push_back(each["name"]);
        return out;
    }
};

TEST_F(ApiTests, TheDescriptionAndTheRoutesAreTheSame) {
    const json document = json::parse(api_document(), nullptr, false);
    ASSERT_TRUE(document.is_object());
    std::set<std::string> described, routed, ids;
    for (const auto& [path, methods] : document["paths"].items()) {
        for (const auto& [method, operation] : methods.items()) {
            described.insert(method + " /api/v1" + path);
            EXPECT_TRUE(ids.insert(operation.value("operationId", "")).second) << path;
            EXPECT_TRUE(operation["responses"].contains("default")) << path;
        }
    }
    for (const auto& route : Api::routes()) {
        std::string method(http::to_text(route.method));
        for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        routed.insert(method + " " + std::string(route.pattern));
    }
    EXPECT_EQ(described, routed);
    // What is referred to is there.
    const std::string text(api_document());
    for (std::size_t at = 0; (at = text.find("#/components/schemas/", at)) != std::string::npos;) {
        at += 21;
        EXPECT_TRUE(document["components"]["schemas"].contains(text.substr(at, text.find('"', at) - at)));
    }
    start();
    EXPECT_EQ(get("/openapi.json").status, 200u);
}

TEST_F(ApiTests, TheLobbyShowsWhatIsListed) {
    start();
    EXPECT_EQ(get("/server").body["create"], "open");
    make("Garden", {{"description", "weekly"}});
    make("Hidden", {{"listed", false}});
    EXPECT_EQ(names(get("/conferences")), (std::vector<std::string>{"lobby", "Garden"}));
    EXPECT_EQ(get("/conferences/Garden").body["description"], "weekly");
    EXPECT_EQ(get("/conferences/Hidden").status, 200u);
    EXPECT_EQ(get("/conferences/Nowhere").code(), "notFound");
}

TEST_F(ApiTests, WhatIsWrongIsSaid) {
    start();
    make("Garden");
    EXPECT_EQ(post("/conferences", {{"name", "Garden"}}).code(), "exists");
    for (const char* name : {"", " x", "a/b", "a~1", "a#b", "a\nb"})
        EXPECT_EQ(post("/conferences", {{"name", name}}).code(), "invalid") << name;
    EXPECT_EQ(post("/conferences", {{"name", 7}}).code(), "invalid");
    EXPECT_EQ(post("/conferences", {{"name", "x"}, {"colour", "red"}}).code(), "invalid");
    EXPECT_EQ(post("/conferences", json::array()).code(), "invalid");
    EXPECT_EQ(post("/conferences", {{"name", "x"}, {"keep", true}}).code(), "forbidden");
    EXPECT_EQ(post("/conferences/Garden/entries", {{"name", "\x01"}}).code(), "invalid");
    EXPECT_EQ(post("/conferences/Garden/entries", {{"name", "Ada"}, {"invitation", "x"}}).code(), "notFound");
    EXPECT_EQ(post("/conferences/Nowhere/entries", {{"name", "Ada"}}).code(), "notFound");
}

TEST_F(ApiTests, ThePolicyHolds) {
    settings_.policy = "configured";
    start();
    EXPECT_EQ(post("/conferences", {{"name", "Garden"}}).code(), "forbidden");
    EXPECT_EQ(call(http::Method::post, "/conferences", {{"name", "Garden"}}, admin_token()).status, 201u);
}

TEST_F(ApiTests, WithAPasswordAsThePolicySays) {
    settings_.policy = "password";
    start();
    EXPECT_EQ(post("/conferences", {{"name", "Vault"}}).code(), "passwordNeeded");
    make("Vault", {{"password", "sesame"}});
    EXPECT_TRUE(get("/conferences/Vault").body["needsPassword"]);
    EXPECT_EQ(post("/conferences/Vault/entries", {{"name", "Ada"}}).code(), "passwordNeeded");
    EXPECT_EQ(post("/conferences/Vault/entries", {{"name", "Ada"}, {"password", "open"}}).code(), "passwordWrong");
    EXPECT_EQ(post("/conferences/Vault/entries", {{"name", "Ada"}, {"password", "sesame"}}).status, 201u);
}

TEST_F(ApiTests, NobodyMakesConferencesWithoutEnd) {
    start();
    for (unsigned i = 0; i < kMadeAtOnce; ++i) make("c" + std::to_string(i));
    EXPECT_EQ(post("/conferences", {{"name", "more"}}).code(), "tooMany");
    source_ = "192.0.2.7";
    EXPECT_EQ(post("/conferences", {{"name", "more"}}).status, 201u);
}

TEST_F(ApiTests, SomebodyComesInByATicket) {
    start();
    const auto owner = make("Garden");
    const auto ada = enter("Garden", "Ada", owner);
    EXPECT_EQ(ada.standing["state"], "admitted");
    EXPECT_EQ(ada.standing["right"], "moderate");
    auto& visitor = come_in("Ada", ada);
    EXPECT_EQ(rights(ada, &visitor), "moderate");
    EXPECT_EQ(get("/conferences/Garden").body["participants"], 1);
    EXPECT_EQ(remove("/entries/" + ada.id, ada.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Ended>(); }));
    EXPECT_EQ(get("/entries/" + ada.id, ada.token).code(), "unauthorized");
}

TEST_F(ApiTests, TokensAreForTheirOwnEntry) {
    start();
    make("Garden");
    const auto ada = enter("Garden", "Ada"), eve = enter("Garden", "Eve");
    EXPECT_EQ(get("/entries/" + ada.id, eve.token).code(), "unauthorized");
    EXPECT_EQ(get("/entries/" + ada.id).code(), "unauthorized");
    EXPECT_EQ(get("/entries/" + ada.id, ada.id).code(), "unauthorized");
    EXPECT_EQ(post("/entries/" + ada.id + "/ticket", nullptr, eve.token).code(), "unauthorized");
}

TEST_F(ApiTests, TheWaitingRoom) {
    start();
    const auto owner = make("Garden", {{"waitingRoom", true}});
    const auto eve = enter("Garden", "<b>Eve</b>");  // before anybody is there
    EXPECT_EQ(eve.standing["state"], "waiting");
    EXPECT_EQ(post("/entries/" + eve.id + "/ticket", nullptr, eve.token).code(), "forbidden");
    const auto olga = enter("Garden", "Olga", owner);
    EXPECT_EQ(standing(olga)["waiting"][0]["name"], "<b>Eve</b>");
    EXPECT_TRUE(standing(eve)["waiting"].empty());
    EXPECT_EQ(post("/conferences/Garden/waiting/" + eve.id + "/admit", nullptr, eve.token).code(), "forbidden");
    EXPECT_EQ(post("/conferences/Garden/waiting/" + eve.id + "/admit", nullptr, olga.token).status, 204u);
    EXPECT_EQ(standing(eve)["state"], "admitted");
    come_in("Eve", eve);
    const auto bob = enter("Garden", "Bob");
    EXPECT_EQ(remove("/conferences/Garden/waiting/" + bob.id, olga.token).status, 204u);
    EXPECT_EQ(standing(bob)["state"], "turnedAway");
}

TEST_F(ApiTests, StandingsArePushed) {
    start();
    const auto owner = make("Garden", {{"waitingRoom", true}});
    const auto olga = enter("Garden", "Olga", owner), eve = enter("Garden", "Eve");
    const auto listen = [&](const Person& person) {
        auto request = http::test_request(http::Method::get, "/api/v1/entries/" + person.id + "/events");
        request.bearer = person.token;
        auto exchange = http::test_exchange(server_->router(), std::move(request));
        EXPECT_TRUE(exchange->events);
        return exchange->events;
    };
    const auto to_olga = listen(olga), to_eve = listen(eve);
    ASSERT_EQ(to_eve->events.size(), 1u);
    EXPECT_EQ(to_eve->events[0].first, "standing");
    const auto last = [](const auto& events) { return json::parse(events->events.back().second); };
    EXPECT_EQ(last(to_eve)["state"], "waiting");
    remove("/conferences/Garden/waiting/" + eve.id, olga.token);
    EXPECT_TRUE(run_until([&] { return !to_eve->is_open(); }));
    EXPECT_EQ(last(to_eve)["state"], "turnedAway");
    EXPECT_TRUE(run_until([&] { return last(to_olga)["waiting"].empty(); }));
    patch("/conferences/Garden", {{"locked", true}}, olga.token);
    EXPECT_TRUE(run_until([&] { return last(to_olga)["locked"] == true; }));
}

TEST_F(ApiTests, WhatAModeratorDoes) {
    start();
    const auto owner = make("Garden");
    const auto olga = enter("Garden", "Olga", owner), ada = enter("Garden", "Ada");
    auto& visitor_olga = come_in("Olga", olga);
    auto& visitor_ada = come_in("Ada", ada);
    const std::string node = "/conferences/Garden/nodes/" + number_of(visitor_ada);
    ASSERT_TRUE(run_until([&] { return rights(olga, &visitor_ada) == "draw"; }));

    EXPECT_EQ(patch(node, {{"right", "view"}}, ada.token).code(), "forbidden");
    EXPECT_EQ(patch(node, {{"right", "view"}}, olga.token).status, 204u);
    EXPECT_EQ(rights(ada, &visitor_ada), "view");
    EXPECT_EQ(patch(node, {{"right", "everything"}}, olga.token).code(), "invalid");

    EXPECT_EQ(patch(node, {{"name", "Countess"}}, olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return !visitor_olga.node().nodes_named("Countess").empty(); }));

    EXPECT_EQ(patch("/conferences/Garden", {{"locked", true}}, olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return post("/conferences/Garden/entries", {{"name", "Bob"}}).code() == "locked"; }));
    EXPECT_EQ(enter("Garden", "Olga", owner).standing["state"], "admitted") << "the owner is never locked out";

    EXPECT_EQ(remove(node, olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return visitor_ada.has<gcc::Ended>(); }));
    EXPECT_EQ(standing(ada)["state"], "removed");
    EXPECT_EQ(remove(node, olga.token).code(), "notFound");

    EXPECT_EQ(remove("/conferences/Garden", olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return visitor_olga.has<gcc::Ended>(); }));
    EXPECT_TRUE(run_until([&] { return get("/conferences/Garden").status == 404; }));
    EXPECT_EQ(get("/entries/" + olga.id, olga.token).status, 401u);
}

TEST_F(ApiTests, InvitationsAreMadeCountedAndRevoked) {
    start();
    const auto olga = enter("Garden", "Olga", make("Garden"));
    const std::string all = "/conferences/Garden/invitations";
    const auto made =
        post(all, {{"right", "view"}, {"uses", 1}, {"expiresInSeconds", 60}, {"note", "once"}}, olga.token);
    ASSERT_EQ(made.status, 201u);
    const auto ada = enter("Garden", "Ada", made.body["secret"]);
    EXPECT_EQ(ada.standing["right"], "view");
    EXPECT_EQ(post("/conferences/Garden/entries", {{"name", "Bob"}, {"invitation", made.body["secret"]}}).code(),
              "usedUp");
    EXPECT_EQ(get(all, ada.token).code(), "forbidden");
    const auto list = invitations("Garden", olga);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[1]["uses"], 1);
    EXPECT_EQ(list[1]["usesLeft"], 0);
    EXPECT_FALSE(list[1].contains("secret") || list[1].contains("digest"));
    auto& visitor = come_in("Ada", ada);
    EXPECT_EQ(remove(all + "/" + list[1]["id"].get<std::string>() + "?eject=true", olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Ended>(); }));
    EXPECT_EQ(remove(all + "/" + list[0]["id"].get<std::string>(), olga.token).code(), "forbidden");
    EXPECT_EQ(post(all, {{"owner", true}}, olga.token).code(), "invalid");
    EXPECT_EQ(post(all, {{"uses", 0}}, olga.token).code(), "invalid");
}

TEST_F(ApiTests, WhoWasEjectedWaitsAtAnOpenDoor) {
    start();
    const auto olga = enter("Garden", "Olga", make("Garden"));
    come_in("Olga", olga);
    source_ = "192.0.2.66";
    const auto eve = enter("Garden", "Eve");
    auto& visitor = come_in("Eve", eve);
    EXPECT_EQ(remove("/conferences/Garden/nodes/" + number_of(visitor), olga.token).status, 204u);
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Ended>(); }));
    EXPECT_EQ(post("/entries/" + eve.id + "/ticket", nullptr, eve.token).code(), "forbidden");
    const auto again = enter("Garden", "Not Eve");
    EXPECT_EQ(again.standing["state"], "waiting");
    EXPECT_EQ(again.standing["waitingRoom"], false);
    EXPECT_EQ(get("/conferences").body["conferences"][0]["waitingRoom"], false) << "the door is open to all others";
    const auto waiting = standing(olga)["waiting"];
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0]["name"], "Not Eve");
    EXPECT_EQ(post("/conferences/Garden/waiting/" + again.id + "/admit", nullptr, olga.token).status, 204u);
    EXPECT_EQ(standing(again)["state"], "admitted");
    source_ = "192.0.2.1";
    EXPECT_EQ(enter("Garden", "Ada").standing["state"], "admitted");
}

TEST_F(ApiTests, ATokenIsWorthNothingElsewhere) {
    start();
    const auto olga = enter("Garden", "Olga", make("Garden"));
    make("Other");
    EXPECT_EQ(patch("/conferences/Other", {{"locked", true}}, olga.token).code(), "forbidden");
    EXPECT_EQ(remove("/conferences/Other", olga.token).code(), "forbidden");
    EXPECT_EQ(get("/conferences/Other/invitations", olga.token).code(), "forbidden");
    EXPECT_EQ(get("/admin/status", olga.token).code(), "unauthorized");
}

TEST_F(ApiTests, AdministratorsHaveATokenOfTheirOwn) {
    start();
    EXPECT_EQ(get("/admin/status").code(), "unauthorized");
    const auto token = admin_token();
    ASSERT_EQ(token.size(), 43u);
    EXPECT_EQ(get("/admin/status", token).body["participants"], 0);
    EXPECT_EQ(get("/admin/settings", token).body["settings"]["limits"]["users"], "1000");
    auto& visitor = join("Eve");
    ASSERT_TRUE(run_until([&] { return get("/admin/status", token).body["participants"] == 1; }));
    const auto nodes = get("/admin/conferences/lobby/nodes", token).body["participants"];
    ASSERT_EQ(nodes.size(), 1u);
    EXPECT_EQ(remove("/admin/conferences/lobby/nodes/" + std::to_string(nodes[0]["user"].get<int>()), token).status,
              200u);
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Ended>(); }));
    const auto made = post("/admin/conferences/lobby/invitations", {{"owner", true}}, token);
    EXPECT_EQ(made.status, 201u);
    EXPECT_EQ(enter("lobby", "Olga", made.body["secret"]).standing["right"], "moderate");
    EXPECT_EQ(remove("/admin/conferences/Nowhere", token).code(), "notFound");
    EXPECT_EQ(get("/admin/conferences/lobby/memory", token).status, 200u);
    source_ = "192.0.2.9";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(get("/admin/status", "guess").code(), "unauthorized");
    EXPECT_EQ(get("/admin/status", token).code(), "unauthorized") << "too many wrong ones";
}

TEST_F(ApiTests, AShortTokenOfAnAdministratorIsNoToken) {
    const std::string file = folder_ / "token";
    std::ofstream(file) << "short\n";
    settings_.web_admin_token_file = file;
    server_ = std::make_unique<Server>(context_, log_, settings_);
    EXPECT_FALSE(server_->start());
}

TEST_F(ApiTests, TheSocketSaysTheSame) {
    start();
    const auto made = ask({{"command", "invite"}, {"conference", "lobby"}, {"right", "view"}, {"uses", 3}});
    ASSERT_TRUE(made["ok"]) << made;
    const auto ada = enter("lobby", "Ada", made["secret"]);
    EXPECT_EQ(ada.standing["right"], "view");
    EXPECT_EQ(ask({{"command", "invitations"}, {"conference", "lobby"}})["invitations"][0]["uses"], 1);
    EXPECT_TRUE(ask({{"command", "revoke"},
                     {"conference", "lobby"},
                     {"invitation", made["invitation"]["id"]},
                     {"eject", true}})["ok"]);
    EXPECT_EQ(standing(ada)["state"], "removed");
    EXPECT_FALSE(ask({{"command", "revoke"}, {"conference", "lobby"}, {"invitation", "x"}})["ok"]);
}

TEST_F(ApiTests, WhatIsMadeToStayIsThereAgain) {
    start();
    const auto token = admin_token();
    const auto made =
        post("/conferences", {{"name", "School"}, {"keep", true}, {"waitingRoom", true}, {"password", "pw"}}, token);
    ASSERT_EQ(made.status, 201u) << made.body;
    const auto olga = enter("School", "Olga", made.body["owner"]);
    const auto once = post("/conferences/School/invitations", {{"right", "view"}, {"uses", 2}}, olga.token);
    enter("School", "Ada", once.body["secret"]);
    patch("/conferences/School", {{"defaultRight", "view"}}, olga.token);
    restart();
    EXPECT_TRUE(get("/conferences/School").body["waitingRoom"]);
    EXPECT_TRUE(get("/conferences/School").body["needsPassword"]);
    const auto again = enter("School", "Olga", made.body["owner"]);
    EXPECT_EQ(again.standing["right"], "moderate");
    EXPECT_EQ(get("/entries/" + olga.id, olga.token).status, 401u) << "a stay does not outlive the process";
    const auto list = invitations("School", again);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[1]["usesLeft"], 1);
    EXPECT_EQ(enter("School", "Bob", once.body["secret"]).standing["right"], "view");
    EXPECT_EQ(remove("/admin/conferences/School?forget=true", token).status, 200u);
    EXPECT_TRUE(run_until([&] { return get("/conferences/School").status == 404; }));
    restart();
    EXPECT_EQ(get("/conferences/School").status, 404u);
}

TEST_F(ApiTests, AConferenceWaitsForWhoIsOnTheWay) {
    settings_.linger = Milliseconds(0);
    start();
    make("Garden");
    run_for(100ms);
    EXPECT_EQ(get("/conferences/Garden").status, 200u) << "the first may still come";
    const auto ada = enter("Garden", "Ada");
    auto& visitor = come_in("Ada", ada);
    const auto bob = enter("Garden", "Bob");
    visitor.with([](node::Node& node, Instant now) { node.leave(now); });
    run_for(200ms);
    EXPECT_EQ(get("/conferences/Garden").status, 200u);
    remove("/entries/" + ada.id, ada.token);
    remove("/entries/" + bob.id, bob.token);
    EXPECT_TRUE(run_until([&] { return get("/conferences/Garden").status == 404; }));
}

}  // namespace
}  // namespace convene::server

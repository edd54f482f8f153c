#include "server/api_testing.hpp"

#include "http/testing.hpp"
#include "server/testing_gate.hpp"

namespace convene::server::testing {

ApiTest::ApiTest() = default;
ApiTest::~ApiTest() = default;

void ApiTest::TearDown() {
    gates_.clear();
    handlers_.clear();
    MemoryTest::TearDown();
}

json ApiTest::read(const http::Response& response) {
    return response.body.empty() ? json::object() : json::parse(response.body, nullptr, false);
}

ApiTest::Answer ApiTest::call(http::Method method, const std::string& target, const json& body,
                              const std::string& token) {
    auto request = http::test_request(method, "/api/v1" + target, body.is_null() ? std::string() : body.dump());
    request.bearer = token;
    request.source = source_;
    const auto exchange = http::test_exchange(server_->router(), std::move(request));
    EXPECT_TRUE(run_until([&] { return !exchange->responses.empty(); })) << target;
    if (exchange->responses.empty()) return {};
    EXPECT_EQ(exchange->responses.size(), 1u) << target;
    return {exchange->responses[0].status, read(exchange->responses[0])};
}

ApiTest::Answer ApiTest::get(const std::string& target, const std::string& token) {
    return call(http::Method::get, target, nullptr, token);
}

ApiTest::Answer ApiTest::post(const std::string& target, const json& body, const std::string& token) {
    return call(http::Method::post, target, body, token);
}

ApiTest::Answer ApiTest::patch(const std::string& target, const json& body, const std::string& token) {
    return call(http::Method::patch, target, body, token);
}

ApiTest::Answer ApiTest::remove(const std::string& target, const std::string& token) {
    return call(http::Method::remove, target, nullptr, token);
}

std::string ApiTest::make(const std::string& name, json more) {
    more["name"] = name;
    const auto made = post("/conferences", more);
    EXPECT_EQ(made.status, 201u) << made.body;
    return made.body.value("owner", "");
}

ApiTest::Person ApiTest::enter(const std::string& conference, const std::string& name, const std::string& invitation) {
    json body{{"name", name}};
    if (!invitation.empty()) body["invitation"] = invitation;
    const auto in = post("/conferences/" + conference + "/entries", body);
    EXPECT_EQ(in.status, 201u) << in.body;
    return {in.body.value("id", ""), in.body.value("token", ""), in.body.value("standing", json())};
}

json ApiTest::standing(const Person& person) {
    return get("/entries/" + person.id, person.token).body.value("standing", json());
}

std::optional<Admission> ApiTest::ticket(const Person& person) {
    const auto answer = post("/entries/" + person.id + "/ticket", nullptr, person.token);
    if (answer.status != 200) return std::nullopt;
    return server_->doors().redeem(answer.body.value("ticket", ""));
}

Visitor& ApiTest::knock(const std::string& name, const Admission& admission, const node::JoinOptions& options) {
    auto& visitor = visit(name, with_board_and_files);
    gates_.push_back(std::make_unique<TicketGate>(context_, *server_));
    gates_.back()->expect(admission);
    visitor.join(gates_.back()->address(), options);
    return visitor;
}

Visitor& ApiTest::come_in(const std::string& name, const Person& person) {
    const auto admission = ticket(person);
    EXPECT_TRUE(admission);
    auto& visitor = knock(name, admission.value_or(Admission{}));
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>() && board_of(visitor).has_converged(); }))
        << log_text();
    EXPECT_TRUE(run_until([&] { return !rights(person).is_null(); })) << standing(person);
    return visitor;
}

json ApiTest::rights(const Person& person, const Visitor* visitor) {
    const auto now = standing(person);
    if (!now.contains("rights") || now["rights"].empty()) return nullptr;
    if (visitor == nullptr) return now["rights"];
    return now["rights"].value(number_of(*visitor), "");
}

std::string ApiTest::number_of(const Visitor& visitor) {
    return std::to_string(visitor.all<gcc::Joined>().at(0).node.value);
}

}  // namespace convene::server::testing

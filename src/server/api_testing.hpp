/// What tests of the JSON interface share: requests without sockets, and a gate for those who come with a ticket.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "http/router.hpp"
#include "server/doors.hpp"
#include "server/memory_testing.hpp"

namespace convene::server::testing {

using nlohmann::json;

class TicketGate;

class ApiTest : public MemoryTest {
protected:
    struct Answer {
        unsigned status = 0;
        json body;
        std::string code() const { return body.value("code", ""); }
    };
    struct Person {
        std::string id;
        std::string token;
        json standing;
    };

    ApiTest();
    ~ApiTest() override;
    void TearDown() override;

    static json read(const http::Response& response);
    Answer call(http::Method method, const std::string& target, const json& body = nullptr,
                const std::string& token = {});
    Answer get(const std::string& target, const std::string& token = {});
    Answer post(const std::string& target, const json& body = nullptr, const std::string& token = {});
    Answer patch(const std::string& target, const json& body, const std::string& token);
    Answer remove(const std::string& target, const std::string& token = {});

    /// The owner's secret of a new conference.
    std::string make(const std::string& name, json more = json::object());
    Person enter(const std::string& conference, const std::string& name, const std::string& invitation = {});
    json standing(const Person& person);
    std::optional<Admission> ticket(const Person& person);
    /// Comes to the gate with a ticket.
    Visitor& knock(const std::string& name, const Admission& admission, const node::JoinOptions& options = {});
    Visitor& come_in(const std::string& name, const Person& person);
    /// The right of the person's own node, as it sees it.
    json rights(const Person& person, const Visitor* visitor = nullptr);
    static std::string number_of(const Visitor& visitor);

    std::string source_ = "127.0.0.1";
    std::vector<std::unique_ptr<TicketGate>> gates_;
};

}  // namespace convene::server::testing

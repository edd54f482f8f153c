/// The way of a browser from the door to its ticket, for tests.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "http/testing_client.hpp"

namespace convene::http {

/// The subprotocols that a page offers for its WebSocket: it enters `conference` as `name` at the server on `port`, as
/// docs/api.md says, and gets a ticket. Without the ticket when something goes wrong, which the server then refuses.
inline std::string enter_as(std::uint16_t port, std::string_view conference, std::string_view name) {
    TestClient client(port, TestClient::Kind::tls);
    const auto post = [&](const std::string& path, const std::string& fields, const std::string& body) {
        client.send("POST /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields +
                    "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                    body);
        const auto answer = client.answer();
        auto parsed = nlohmann::json::parse(answer.body, nullptr, false);
        return parsed.is_object() ? parsed : nlohmann::json::object();
    };
    const auto entry =
        post("conferences/" + std::string(conference) + "/entries", "", nlohmann::json{{"name", name}}.dump());
    const auto ticket = post("entries/" + entry.value("id", "") + "/ticket",
                             "Authorization: Bearer " + entry.value("token", "") + "\r\n", "");
    return "t120, ticket." + ticket.value("ticket", "");
}

}  // namespace convene::http

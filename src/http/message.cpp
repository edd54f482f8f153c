#include "http/message.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_line.hpp"

namespace convene::http {

namespace {

constexpr std::array<std::string_view, 7> kMethods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

constexpr std::array<std::pair<unsigned, std::string_view>, 33> kReasons{{
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view to_text(Method method) { return kMethods[static_cast<std::size_t>(method)]; }

std::optional<Method> method_from(std::string_view text) {
    const auto found = std::find(kMethods.begin(), kMethods.end(), text);
    if (found == kMethods.end()) return std::nullopt;
    return static_cast<Method>(found - kMethods.begin());
}

std::string_view Request::header(std::string_view name) const {
    for (const auto& field : headers)
        if (same_name(field.name, name)) return field.value;
    return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    for (const auto& field : query)
        if (field.name == name) return field.value;
    return std::nullopt;
}

std::string_view Request::segment(std::string_view name) const {
    for (const auto& field : segments)
        if (field.name == name) return field.value;
    return {};
}

std::string_view reason_phrase(unsigned status) {
    for (const auto& [number, phrase] : kReasons)
        if (number == status) return phrase;
    return "Unknown";
}

Response json_response(unsigned status, const nlohmann::json& value) {
    // What is no UTF-8 is replaced: an exception would be a way to stop the server.
    return Response{status, "application/json", {{"Cache-Control", "no-store"}}, json_line(value)};
}

Response problem(unsigned status, std::string_view code, std::string_view detail) {
    Response out = json_response(status, {{"type", "about:blank"},
                                          {"title", reason_phrase(status)},
                                          {"status", status},
                                          {"code", code},
                                          {"detail", detail}});
    out.content_type = "application/problem+json";
    return out;
}

}  // namespace convene::http

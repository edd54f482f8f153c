#include "server/api_answers.hpp"

#include <algorithm>
#include <utility>

#include "base/digits.hpp"

namespace convene::server {

using admission::Refusal;
using nlohmann::json;

namespace {

struct Words {
    unsigned status;
    std::string_view detail;
};

Words words_for(Refusal refusal) {
    switch (refusal) {
        case Refusal::not_found:
            return {404, "There is nothing of that name."};
        case Refusal::password_needed:
            return {401, "A password or an invitation is needed."};
        case Refusal::password_wrong:
            return {401, "The password is wrong."};
        case Refusal::unauthorized:
            return {401, "The token is missing, wrong, or no longer valid."};
        case Refusal::forbidden:
            return {403, "This needs a right that the token has not."};
        case Refusal::locked:
            return {403, "The conference is locked."};
        case Refusal::full:
            return {403, "The conference is full."};
        case Refusal::expired:
            return {403, "The invitation has expired."};
        case Refusal::used_up:
            return {403, "The invitation was used as often as it may be."};
        case Refusal::revoked:
            return {403, "The invitation was revoked."};
        case Refusal::exists:
            return {409, "There is a conference of that name."};
        case Refusal::invalid:
            return {400, "The request is not valid."};
        case Refusal::too_many:
            return {429, "Too many; try again later."};
        case Refusal::unavailable:
            return {503, "The server cannot do this now."};
    }
    return {500, "Unknown."};
}

}  // namespace

http::Response refused(Refusal refusal, std::string_view detail) {
    auto out = http::problem(words_for(refusal).status, admission::code_of(refusal), detail);
    if (out.status == 401) out.headers.push_back({"WWW-Authenticate", "Bearer"});
    return out;
}

http::Response refused(Refusal refusal) { return refused(refusal, words_for(refusal).detail); }

http::Response nothing_more() {
    http::Response out;
    out.status = 204;
    return out;
}

std::optional<mcs::UserId> node_in(const http::Request& request) {
    const std::string text(request.segment("node"));
    if (text.empty() || text.size() > 5 || !is_digits(text)) return std::nullopt;
    const auto number = std::stoul(text);
    if (number > 65'535) return std::nullopt;
    return mcs::UserId{static_cast<std::uint16_t>(number)};
}

ApiBody::ApiBody(const http::Request& request, std::initializer_list<std::string_view> known) {
    if (request.body.empty()) return;
    object_ = json::parse(request.body, nullptr, false);
    if (!object_.is_object()) {
        object_ = json::object();
        is_wrong("the body must be a JSON object");
    }
    for (const auto& [key, value] : object_.items())
        if (std::find(known.begin(), known.end(), key) == known.end()) is_wrong("there is no member \"" + key + "\"");
}

const json* ApiBody::find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> ApiBody::text(const char* key) {
    const json* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return value->get<std::string>();
    is_wrong(std::string("\"") + key + "\" must be a string");
    return std::nullopt;
}

std::optional<bool> ApiBody::flag(const char* key) {
    const json* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_boolean()) return value->get<bool>();
    is_wrong(std::string("\"") + key + "\" must be true or false");
    return std::nullopt;
}

std::optional<std::uint64_t> ApiBody::number(const char* key) {
    const json* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_number_unsigned()) return value->get<std::uint64_t>();
    is_wrong(std::string("\"") + key + "\" must be a whole number, and not negative");
    return std::nullopt;
}

}  // namespace convene::server

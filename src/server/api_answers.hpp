/// How the JSON interface answers, and how it reads what it is asked.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "admission/refusal.hpp"
#include "base/expected.hpp"
#include "http/responder.hpp"
#include "mcs/ids.hpp"

namespace convene::server {

http::Response refused(admission::Refusal refusal);
/// With a sentence of its own.
http::Response refused(admission::Refusal refusal, std::string_view detail);
http::Response nothing_more();  ///< 204
/// The number that stands for {node} in the path; nothing when it is none.
std::optional<mcs::UserId> node_in(const http::Request& request);

/// A request's body, read member by member: the first that is not as it should be is the answer.
class ApiBody {
public:
    /// `known` are the members that may be there. An empty body is an empty object.
    ApiBody(const http::Request& request, std::initializer_list<std::string_view> known);

    std::optional<std::string> text(const char* key);
    std::string text(const char* key, std::string otherwise) { return text(key).value_or(std::move(otherwise)); }
    std::optional<bool> flag(const char* key);
    std::optional<std::uint64_t> number(const char* key);
    /// What is wrong with it, for whoever sent it; empty when nothing is.
    const std::string& fault() const { return fault_; }
    void is_wrong(std::string why) {
        if (fault_.empty()) fault_ = std::move(why);
    }

private:
    const nlohmann::json* find(const char* key) const;

    nlohmann::json object_ = nlohmann::json::object();
    std::string fault_;
};

}  // namespace convene::server

/// Requests and responses of HTTP as handlers see them: decoded, complete, and free of any socket.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::http {

/// RFC 9110 §9, and PATCH of RFC 5789. Any other method is answered before a handler sees it.
enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

/// "GET", "DELETE" for remove, …
std::string_view to_text(Method method);
/// Methods are case-sensitive. RFC 9110 §9.1.
std::optional<Method> method_from(std::string_view text);

/// Whether they are equal but for the case of ASCII letters, as names of fields and schemes are compared.
bool same_name(std::string_view a, std::string_view b);

/// A header field, a parameter of the query or a named segment of the path.
struct Field {
    std::string name;
    std::string value;

    friend bool operator==(const Field&, const Field&) = default;
};

/// A whole request. It may be moved to another thread.
struct Request {
    Method method = Method::get;
    std::string path;                ///< percent-decoded UTF-8, begins with /, without query; for pages and logs
    std::vector<std::string> steps;  ///< the segments of the path, decoded one by one: one may contain a /
    std::vector<Field> query;        ///< decoded, in their order
    std::vector<Field> segments;     ///< what the {named} segments of the route's pattern stood for, decoded
    std::vector<Field> headers;      ///< in their order
    std::string body;
    std::string bearer;  ///< from `Authorization: Bearer …`; empty where there is none
    std::string peer;    ///< the browser's address, without its port
    std::string source;  ///< whom limits take for one stranger: an IPv4 address or the /64 of an IPv6 one
    std::string host;  ///< as the browser called this server, with the port where it said one; "meet.example.org:8443"
    bool is_secure = false;         ///< over TLS
    bool is_from_loopback = false;  ///< from this machine

    /// The first header of that name, in whatever case; empty where there is none.
    std::string_view header(std::string_view name) const;
    /// The first parameter of the query of that name.
    std::optional<std::string_view> parameter(std::string_view name) const;
    /// A named segment of the path; empty when the pattern has none of that name.
    std::string_view segment(std::string_view name) const;
};

/// What is answered. Length, date, connection and the security headers are added on the way out.
struct Response {
    unsigned status = 200;
    std::string content_type{};  ///< of the body; empty where there is none
    std::vector<Field> headers{};
    std::string body{};
    std::string_view kept_body{};  ///< in place of `body`: octets that live as long as the program
};

/// An answer with JSON. `nlohmann::json` in the caller's file.
Response json_response(unsigned status, const nlohmann::json& value);
/// A problem by RFC 9457: `code` is stable and for programs, `detail` a sentence for people.
Response problem(unsigned status, std::string_view code, std::string_view detail);
/// "Not Found"
std::string_view reason_phrase(unsigned status);

}  // namespace convene::http

#include "http/request_reader.hpp"

#include <iterator>
#include <utility>

#include "http/host.hpp"
#include "http/options.hpp"

namespace convene::http {

namespace {

namespace beast = boost::beast::http;

constexpr unsigned kVersion10 = 10, kVersion11 = 11;
constexpr std::string_view kBearer = "Bearer ";  // RFC 6750 §2.1; in whatever case, RFC 9110 §11.1

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Expected<RequestHead, Response> read_head(const RawRequest& raw) {
    RequestHead out;
    if (raw.version() != kVersion11 && raw.version() != kVersion10)
        return make_unexpected(problem(505, "invalid", "Only HTTP/1.1 and HTTP/1.0 are spoken here."));
    const auto method = method_from(view(raw.method_string()));
    if (!method) return make_unexpected(problem(501, "invalid", "This method is not known here."));
    out.method = *method;
    // Two of them may mean different things to a proxy and to this server. RFC 9112 §3.2.
    const auto hosts = raw.equal_range(beast::field::host);
    const auto count = std::distance(hosts.first, hosts.second);
    if (count != 1 || !is_host(view(hosts.first->value())))
        return make_unexpected(problem(400, "invalid", "A request needs one Host that is one."));
    out.host = view(hosts.first->value());
    if (std::distance(raw.begin(), raw.end()) > static_cast<std::ptrdiff_t>(kMaxHeaders))
        return make_unexpected(problem(431, "tooMany", "This request has too many header fields."));
    if (raw.target().size() > kMaxTarget)
        return make_unexpected(problem(414, "invalid", "The address of this request is too long."));
    auto target = parse_target(view(raw.target()));
    if (!target) return make_unexpected(problem(400, "invalid", "The address of this request is none."));
    out.target = std::move(*target);
    return out;
}

Request make_request(RequestHead head, RawRequest& raw) {
    Request out;
    out.method = head.method;
    out.path = std::move(head.target.path);
    out.steps = std::move(head.target.steps);
    out.query = std::move(head.target.query);
    out.host = std::move(head.host);
    for (const auto& field : raw)
        out.headers.push_back(Field{std::string(view(field.name_string())), std::string(view(field.value()))});
    const std::string_view authorization = out.header("Authorization");
    if (same_name(authorization.substr(0, kBearer.size()), kBearer)) out.bearer = authorization.substr(kBearer.size());
    out.body = std::move(raw.body());
    return out;
}

}  // namespace convene::http

#include "http/router.hpp"

#include <algorithm>
#include <utility>

namespace convene::http {

namespace {

bool is_named(std::string_view step) { return step.size() > 2 && step.front() == '{' && step.back() == '}'; }

std::vector<std::string> steps_of_pattern(std::string_view pattern) {
    std::vector<std::string> out;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);  // the slash
        const auto end = std::min(pattern.find('/'), pattern.size());
        out.emplace_back(pattern.substr(0, end));
        pattern.remove_prefix(end);
    }
    return out;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& steps) {
    return std::equal(pattern.begin(), pattern.end(), steps.begin(), steps.end(),
                      [](const std::string& wanted, const std::string& step) {
                          return is_named(wanted) ? !step.empty() : wanted == step;
                      });
}

/// Whether `a` is written out where `b` is named for the first time.
bool goes_before(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (is_named(a[i]) != is_named(b[i])) return is_named(b[i]);
    return false;
}

std::string allow_header(const std::vector<Method>& methods) {
    std::string out = "OPTIONS";
    for (const Method method : methods) {
        if (method == Method::options) continue;
        out += ", " + std::string(to_text(method));
        if (method == Method::get && std::find(methods.begin(), methods.end(), Method::head) == methods.end())
            out += ", HEAD";
    }
    return out;
}

}  // namespace

void Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    routes_.push_back(Route{method, steps_of_pattern(pattern), std::move(handler), options});
}

Router::Match Router::find(Method method, const std::vector<std::string>& steps) const {
    Match out;
    const std::vector<std::string>* best = nullptr;
    for (const Route& route : routes_)
        if (fits(route.pattern, steps) && (best == nullptr || goes_before(route.pattern, *best))) best = &route.pattern;
    if (best == nullptr) return out;
    // Only the best pattern counts: /a/{b} does not lend its methods to /a/c.
    const auto same_pattern = [&](const Route& route) {
        return fits(route.pattern, steps) && !goes_before(*best, route.pattern);
    };
    const Route* get = nullptr;
    for (const Route& route : routes_) {
        if (!same_pattern(route)) continue;
        out.allowed.push_back(route.method);
        if (route.method == method) out.route = &route;
        if (route.method == Method::get) get = &route;
    }
    if (out.route == nullptr && method == Method::head) out.route = get;
    return out;
}

void Router::route(Request request, Responder responder) const {
    const Match match = find(request.method, request.steps);
    if (match.route != nullptr) {
        for (std::size_t i = 0; i < request.steps.size(); ++i) {
            const std::string& wanted = match.route->pattern[i];
            if (is_named(wanted))
                request.segments.push_back(Field{wanted.substr(1, wanted.size() - 2), request.steps[i]});
        }
        return match.route->handler(std::move(request), std::move(responder));
    }
    if (falls_back(request.method, match)) return fallback_(std::move(request), std::move(responder));
    responder(refusal(request.method, request.steps));
}

bool Router::falls_back(Method method, const Match& match) const {
    const bool is_read = method == Method::get || method == Method::head;
    return is_read && match.allowed.empty() && fallback_;
}

Response Router::refusal(Method method, const std::vector<std::string>& steps) const {
    const Match match = find(method, steps);
    if (match.allowed.empty()) return problem(404, "notFound", "There is nothing at this address.");
    const Field allow{"Allow", allow_header(match.allowed)};
    if (method == Method::options) return Response{204, {}, {allow}};
    Response answer = problem(405, "invalid", "That cannot be done with this address.");
    answer.headers.push_back(allow);
    return answer;
}

std::optional<std::size_t> Router::body_limit(Method method, const std::vector<std::string>& steps) const {
    const Match match = find(method, steps);
    if (match.route != nullptr) return match.route->options.body_limit;
    if (falls_back(method, match)) return 0;
    return std::nullopt;
}

}  // namespace convene::http

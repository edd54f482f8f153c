/// Which handler answers a request: by its method and the pattern of its path.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "http/responder.hpp"

namespace convene::http {

inline constexpr std::size_t kDefaultBody = 64 * 1024;  ///< octets of a body where the route says nothing else

struct RouteOptions {
    std::size_t body_limit = kDefaultBody;  ///< a longer one is answered with 413
};

/// Filled before the server starts, then only read, by all web threads at once.
class Router {
public:
    /// Called on a web thread, which it must not hold up; there may be several such threads.
    using Handler = std::function<void(Request, Responder)>;

    /// `pattern` is a path; a segment "{name}" stands for any one segment that is not empty, and is found by
    /// Request::segment(). Segments that are written out go before named ones. HEAD is answered by the handler of GET
    /// and OPTIONS by the router, unless they have their own.
    void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});
    /// For GET and HEAD of paths that no pattern is for; without one they are answered with 404.
    void set_fallback(Handler handler) { fallback_ = std::move(handler); }

    /// Calls the handler or answers with 404, 405 or the methods there are.
    void route(Request request, Responder responder) const;
    /// How long a body may be, known before it is read. Nothing where no handler is for it.
    std::optional<std::size_t> body_limit(Method method, const std::vector<std::string>& steps) const;
    /// The answer where no handler is: 404, 405, or the methods there are.
    Response refusal(Method method, const std::vector<std::string>& steps) const;

private:
    struct Route {
        Method method{};
        std::vector<std::string> pattern;
        Handler handler;
        RouteOptions options;
    };
    struct Match {
        const Route* route = nullptr;  // may be null
        std::vector<Method> allowed;   // of the patterns that fit, whatever their method
    };
    Match find(Method method, const std::vector<std::string>& steps) const;
    bool falls_back(Method method, const Match& match) const;

    std::vector<Route> routes_;
    Handler fallback_;
};

}  // namespace convene::http

/// What tests of handlers need: requests made from a line, and an exchange that remembers what was answered.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/responder.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

namespace convene::http {

/// A stream of events that keeps what was sent on it. One thread.
class RecordedEvents final : public EventSink {
public:
    bool send(std::string_view event, std::string_view data) override {
        if (open_) events.emplace_back(event, data);
        return open_;
    }
    void close() override {
        if (!std::exchange(open_, false)) return;
        for (auto& handler : std::exchange(handlers_, {})) handler();
    }
    void on_closed(std::function<void()> handler) override {
        if (!open_) return handler();
        handlers_.push_back(std::move(handler));
    }
    bool is_open() const override { return open_; }

    std::vector<std::pair<std::string, std::string>> events;

private:
    std::vector<std::function<void()>> handlers_;
    bool open_ = true;
};

/// What was answered to one request.
class RecordedExchange final : public Exchange {
public:
    void respond(Response answer) override { responses.push_back(std::move(answer)); }
    std::shared_ptr<EventSink> open_events(Response head) override {
        responses.push_back(std::move(head));
        return events = std::make_shared<RecordedEvents>();
    }

    std::vector<Response> responses;         // one, or something is wrong
    std::shared_ptr<RecordedEvents> events;  // where the answer was a stream
};

/// A request as a browser would make it: `target` with its query, such as "/api/v1/conferences?all=1".
inline Request test_request(Method method, std::string_view target, std::string body = {}) {
    Request out;
    out.method = method;
    if (auto parsed = parse_target(target)) {
        out.path = std::move(parsed->path);
        out.steps = std::move(parsed->steps);
        out.query = std::move(parsed->query);
    }
    out.body = std::move(body);
    out.peer = out.source = "127.0.0.1";
    out.host = "localhost";
    out.is_secure = out.is_from_loopback = true;
    return out;
}

/// Has the router answer. Answers that come later come into the result, too.
inline std::shared_ptr<RecordedExchange> test_exchange(const Router& router, Request request) {
    auto exchange = std::make_shared<RecordedExchange>();
    router.route(std::move(request), Responder(exchange));
    return exchange;
}

}  // namespace convene::http

#include "http/responder.hpp"

#include <atomic>
#include <utility>

namespace convene::http {

struct Responder::Once {
    explicit Once(std::shared_ptr<Exchange> to) : exchange(std::move(to)) {}
    Once(const Once&) = delete;
    Once& operator=(const Once&) = delete;
    ~Once() {
        if (take()) exchange->respond(problem(500, "internal", "This request was not answered."));
    }
    bool take() { return !answered.exchange(true); }

    std::shared_ptr<Exchange> exchange;  // shared with the connection
    std::atomic<bool> answered{false};
};

Responder::Responder(std::shared_ptr<Exchange> exchange) : once_(std::make_shared<Once>(std::move(exchange))) {}

void Responder::respond(Response response) const {
    if (once_->take()) once_->exchange->respond(std::move(response));
}

EventStream Responder::open_events(Response head) const {
    if (!once_->take()) return EventStream();
    return EventStream(once_->exchange->open_events(std::move(head)));
}

}  // namespace convene::http

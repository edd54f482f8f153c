/// Brings the answer of a handler, from whichever thread, to the connection that waits for it.
#pragma once

#include <memory>

#include "http/connection.hpp"
#include "http/event_queue.hpp"
#include "http/responder.hpp"

namespace convene::http {

/// May outlive the connection and the server.
class ConnectionExchange final : public Exchange {
public:
    ConnectionExchange(std::weak_ptr<Connection> connection, std::shared_ptr<io::LanePost> post)
        : connection_(std::move(connection)), post_(std::move(post)) {}

    void respond(Response response) override;
    std::shared_ptr<EventSink> open_events(Response head) override;

private:
    std::weak_ptr<Connection> connection_;
    std::shared_ptr<io::LanePost> post_;
};

}  // namespace convene::http

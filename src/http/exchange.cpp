#include "http/exchange.hpp"

#include <utility>

namespace convene::http {

void ConnectionExchange::respond(Response response) {
    post_->post([connection = connection_, response = std::move(response)]() mutable {
        if (const auto to = connection.lock()) to->answer(std::move(response));
    });
}

std::shared_ptr<EventSink> ConnectionExchange::open_events(Response head) {
    auto events = std::make_shared<EventQueue>([connection = connection_, post = post_] {
        post->post([connection] {
            if (const auto to = connection.lock()) to->more_events();
        });
    });
    post_->post([connection = connection_, events, head = std::move(head)]() mutable {
        if (const auto to = connection.lock())
            to->begin_events(std::move(head), events);
        else
            events->finish();
    });
    return events;
}

}  // namespace convene::http

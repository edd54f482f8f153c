/// How a handler answers: once, whenever and from whichever thread it likes, with a response or a stream of events.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "http/message.hpp"

namespace convene::http {

/// One text/event-stream under way; what is behind an EventStream. Used from every thread.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual bool send(std::string_view event, std::string_view data) = 0;
    virtual void close() = 0;
    virtual void on_closed(std::function<void()> handler) = 0;
    virtual bool is_open() const = 0;
};

/// A stream of server-sent events (HTML Living Standard §9.2). A handle: copies stand for the same stream. It may be
/// used from every thread, and after the stream is over.
class EventStream {
public:
    EventStream() = default;
    explicit EventStream(std::shared_ptr<EventSink> sink) : sink_(std::move(sink)) {}

    /// Queues an event of that name; `data` is UTF-8 and may have several lines. False when the stream is closed, or
    /// has just been because its reader does not keep up (kEventQueueLimit octets wait).
    bool send(std::string_view event, std::string_view data) const {
        return sink_ != nullptr && sink_->send(event, data);
    }
    /// What is queued is still sent.
    void close() const {
        if (sink_ != nullptr) sink_->close();
    }
    /// Calls `handler` once when the stream is over, whoever ended it; at once when it already is. On any thread.
    void on_closed(std::function<void()> handler) const {
        if (sink_ != nullptr) sink_->on_closed(std::move(handler));
    }
    bool is_open() const { return sink_ != nullptr && sink_->is_open(); }

private:
    std::shared_ptr<EventSink> sink_;  // shared with the connection, which may outlive or precede it
};

/// What is behind a Responder: the connection, or a test.
class Exchange {
public:
    virtual ~Exchange() = default;
    virtual void respond(Response response) = 0;
    virtual std::shared_ptr<EventSink> open_events(Response head) = 0;
};

/// The right to answer one request. May be moved and copied to other threads; the first answer counts and later ones
/// are ignored. When all copies are gone without one, the answer is 500.
class Responder {
public:
    explicit Responder(std::shared_ptr<Exchange> exchange);

    void respond(Response response) const;
    void operator()(Response response) const { respond(std::move(response)); }
    /// Answers with a stream of events, open until one side closes it. Headers of `head` are sent with it. Comments are
    /// sent as heartbeats.
    EventStream open_events(Response head = {}) const;

private:
    struct Once;
    std::shared_ptr<Once> once_;  // shared by the copies: only one of them may answer
};

}  // namespace convene::http

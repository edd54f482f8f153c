/// What waits to be sent on one stream of events: filled by any thread, emptied by that of the connection.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/responder.hpp"

namespace convene::http {

class EventQueue final : public EventSink {
public:
    /// `wake` is called, on any thread, when there is something to take.
    explicit EventQueue(std::function<void()> wake) : wake_(std::move(wake)) {}
    ~EventQueue() override { finish(); }

    bool send(std::string_view event, std::string_view data) override;
    void close() override;
    void on_closed(std::function<void()> handler) override;
    bool is_open() const override;

    // --- for the connection ---
    /// All that waits, as it is written; empty when nothing does.
    std::string take();
    /// Nothing more comes, and all was taken.
    bool is_done() const;
    /// The connection is over.
    void finish();

private:
    mutable std::mutex mutex_;
    std::function<void()> wake_;
    std::string waiting_;
    std::vector<std::function<void()>> handlers_;
    bool open_ = true;
    bool finished_ = false;
};

/// One event in the form of text/event-stream. Line ends in `event` are left out, those in `data` begin lines.
std::string event_text(std::string_view event, std::string_view data);

}  // namespace convene::http

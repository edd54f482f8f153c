#include "http/event_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "http/options.hpp"

namespace convene::http {

std::string event_text(std::string_view event, std::string_view data) {
    std::string out = "event: ";
    std::copy_if(event.begin(), event.end(), std::back_inserter(out), [](char c) { return c != '\n' && c != '\r'; });
    out += '\n';
    while (true) {
        const auto end = std::min(data.find_first_of("\r\n"), data.size());
        out += "data: ";
        out += data.substr(0, end);
        out += '\n';
        if (end == data.size()) break;
        data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    return out + "\n";
}

bool EventQueue::send(std::string_view event, std::string_view data) {
    {
        const std::lock_guard lock(mutex_);
        if (!open_) return false;
        std::string text = event_text(event, data);
        // A reader that misses events must ask anew, so it is better told by the end of the stream than not at all.
        if (waiting_.size() + text.size() > kEventQueueLimit) open_ = false;
        if (open_) waiting_ += text;
    }
    wake_();
    return is_open();
}

void EventQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        if (!std::exchange(open_, false)) return;
    }
    wake_();
}

void EventQueue::on_closed(std::function<void()> handler) {
    {
        const std::lock_guard lock(mutex_);
        if (!finished_) {
            handlers_.push_back(std::move(handler));
            return;
        }
    }
    handler();
}

bool EventQueue::is_open() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

std::string EventQueue::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

bool EventQueue::is_done() const {
    const std::lock_guard lock(mutex_);
    return !open_ && waiting_.empty();
}

void EventQueue::finish() {
    std::vector<std::function<void()>> handlers;
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(finished_, true)) return;
        open_ = false;
        handlers.swap(handlers_);
    }
    for (auto& handler : handlers) handler();
}

}  // namespace convene::http

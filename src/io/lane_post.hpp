/// Brings what other threads have to say to the thread of an event loop, for as long as that is there.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <mutex>

namespace convene::io {

/// post() may be called from every thread; close() once, by the owner of the event loop. After it nothing is posted.
class LanePost {
public:
    explicit LanePost(boost::asio::io_context& context) : context_(&context) {}

    void post(std::function<void()> what) {
        const std::lock_guard lock(mutex_);
        if (context_ != nullptr) boost::asio::post(*context_, std::move(what));
    }
    void close() {
        const std::lock_guard lock(mutex_);
        context_ = nullptr;
    }

    /// Posts `what` through `post`; shared because answers may come after the owner has gone.
    static std::function<void(std::function<void()>)> executor(std::shared_ptr<LanePost> post) {
        return [post = std::move(post)](std::function<void()> what) { post->post(std::move(what)); };
    }

private:
    std::mutex mutex_;
    boost::asio::io_context* context_;
};

}  // namespace convene::io

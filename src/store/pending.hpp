/// The answer to a change of the store, which comes when the change is durable.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "store/store_error.hpp"

namespace convene::store {

/// Runs what it is given, later, on the owner's thread; called on a thread of the store, and must not wait.
using Executor = std::function<void(std::function<void()>)>;

/// Runs it at once, on the thread that has the answer: for what is quick and may run there.
inline Executor on_this_thread() {
    return [](const std::function<void()>& run) { run(); };
}

/// The value of a change that has none.
struct Done {};

/// Either wait() for it, or say what happens then(); to drop it means not to be interested. Copies share one answer.
template <class T>
class Pending {
public:
    using Callback = std::function<void(Result<T>)>;

    Pending() : state_(std::make_shared<State>()) {}
    /// An answer that is there already.
    explicit Pending(Result<T> answer) : Pending() { resolve(std::move(answer)); }

    /// Blocks until the answer is there; takes it, so once. Not for threads that carry connections.
    Result<T> wait() {
        std::unique_lock lock(state_->mutex);
        state_->ready.wait(lock, [this] { return state_->answer.has_value(); });
        return std::move(*state_->answer);
    }

    /// Has `callback` called once through `post`. Instead of wait(), and once.
    void then(Executor post, Callback callback) {
        std::unique_lock lock(state_->mutex);
        state_->post = std::move(post);
        state_->callback = std::move(callback);
        if (state_->answer) deliver(lock);
    }

    /// For the store: gives the answer, once.
    void resolve(Result<T> answer) {
        std::unique_lock lock(state_->mutex);
        state_->answer = std::move(answer);
        state_->ready.notify_all();
        if (state_->callback) deliver(lock);
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable ready;
        std::optional<Result<T>> answer;
        Executor post;
        Callback callback;
    };

    void deliver(std::unique_lock<std::mutex>& lock) {
        auto post = std::move(state_->post);
        auto callback = std::move(state_->callback);
        auto answer = std::move(*state_->answer);
        lock.unlock();
        post([callback = std::move(callback), answer = std::move(answer)]() mutable { callback(std::move(answer)); });
    }

    std::shared_ptr<State> state_;  // shared by who asks and who answers
};

}  // namespace convene::store

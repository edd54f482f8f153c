#include "store/task_thread.hpp"

#include <utility>

namespace convene::store {

void TaskThread::run(std::function<void()> task) {
    {
        std::lock_guard lock(mutex_);
        if (!stopping_) tasks_.push_back(std::exchange(task, nullptr));
    }
    if (task)
        task();
    else
        wake_.notify_one();
}

void TaskThread::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void TaskThread::work() {
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
            if (tasks_.empty()) return;
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        task();
    }
}

}  // namespace convene::store

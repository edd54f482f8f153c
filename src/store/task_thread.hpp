/// One thread for work that waits for the disk, so that neither the writer nor a conference has to. Private to the
/// room.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace convene::store {

/// Runs tasks in their order. Whoever gives it tasks bounds how many: the blobs being written, the chores asked for.
class TaskThread {
public:
    TaskThread() : thread_([this] { work(); }) {}
    ~TaskThread() { stop(); }
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;

    /// After stop() it runs the task at once, on the caller's thread.
    void run(std::function<void()> task);
    /// Runs what was given, then ends the thread.
    void stop();

private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace convene::store

/// One thread that carries conferences.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <map>
#include <memory>
#include <thread>

#include "io/lane.hpp"
#include "server/conference_host.hpp"
#include "server/handover.hpp"
#include "server/shared.hpp"

namespace convene::server {

/// Everything public may be called from another thread: it is done on the worker's own.
class Worker {
public:
    /// `conference_gone` is called on the worker's thread after a conference has ended.
    Worker(Shared& shared, std::size_t index, std::function<void(const ConferenceStatus&)> conference_gone);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker();  ///< closes everything at once and waits for the thread

    void start();
    /// Begins a conference; a connection for it may follow at once.
    void create(ConferenceStatus status);
    void adopt(Handover handover);
    /// Ends every conference; `done` is called on the worker's thread when none is left.
    void drain(std::function<void()> done);
    /// Runs `use` with the conference, or with nullptr when it is not here any more.
    void with_conference(gcc::ConferenceId id, std::function<void(ConferenceHost*)> use);
    void with_all(std::function<void(ConferenceHost&)> use, std::function<void()> done);
    /// Hands over, on the worker's thread, what its conferences have carried, those that have ended included.
    void measure(std::function<void(const ConferenceTraffic&)> take);
    /// Answers from the worker's thread: proof that it is not stuck.
    void ping(std::function<void()> answer) { boost::asio::post(context_, std::move(answer)); }

private:
    void on_gone(gcc::ConferenceId id);

    Shared& shared_;
    std::size_t index_;
    std::function<void(const ConferenceStatus&)> conference_gone_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    io::Lane lane_;
    std::map<gcc::ConferenceId, std::unique_ptr<ConferenceHost>> hosts_;
    ConferenceTraffic past_;  // of conferences that have ended
    std::function<void()> drained_;
    std::thread thread_;
};

}  // namespace convene::server

#include "server/worker.hpp"

#include <pthread.h>

#include <utility>

#include "gcc/connect_decisions.hpp"

namespace convene::server {

Worker::Worker(Shared& shared, std::size_t index, std::function<void(const ConferenceStatus&)> conference_gone)
    : shared_(shared),
      index_(index),
      conference_gone_(std::move(conference_gone)),
      work_(boost::asio::make_work_guard(context_)),
      lane_(context_, shared.settings.get()->read_block.value) {}

Worker::~Worker() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    // Now nobody else uses what is left.
    hosts_.clear();
}

void Worker::start() {
    thread_ = std::thread([this] {
        static_cast<void>(::pthread_setname_np(::pthread_self(), ("worker-" + std::to_string(index_)).c_str()));
        context_.run();
    });
}

void Worker::create(ConferenceStatus status) {
    boost::asio::post(context_, [this, status = std::move(status)]() mutable {
        const auto id = status.id;
        hosts_.emplace(id, std::make_unique<ConferenceHost>(lane_, shared_, std::move(status), [this, id] {
                           boost::asio::post(context_, [this, id] { on_gone(id); });
                       }));
    });
}

void Worker::adopt(Handover handover) {
    boost::asio::post(context_, [this, handover = std::move(handover)]() mutable {
        const auto found = hosts_.find(handover.conference);
        if (found != hosts_.end()) return found->second->adopt(std::move(handover));
        // It ended while the connection was on its way.
        shared_.log.info(LogEvent::connection_closed,
                         {{"conn", handover.number}, {"why", "the conference has just ended"}});
    });
}

void Worker::on_gone(gcc::ConferenceId id) {
    const auto found = hosts_.find(id);
    if (found == hosts_.end()) return;
    const ConferenceStatus status = found->second->status();
    past_.add_past(found->second->traffic());
    hosts_.erase(found);
    conference_gone_(status);
    if (hosts_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void Worker::drain(std::function<void()> done) {
    boost::asio::post(context_, [this, done = std::move(done)]() mutable {
        if (hosts_.empty()) return done();
        drained_ = std::move(done);
        for (auto& [id, host] : hosts_) host->drain();
    });
}

void Worker::with_conference(gcc::ConferenceId id, std::function<void(ConferenceHost*)> use) {
    boost::asio::post(context_, [this, id, use = std::move(use)] {
        const auto found = hosts_.find(id);
        use(found == hosts_.end() ? nullptr : found->second.get());
    });
}

void Worker::with_all(std::function<void(ConferenceHost&)> use, std::function<void()> done) {
    boost::asio::post(context_, [this, use = std::move(use), done = std::move(done)] {
        for (auto& [id, host] : hosts_) use(*host);
        done();
    });
}

void Worker::measure(std::function<void(const ConferenceTraffic&)> take) {
    boost::asio::post(context_, [this, take = std::move(take)] {
        ConferenceTraffic sum = past_;
        sum.latency = lane_.latency();
        for (const auto& [id, host] : hosts_) sum.add(host->traffic());
        take(sum);
    });
}

}  // namespace convene::server

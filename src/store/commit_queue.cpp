#include "store/commit_queue.hpp"

#include <algorithm>
#include <utility>

namespace convene::store {

void CommitQueue::open_log(ConferenceId conference, EntryIndex last, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    logs_[conference] = Log{last, octets};
}

void CommitQueue::close_log(ConferenceId conference) {
    std::lock_guard lock(mutex_);
    logs_.erase(conference);
    refused_.erase(conference);
}

void CommitQueue::shrink_log(ConferenceId conference, std::uint64_t by_octets) {
    std::lock_guard lock(mutex_);
    auto log = logs_.find(conference);
    if (log != logs_.end()) log->second.octets -= std::min(log->second.octets, by_octets);
}

Expected<EntryIndex, StoreErrc> CommitQueue::refuse_full(ConferenceId conference) {
    ++counts_.refused_full;
    refused_.insert(conference);
    return make_unexpected(StoreErrc::queue_full);
}

Expected<EntryIndex, StoreErrc> CommitQueue::push(ConferenceId conference, Entry&& entry) {
    if (entry.payload.size() > limits_.entry_octets || entry.author.size() > kMaxAuthorOctets)
        return make_unexpected(StoreErrc::too_large);
    const std::size_t octets = entry.payload.size() + entry.author.size();
    bool first = false;
    EntryIndex index;
    {
        std::lock_guard lock(mutex_);
        if (closed_) return make_unexpected(*closed_);
        auto found = logs_.find(conference);
        if (found == logs_.end()) return make_unexpected(StoreErrc::not_found);
        auto& log = found->second;
        if (limits_.log_octets != 0 && log.octets + octets > limits_.log_octets) {
            ++counts_.refused_quota;
            return make_unexpected(StoreErrc::quota);
        }
        if (counts_.waiting_entries >= limits_.queue_entries) return refuse_full(conference);
        // One entry is always let in, however long, so that no limit makes a log stand still.
        if (counts_.waiting_octets > 0 && counts_.waiting_octets + octets > limits_.queue_octets)
            return refuse_full(conference);
        index = EntryIndex{++log.last.value};
        log.octets += octets;
        ++counts_.accepted;
        ++counts_.waiting_entries;
        counts_.waiting_octets += octets;
        first = waiting_.empty();
        waiting_.entries.push_back(QueuedEntry{conference, index, std::move(entry)});
    }
    if (first) wake_.notify_one();
    return index;
}

void CommitQueue::push(std::unique_ptr<Job> job) {
    StoreError refusal;
    {
        std::lock_guard lock(mutex_);
        const std::size_t octets = job->octets();
        if (closed_) {
            refusal = {*closed_, "the store takes no changes any more: " + std::string(name(*closed_))};
        } else if (waiting_.jobs.size() >= limits_.queue_jobs ||
                   (waiting_.job_octets > 0 && waiting_.job_octets + octets > limits_.queue_octets)) {
            refusal = {StoreErrc::queue_full, "too many changes wait for the disk; try again later"};
        } else {
            waiting_.job_octets += octets;
            waiting_.jobs.push_back(std::move(job));
        }
    }
    if (job)
        job->failed(refusal);
    else
        wake_.notify_one();
}

void CommitQueue::push_again(std::unique_ptr<Job> job) {
    {
        std::lock_guard lock(mutex_);
        if (!closed_) waiting_.jobs.push_back(std::move(job));
    }
    if (job)
        job->failed({StoreErrc::closed, "the store is being closed; the rest is done when it is opened again"});
    else
        wake_.notify_one();
}

bool CommitQueue::take(Batch& batch, std::optional<std::chrono::milliseconds> at_most) {
    std::unique_lock lock(mutex_);
    auto something = [this] { return !waiting_.empty() || closed_.has_value(); };
    if (at_most)
        wake_.wait_for(lock, *at_most, something);
    else
        wake_.wait(lock, something);
    if (waiting_.empty()) return !closed_.has_value();
    // Others join the group meanwhile; whoever closes the store does not wait for that.
    if (limits_.gather.count() > 0)
        wake_.wait_for(lock, limits_.gather, [this] { return closed_.has_value() || !waiting_.jobs.empty(); });
    batch.entries.swap(waiting_.entries);
    batch.jobs.swap(waiting_.jobs);
    batch.job_octets = std::exchange(waiting_.job_octets, 0);
    return true;
}

std::vector<ConferenceId> CommitQueue::done(std::size_t entries, std::size_t octets) {
    std::lock_guard lock(mutex_);
    counts_.waiting_entries -= entries;
    counts_.waiting_octets -= octets;
    // At half, so that nobody is called for every single place that becomes free.
    if (refused_.empty() || counts_.waiting_entries > limits_.queue_entries / 2 ||
        counts_.waiting_octets > limits_.queue_octets / 2)
        return {};
    std::vector<ConferenceId> ready(refused_.begin(), refused_.end());
    refused_.clear();
    return ready;
}

void CommitQueue::close(StoreErrc why) {
    std::lock_guard lock(mutex_);
    if (!closed_) closed_ = why;
    wake_.notify_all();
}

CommitQueue::Counts CommitQueue::counts() const {
    std::lock_guard lock(mutex_);
    return counts_;
}

}  // namespace convene::store

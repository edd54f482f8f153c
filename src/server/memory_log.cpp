#include "server/memory_log.hpp"

#include <algorithm>

namespace convene::server {

MemoryLog::MemoryLog(store::Store& store, store::ConferenceId conference, store::Executor post, MemoryLogEvents& events)
    : store_(store), conference_(conference), events_(events) {
    if (const auto record = store.conference(conference)) last_ = durable_ = record->last;
    store_.watch(conference, store::LogWatcher{std::move(post), [this](store::EntryIndex index) { on_durable(index); },
                                               [this] { on_room(); },
                                               [this](const store::StoreError& error) {
                                                   if (error.code == store::StoreErrc::disk_full)
                                                       return events_.on_disk_full(error.message);
                                                   if (!std::exchange(is_stopped_, true))
                                                       events_.on_stopped(error.message);
                                               }});
}

MemoryLog::~MemoryLog() { store_.unwatch(conference_); }

void MemoryLog::append(store::Entry entry, std::optional<DueReceipt> receipt) {
    if (is_stopped_) return;
    if (is_behind_) return lose(entry, receipt, store::StoreErrc::queue_full);
    if (backlog_.empty() && try_append(entry, receipt)) return;
    if (is_stopped_ || is_behind_) return;
    const std::size_t octets = entry.payload.size() + entry.author.size();
    if (backlog_.size() >= kMaxBacklogEntries || backlog_octets_ + octets > kMaxBacklogOctets)
        return lose(entry, receipt, store::StoreErrc::queue_full);
    backlog_octets_ += octets;
    backlog_.push_back({std::move(entry), receipt});
}

/// False when it is to be tried again later, or was lost.
bool MemoryLog::try_append(store::Entry& entry, const std::optional<DueReceipt>& receipt) {
    const auto index = store_.append(conference_, std::move(entry));
    if (index) {
        last_ = *index;
        if (receipt) owe(*index, *receipt);
        return true;
    }
    switch (index.error()) {
        case store::StoreErrc::queue_full:
            return false;
        case store::StoreErrc::quota:
        case store::StoreErrc::too_large:
            lose(entry, receipt, index.error());
            return false;
        default:
            if (!std::exchange(is_stopped_, true)) events_.on_stopped(std::string(store::name(index.error())));
            return false;
    }
}

void MemoryLog::lose(const store::Entry& entry, const std::optional<DueReceipt>& receipt, store::StoreErrc why) {
    if (receipt) lost_.insert({receipt->kind, receipt->to});
    // What waits in memory comes behind the gap; its receipts would claim too much.
    for (const auto& waiting : std::exchange(backlog_, {}))
        if (waiting.receipt) lost_.insert({waiting.receipt->kind, waiting.receipt->to});
    backlog_octets_ = 0;
    static_cast<void>(entry);
    if (!std::exchange(is_behind_, true)) events_.on_behind(why);
}

void MemoryLog::pass(const DueReceipt& receipt) {
    if (is_stopped_) return;
    if (!backlog_.empty()) {
        auto& last = backlog_.back().receipt;
        // One entry carries one receipt; another sender's is owed with its next entry.
        if (last && last->kind == receipt.kind && last->to == receipt.to) last->count = receipt.count;
        return;
    }
    owe(last_, receipt);
}

void MemoryLog::owe(store::EntryIndex after, const DueReceipt& receipt) {
    if (!due_.empty()) {
        Due& newest = due_.back();
        if (newest.after == after && newest.receipt.kind == receipt.kind && newest.receipt.to == receipt.to) {
            newest.receipt.count = std::max(newest.receipt.count, receipt.count);
            return;
        }
    }
    due_.push_back({after, receipt});
}

bool MemoryLog::is_withheld(const DueReceipt& receipt) const {
    return covering_ == receipt.kind || lost_.contains({receipt.kind, receipt.to});
}

void MemoryLog::settle() {
    if (is_stopped_) return;
    std::map<Sender, std::uint32_t> most;
    std::deque<Due> kept;
    while (!due_.empty() && due_.front().after <= durable_) {
        const Due& due = due_.front();
        if (covering_ == due.receipt.kind)
            kept.push_back(due);
        else if (!is_withheld(due.receipt))
            most[{due.receipt.kind, due.receipt.to}] =
                std::max(most[{due.receipt.kind, due.receipt.to}], due.receipt.count);
        due_.pop_front();
    }
    due_.insert(due_.begin(), kept.begin(), kept.end());
    if (most.empty()) return;
    std::vector<DueReceipt> receipts;
    for (const auto& [sender, count] : most) receipts.push_back({sender.first, sender.second, count});
    events_.on_safe(receipts);
}

void MemoryLog::on_durable(store::EntryIndex index) {
    durable_ = index;
    settle();
}

void MemoryLog::on_room() {
    while (!backlog_.empty() && !is_stopped_ && !is_behind_) {
        Waiting& first = backlog_.front();
        const std::size_t octets = first.entry.payload.size() + first.entry.author.size();
        if (!try_append(first.entry, first.receipt)) return;
        backlog_octets_ -= octets;
        backlog_.pop_front();
    }
    if (!is_stopped_) events_.on_room();
}

void MemoryLog::resume(store::EntryKind kind) {
    is_behind_ = false;
    covering_ = kind;
}

void MemoryLog::covered(bool is_durable) {
    if (!covering_) return;
    const auto kind = *std::exchange(covering_, std::nullopt);
    if (is_durable) {
        for (auto sender = lost_.begin(); sender != lost_.end();)
            sender = sender->first == kind ? lost_.erase(sender) : std::next(sender);
    } else {
        is_behind_ = true;
    }
    settle();
}

}  // namespace convene::server

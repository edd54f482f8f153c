#include "store/writer.hpp"

#include <algorithm>
#include <iterator>

namespace convene::store {
namespace {

constexpr std::string_view kInsertEntry =
    "INSERT INTO entries (conference, number, kind, time_ms, author, payload) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view kGrowConference =
    "UPDATE conferences SET last_index = ?2, entries = entries + ?3, octets = octets + ?4,"
    " active_ms = max(active_ms, ?5) WHERE id = ?1";
/// The code of a job that has not failed; jobs themselves never answer with an empty message.
const StoreError kNoError{};

bool ends_the_batch(StoreErrc code) {
    switch (code) {
        case StoreErrc::disk_full:
        case StoreErrc::damaged:
        case StoreErrc::read_only:
        case StoreErrc::io:
        case StoreErrc::in_use:
            return true;
        default:
            return false;
    }
}

}  // namespace

Result<void> Writer::start() {
    CONVENE_TRY(entry, database_.prepare(kInsertEntry));
    CONVENE_TRY(grow, database_.prepare(kGrowConference));
    CONVENE_TRY(exists, database_.prepare("SELECT 1 FROM conferences WHERE id = ?"));
    insert_ = std::move(entry);
    exists_ = std::move(exists);
    grow_ = std::move(grow);
    thread_ = std::thread([this] { work(); });
    return {};
}

void Writer::stop() {
    queue_.close(StoreErrc::closed);
    if (thread_.joinable()) thread_.join();
    drop_between();
}

void Writer::drop_between() {
    std::vector<Between> rest;
    {
        std::lock_guard lock(mutex_);
        ended_ = true;
        rest.swap(between_);
    }
    for (auto& one : rest) one(nullptr);
}

void Writer::run_between(Between work) {
    {
        std::lock_guard lock(mutex_);
        if (!ended_) between_.push_back(std::exchange(work, nullptr));
    }
    if (work) return work(nullptr);
    // An empty change wakes the thread.
    queue_.push(std::make_unique<Change<Done>>([](Connection&) { return Done{}; }, nullptr, Pending<Done>()));
}

Writer::Counts Writer::counts() const {
    std::lock_guard lock(mutex_);
    return counts_;
}

void Writer::work() {
    bool open = true;
    while (open) {
        Batch batch;
        auto at_most = held_.empty() ? std::nullopt : std::optional(limits_.retry);
        open = queue_.take(batch, at_most);
        if (!held_.empty()) {
            // In their old order: what a full disk held came first.
            held_.insert(held_.end(), std::make_move_iterator(batch.entries.begin()),
                         std::make_move_iterator(batch.entries.end()));
            batch.entries.clear();
            if (!open || std::chrono::steady_clock::now() >= next_try_) batch.entries = std::exchange(held_, {});
        }
        if (!held_.empty())
            commit_jobs_alone(batch);
        else if (!batch.empty())
            commit(batch);
        std::vector<Between> between;
        {
            std::lock_guard lock(mutex_);
            between.swap(between_);
        }
        for (auto& work : between) work(&database_);
    }
    if (!held_.empty()) {
        Batch rest;
        rest.entries = std::exchange(held_, {});
        give_up(rest, {StoreErrc::closed, "the store was closed while the disk was full; its last entries are lost"});
    }
    drop_between();
    // The next one to open it has nothing to repeat, and who copies the folder has all in one file.
    static_cast<void>(database_.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
}

void Writer::commit(Batch& batch) {
    bool stopped = false;
    {
        std::lock_guard lock(mutex_);
        stopped = counts_.is_stopped;
    }
    if (stopped) return give_up(batch, {StoreErrc::io, "the store has stopped writing after an error; see the log"});

    std::vector<StoreError> failed(batch.jobs.size(), kNoError);
    Growths growths;
    auto written = write_all(batch, failed, growths);
    if (written) return report(batch, failed, growths);

    if (written.error().code == StoreErrc::disk_full) {
        {
            std::lock_guard lock(mutex_);
            ++counts_.disk_full;
        }
        if (!batch.entries.empty() && !std::exchange(disk_full_told_, true)) watchers_.trouble(written.error());
        held_ = std::exchange(batch.entries, {});
        next_try_ = std::chrono::steady_clock::now() + limits_.retry;
        // A deletion must go through, or the disk would stay full.
        commit_jobs_alone(batch);
        return;
    }
    {
        std::lock_guard lock(mutex_);
        counts_.is_stopped = true;
        counts_.stopped = written.error().code;
    }
    queue_.close(written.error().code);
    watchers_.trouble(written.error());
    give_up(batch, written.error());
}

Result<void> Writer::write_all(Batch& batch, std::vector<StoreError>& failed, Growths& growths) {
    CONVENE_TRY(transaction, Transaction::begin(database_, true));
    if (auto done = write_entries(batch.entries, growths); !done) return done;
    if (auto done = write_jobs(batch, failed); !done) return done;
    return transaction.commit();
}

/// False when the conference has been deleted since.
Result<bool> Writer::insert(const QueuedEntry& queued) {
    const auto& entry = queued.entry;
    insert_.bind(1, queued.conference.value).bind(2, queued.index.value);
    insert_.bind(3, std::int64_t{entry.kind.value}).bind(4, entry.time.value);
    insert_.bind(5, std::string_view(entry.author)).bind(6, ByteView(entry.payload));
    auto done = insert_.run();
    if (done) return true;
    if (done.error().code == StoreErrc::exists) {
        CONVENE_TRY(there, exists_.bind(1, queued.conference.value).step());
        if (!there) return false;
        exists_.reset();
    }
    return make_unexpected(std::move(done).error());
}

Result<void> Writer::write_entries(const std::vector<QueuedEntry>& entries, Growths& growths) {
    for (const auto& queued : entries) {
        CONVENE_TRY(inserted, insert(queued));
        if (!inserted) continue;
        auto& growth = growths[queued.conference];
        growth.last = queued.index;
        growth.entries += 1;
        growth.octets += queued.octets();
        growth.active_ms = std::max(growth.active_ms, queued.entry.time.value);
    }
    for (const auto& [conference, growth] : growths) {
        grow_.bind(1, conference.value).bind(2, growth.last.value).bind(3, growth.entries);
        grow_.bind(4, growth.octets).bind(5, growth.active_ms);
        if (auto done = grow_.run(); !done) return done;
    }
    return {};
}

Result<void> Writer::write_jobs(Batch& batch, std::vector<StoreError>& failed) {
    for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
        if (auto done = database_.execute("SAVEPOINT job"); !done) return done;
        auto ran = batch.jobs[i]->run(database_);
        if (!ran) {
            if (ends_the_batch(ran.error().code)) return ran;
            failed[i] = std::move(ran).error();
            if (auto done = database_.execute("ROLLBACK TO job"); !done) return done;
        }
        if (auto done = database_.execute("RELEASE job"); !done) return done;
    }
    return {};
}

void Writer::commit_jobs_alone(Batch& batch) {
    for (auto& job : batch.jobs) {
        Batch one;
        one.jobs.push_back(std::move(job));
        std::vector<StoreError> failed(1, kNoError);
        Growths none;
        auto written = write_all(one, failed, none);
        if (written)
            answer(one, failed);
        else
            one.jobs.front()->failed(written.error());
    }
}

void Writer::report(Batch& batch, const std::vector<StoreError>& failed, const Growths& growths) {
    std::size_t octets = 0;
    for (const auto& entry : batch.entries) octets += entry.octets();
    if (!batch.entries.empty()) {
        std::lock_guard lock(mutex_);
        ++counts_.groups;
        counts_.durable += batch.entries.size();
        counts_.largest_group = std::max<std::uint64_t>(counts_.largest_group, batch.entries.size());
        disk_full_told_ = false;
    }
    for (const auto& [conference, growth] : growths) watchers_.durable(conference, growth.last);
    for (auto conference : queue_.done(batch.entries.size(), octets)) watchers_.room(conference);
    answer(batch, failed);
}

void Writer::answer(Batch& batch, const std::vector<StoreError>& failed) {
    for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
        auto& job = batch.jobs[i];
        if (!failed[i].message.empty())
            job->failed(failed[i]);
        else if (job->committed())
            queue_.push_again(std::move(job));
    }
}

void Writer::give_up(Batch& batch, const StoreError& error) {
    std::size_t octets = 0;
    for (const auto& entry : batch.entries) octets += entry.octets();
    static_cast<void>(queue_.done(batch.entries.size(), octets));
    if (!batch.entries.empty()) watchers_.trouble(error);
    for (auto& job : batch.jobs) job->failed(error);
}

}  // namespace convene::store

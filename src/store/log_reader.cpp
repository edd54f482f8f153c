#include "store/log_reader.hpp"

#include "store/log_reader_parts.hpp"

namespace convene::store {

LogReader::LogReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LogReader::LogReader(LogReader&&) noexcept = default;
LogReader& LogReader::operator=(LogReader&&) noexcept = default;
LogReader::~LogReader() = default;

const std::optional<Snapshot>& LogReader::snapshot() const { return parts_->snapshot; }

Result<std::vector<StoredEntry>> LogReader::next(std::size_t octets) {
    std::vector<StoredEntry> piece;
    std::size_t filled = 0;
    auto& row = parts_->entries;
    while (parts_->transaction && filled < octets) {
        CONVENE_TRY(there, row.step());
        if (!there) {
            parts_->transaction.reset();  // the end: nothing is held back any more
            break;
        }
        StoredEntry entry;
        entry.index.value = row.count(0);
        entry.entry.kind.value = static_cast<std::uint16_t>(row.integer(1));
        entry.entry.time.value = row.integer(2);
        entry.entry.author = row.text(3);
        entry.entry.payload = to_bytes(row.octets(4));
        filled += entry.entry.payload.size() + entry.entry.author.size() + sizeof(StoredEntry);
        piece.push_back(std::move(entry));
    }
    return piece;
}

Result<void> require_conference(Connection& database, ConferenceId conference) {
    CONVENE_TRY(statement, database.prepare("SELECT 1 FROM conferences WHERE id = ? AND deleted = 0"));
    CONVENE_TRY(there, statement.bind(1, conference.value).step());
    if (!there)
        return failure(StoreErrc::not_found,
                       "there is no conference " + std::to_string(conference.value) + " in the store");
    return {};
}

Result<std::optional<Snapshot>> newest_snapshot(Connection& database, ConferenceId conference) {
    CONVENE_TRY(row, database.prepare("SELECT through, time_ms, payload FROM snapshots WHERE conference = ?"));
    CONVENE_TRY(there, row.bind(1, conference.value).step());
    if (!there) return std::nullopt;
    return Snapshot{EntryIndex{row.count(0)}, UnixMs{row.integer(1)}, to_bytes(row.octets(2))};
}

Result<LogReader> open_log_reader(Readers& readers, ConferenceId conference, EntryIndex from, bool replay) {
    CONVENE_TRY(lease, readers.lend());
    auto parts = std::make_unique<LogReader::Parts>(LogReader::Parts{std::move(lease), {}, {}, {}});
    auto& database = *parts->lease;
    CONVENE_TRY(transaction, Transaction::begin(database, false));
    parts->transaction.emplace(std::move(transaction));
    if (auto there = require_conference(database, conference); !there) return make_unexpected(std::move(there).error());
    if (replay) {
        CONVENE_TRY(snapshot, newest_snapshot(database, conference));
        parts->snapshot = std::move(snapshot);
        if (parts->snapshot && parts->snapshot->through >= from) from.value = parts->snapshot->through.value + 1;
    }
    CONVENE_TRY(entries, database.prepare("SELECT number, kind, time_ms, author, payload FROM entries"
                                          " WHERE conference = ? AND number >= ? ORDER BY number"));
    parts->entries = std::move(entries);
    parts->entries.bind(1, conference.value).bind(2, from.value);
    return LogReader(std::move(parts));
}

}  // namespace convene::store

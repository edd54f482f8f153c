/// How a LogReader is made. Private to the room.
#pragma once

#include "store/log_reader.hpp"
#include "store/readers.hpp"

namespace convene::store {

struct LogReader::Parts {
    Readers::Lease lease;
    std::optional<Transaction> transaction;  // ends before the connection goes back
    Statement entries;
    std::optional<Snapshot> snapshot;
};

/// Starts at `from`; or, with `replay`, with the newest snapshot and behind it, if that is later.
Result<LogReader> open_log_reader(Readers& readers, ConferenceId conference, EntryIndex from, bool replay);

Result<std::optional<Snapshot>> newest_snapshot(Connection& database, ConferenceId conference);
/// not_found unless there is such a conference and it is not deleted.
Result<void> require_conference(Connection& database, ConferenceId conference);

}  // namespace convene::store

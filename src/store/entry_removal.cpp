#include "store/entry_removal.hpp"

#include <vector>

namespace convene::store {

Result<void> EntryRemoval::run(Connection& database) {
    step_ = Step{looked_at_};
    if (looked_at_.value == 0) {
        CONVENE_TRY(through, find_through_(database));
        through_ = through;
    }
    CONVENE_TRY(look, database.prepare("SELECT number, kind, time_ms, length(payload) + length(CAST(author AS BLOB))"
                                       " FROM entries WHERE conference = ? AND number > ? AND number <= ?"
                                       " ORDER BY number LIMIT ?"));
    look.bind(1, conference_.value).bind(2, looked_at_.value).bind(3, through_.value);
    look.bind(4, std::int64_t{kRemovalStep});
    std::vector<EntryIndex> doomed;
    int seen = 0;
    while (true) {
        CONVENE_TRY(row, look.step());
        if (!row) break;
        ++seen;
        EntryFacts facts{EntryIndex{look.count(0)}, EntryKind{static_cast<std::uint16_t>(look.integer(1))},
                         UnixMs{look.integer(2)}};
        step_.last = facts.index;
        if (!doomed_(facts)) continue;
        doomed.push_back(facts.index);
        step_.octets += look.count(3);
    }
    step_.at_end = seen < kRemovalStep;
    step_.entries = doomed.size();
    CONVENE_TRY(remove, database.prepare("DELETE FROM entries WHERE conference = ? AND number = ?"));
    for (auto index : doomed)
        if (auto done = remove.bind(1, conference_.value).bind(2, index.value).run(); !done) return done;
    CONVENE_TRY(shrink,
                database.prepare("UPDATE conferences SET entries = entries - ?, octets = octets - ? WHERE id = ?"));
    return shrink.bind(1, step_.entries).bind(2, step_.octets).bind(3, conference_.value).run();
}

bool EntryRemoval::committed() {
    looked_at_ = step_.last;
    removed_.entries += step_.entries;
    if (progress_ && step_.octets > 0) progress_(step_.octets);
    if (!step_.at_end) return true;
    answer_(removed_);
    return false;
}

}  // namespace convene::store

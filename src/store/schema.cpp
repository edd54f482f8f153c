#include "store/schema.hpp"

#include <string>

namespace convene::store {
namespace {

constexpr const char* kVersion1 = R"(
CREATE TABLE conferences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    residents INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    active_ms INTEGER NOT NULL,
    last_index INTEGER NOT NULL DEFAULT 0,  -- outlives the entry, so that numbers are never given twice
    entries INTEGER NOT NULL DEFAULT 0,
    octets INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0      -- gone for everybody; its entries are being removed
) STRICT;
CREATE UNIQUE INDEX conference_names ON conferences (name) WHERE deleted = 0;

CREATE TABLE entries (
    conference INTEGER NOT NULL REFERENCES conferences (id),
    number INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    author TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (conference, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
    conference INTEGER PRIMARY KEY REFERENCES conferences (id),  -- the newest alone is kept
    through INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
    conference INTEGER NOT NULL REFERENCES conferences (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (conference, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conference INTEGER NOT NULL REFERENCES conferences (id),
    name TEXT NOT NULL,
    octets INTEGER NOT NULL,
    digest BLOB NOT NULL,                   -- SHA-256: the blob of that name holds the content
    author TEXT NOT NULL,
    time_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX files_of_conference ON files (conference);
CREATE INDEX files_with_content ON files (digest);
)";

constexpr const char* kMigrations[] = {kVersion1};

}  // namespace

Migrations migrations() { return kMigrations; }

Result<void> migrate(Connection& connection, Migrations steps) {
    CONVENE_TRY(application, connection.integer("PRAGMA application_id"));
    CONVENE_TRY(found, connection.integer("PRAGMA user_version"));
    CONVENE_TRY(tables, connection.integer("SELECT count(*) FROM sqlite_schema"));
    if (application != kApplicationId && tables > 0)
        return failure(StoreErrc::damaged, "the database was not written by Convene; name another folder");
    const auto wanted = static_cast<std::int64_t>(steps.size());
    if (found > wanted)
        return failure(StoreErrc::newer_schema, "the database has version " + std::to_string(found) +
                                                    ", and this Convene knows versions up to " +
                                                    std::to_string(wanted) +
                                                    "; run the newer Convene that wrote it, or restore a back-up");
    if (tables == 0) {
        // Only a database without tables can be told to give space back.
        const std::string made =
            "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA application_id=" + std::to_string(kApplicationId);
        auto done = connection.execute(made.c_str());
        if (!done) return done;
    }
    for (std::int64_t version = found; version < wanted; ++version) {
        CONVENE_TRY(transaction, Transaction::begin(connection, true));
        auto done = connection.execute(steps[static_cast<std::size_t>(version)]);
        if (!done) return done;
        const std::string stamp = "PRAGMA user_version=" + std::to_string(version + 1);
        done = connection.execute(stamp.c_str());
        if (!done) return done;
        done = transaction.commit();
        if (!done) return done;
    }
    return {};
}

}  // namespace convene::store

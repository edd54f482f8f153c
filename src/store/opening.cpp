#include "store/opening.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "store/schema.hpp"

namespace convene::store {
namespace {

constexpr int kPageOctets = 4096;
constexpr int kKeptLogOctets = 16 << 20;  // of the file of changes, when everything in it is in the database

const char* synchronous(Durability durability) {
    switch (durability) {
        case Durability::full:
            return "PRAGMA synchronous=FULL";
        case Durability::normal:
            return "PRAGMA synchronous=NORMAL";
        case Durability::none:
            return "PRAGMA synchronous=OFF";
    }
    return "PRAGMA synchronous=FULL";
}

/// Cheap for a small database; a large one is checked when somebody asks for it.
Result<void> check_small(Connection& database, const StoreLimits& limits) {
    CONVENE_TRY(pages, database.integer("PRAGMA page_count"));
    if (static_cast<std::uint64_t>(pages) * kPageOctets > limits.check_below) return {};
    CONVENE_TRY(statement, database.prepare("PRAGMA quick_check(1)"));
    CONVENE_TRY(row, statement.step());
    const std::string found = row ? statement.text(0) : "nothing";
    if (found == "ok") return {};
    return failure(StoreErrc::damaged, "the database is damaged (" + found +
                                           "); move the folder away and put the last back-up in its place");
}

}  // namespace

Result<OpenFile> take_folder(const std::string& folder) {
    if (auto made = make_folder(folder); !made) return make_unexpected(std::move(made).error());
    const std::string path = folder + "/lock";
    CONVENE_TRY(lock, OpenFile::open(path, O_RDWR | O_CREAT));
    if (::flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return failure(StoreErrc::in_use,
                           folder + " is in use by another Convene; ask that one (convene admin), or end it first");
        return make_unexpected(system_error(errno, "cannot lock", path));
    }
    for (const char* below : {"/blobs", "/tmp"})
        if (auto made = make_folder(folder + below); !made) return make_unexpected(std::move(made).error());
    return std::move(lock);
}

Result<Connection> open_database(const std::string& path, const StoreLimits& limits) {
    {
        // For its owner alone; the files that SQLite puts beside it are made like it.
        CONVENE_TRY_ALONE(OpenFile::open(path, O_RDWR | O_CREAT));
    }
    CONVENE_TRY(database, Connection::open(path, Connection::Mode::create));
    if (database.read_only())
        return failure(StoreErrc::read_only, path +
                                                 " cannot be written; make the file and its folder writable for the"
                                                 " user that runs Convene");
    if (auto done = migrate(database, migrations()); !done) return make_unexpected(std::move(done).error());
    std::string settings = "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=" + std::to_string(kKeptLogOctets);
    if (limits.database_octets != 0)
        settings += "; PRAGMA max_page_count=" + std::to_string(limits.database_octets / kPageOctets);
    for (const std::string& statement : {settings, std::string(synchronous(limits.durability))})
        if (auto done = database.execute(statement.c_str()); !done) return make_unexpected(std::move(done).error());
    if (auto sound = check_small(database, limits); !sound) return make_unexpected(std::move(sound).error());
    return std::move(database);
}

}  // namespace convene::store

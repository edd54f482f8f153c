#include "store/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace convene::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;  // only a foreign process that looks into the file can make us wait

/// What the system said when the database's file, or the one of its changes, could not be written. What SQLite keeps
/// for the connection is often overwritten by its tidying up.
int errno_of_writing(sqlite3* database) {
    for (int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        sqlite3_file* file = nullptr;
        int error = 0;
        if (sqlite3_file_control(database, "main", which, static_cast<void*>(&file)) != SQLITE_OK) continue;
        if (file == nullptr || file->pMethods == nullptr) continue;
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
        if (error != 0) return error;
    }
    return 0;
}

StoreError error_of(sqlite3* database, int code) {
    int system = database != nullptr ? sqlite3_system_errno(database) : 0;
    if (database != nullptr && (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE))
        system = errno_of_writing(database);
    const char* file = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr;
    const std::string where = file != nullptr && *file != '\0' ? file : "the database";
    const std::string why = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return {StoreErrc::disk_full,
                    where + ": " + why + "; free some space on that disk, or permit a larger database"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {StoreErrc::damaged,
                    where + " is damaged (" + why + "); move the folder away and put the last back-up in its place"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {StoreErrc::read_only,
                    where + ": " + why + "; make the file and its folder writable for the user that runs Convene"};
        case SQLITE_CANTOPEN:
            if (system != 0) return system_error(system, "cannot open", where);
            return {StoreErrc::io, where + ": " + why + "; see that the folder exists and is readable"};
        case SQLITE_IOERR:
            if (system == ENOSPC || system == EDQUOT || system == EFBIG)
                return system_error(system, "cannot write", where);
            return {StoreErrc::io, where + ": " + why + " (SQLite's code " + std::to_string(code) + ", errno " +
                                       std::to_string(system) +
                                       "); see the system's log for what is wrong with that disk"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {StoreErrc::in_use, where + ": " + why + "; end the program that has it open"};
        case SQLITE_TOOBIG:
            return {StoreErrc::too_large, where + ": " + why};
        case SQLITE_CONSTRAINT:
            return {StoreErrc::exists, where + ": " + why};
        default:
            return {StoreErrc::io, where + ": " + why};
    }
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Statement& Statement::bind(int at, std::int64_t value) {
    if (int code = sqlite3_bind_int64(statement_.get(), at, value); code != SQLITE_OK) bind_error_ = code;
    return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
    const char* start = text.data() != nullptr ? text.data() : "";
    if (int code = sqlite3_bind_text64(statement_.get(), at, start, text.size(), SQLITE_STATIC, SQLITE_UTF8);
        code != SQLITE_OK)
        bind_error_ = code;
    return *this;
}

Statement& Statement::bind(int at, ByteView octets) {
    // A null pointer would bind NULL, not nothing.
    const void* start = octets.data() != nullptr ? static_cast<const void*>(octets.data()) : "";
    if (int code = sqlite3_bind_blob64(statement_.get(), at, start, octets.size(), SQLITE_STATIC); code != SQLITE_OK)
        bind_error_ = code;
    return *this;
}

Result<bool> Statement::step() {
    int code = bind_error_ != 0 ? bind_error_ : sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    auto error = error_of(sqlite3_db_handle(statement_.get()), code);
    reset();
    return make_unexpected(std::move(error));
}

Result<void> Statement::run() {
    while (true) {
        auto row = step();
        if (!row) return make_unexpected(std::move(row).error());
        if (!*row) return {};
    }
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    bind_error_ = 0;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::text(int column) const {
    const auto* text = sqlite3_column_text(statement_.get(), column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

ByteView Statement::octets(int column) const {
    const auto* octets = sqlite3_column_blob(statement_.get(), column);
    if (octets == nullptr) return {};
    return {static_cast<const std::byte*>(octets),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Result<Connection> Connection::open(const std::string& path, Mode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* database = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    Connection connection;
    connection.database_.reset(database);
    if (code != SQLITE_OK) return make_unexpected(error_of(database, code));
    sqlite3_busy_timeout(database, kBusyTimeoutMs);
    // What is on disk may have been put there by somebody else.
    auto set = connection.execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON;");
    if (!set) return make_unexpected(std::move(set).error());
    return connection;
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                  &statement, nullptr);
    if (code != SQLITE_OK) return make_unexpected(error(code));
    return Statement(statement);
}

Result<void> Connection::execute(const char* sql) {
    int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return make_unexpected(error(code));
    return {};
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
    CONVENE_TRY(statement, prepare(sql));
    CONVENE_TRY(row, statement.step());
    if (!row) return failure(StoreErrc::not_found, "no row");
    return statement.integer(0);
}

std::int64_t Connection::last_row() const { return sqlite3_last_insert_rowid(database_.get()); }
std::int64_t Connection::changes() const { return sqlite3_changes64(database_.get()); }
bool Connection::read_only() const { return sqlite3_db_readonly(database_.get(), "main") == 1; }
StoreError Connection::error(int code) const { return error_of(database_.get(), code); }

Result<Transaction> Transaction::begin(Connection& connection, bool for_writing) {
    auto begun = connection.execute(for_writing ? "BEGIN IMMEDIATE" : "BEGIN");
    if (!begun) return make_unexpected(std::move(begun).error());
    return Transaction(connection);
}

Transaction::~Transaction() {
    // Some errors have rolled back already; then this one has nothing to do.
    if (connection_ != nullptr && sqlite3_get_autocommit(connection_->handle()) == 0)
        static_cast<void>(connection_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
    auto done = connection_->execute("COMMIT");
    if (!done) return done;
    connection_ = nullptr;
    return {};
}

}  // namespace convene::store

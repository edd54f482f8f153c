/// SQLite as this room uses it: a connection, a statement, and errors as values. Private to the room.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "store/store_error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace convene::store {

class Connection;

/// One prepared statement; must not outlive its connection. Views of columns end with the next step.
class Statement {
public:
    Statement() = default;

    /// Parameters count from 1. An error in binding shows in the next step.
    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, std::uint64_t value) { return bind(at, static_cast<std::int64_t>(value)); }
    /// The octets must live until the next reset().
    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, ByteView octets);

    /// True: there is a row. False: it is done, and reset.
    Result<bool> step();
    /// To the end, for statements whose rows do not matter.
    Result<void> run();
    void reset();

    /// Columns count from 0.
    std::int64_t integer(int column) const;
    std::uint64_t count(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    std::string text(int column) const;
    ByteView octets(int column) const;

private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bind_error_ = 0;
};

/// One connection; used by one thread at a time.
class Connection {
public:
    enum class Mode : std::uint8_t { read, write, create };
    static Result<Connection> open(const std::string& path, Mode mode);

    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters, rows ignored.
    Result<void> execute(const char* sql);
    /// The first column of the first row; not_found when there is no row.
    Result<std::int64_t> integer(std::string_view sql);

    std::int64_t last_row() const;
    std::int64_t changes() const;  ///< rows that the last statement changed
    bool read_only() const;
    sqlite3* handle() const { return database_.get(); }
    /// What the last error of this connection was, for `code`.
    StoreError error(int code) const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

/// BEGIN at the start; ROLLBACK at the end unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection, bool for_writing);
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

}  // namespace convene::store

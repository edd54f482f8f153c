/// Connections for reading, lent to one reader at a time. Private to the room.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite.hpp"

namespace convene::store {

inline constexpr std::size_t kMaxReaders = 64;     ///< connections lent at one time; more are refused
inline constexpr std::size_t kMaxIdleReaders = 4;  ///< kept open for the next

class Readers {
public:
    explicit Readers(std::string database) : database_(std::move(database)) {}

    /// Gives its connection back at its end, which must come before the end of the Readers.
    class Lease {
    public:
        Lease() = default;
        Lease(Readers& from, std::unique_ptr<Connection> connection)
            : from_(&from), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

    private:
        Readers* from_ = nullptr;
        std::unique_ptr<Connection> connection_;
    };

    Result<Lease> lend();

private:
    std::string database_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t lent_ = 0;
};

}  // namespace convene::store

/// Reads what a conference was and what happened since, in pieces, as of one moment.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "store/records.hpp"
#include "store/store_error.hpp"

namespace convene::store {

inline constexpr std::size_t kReadPiece = 256 * 1024;  ///< octets of entries in one piece

/// Made by Store, which must outlive it. One thread at a time. What is appended meanwhile is not seen: read again from
/// there. While it lives the database's log of changes cannot be shortened, so it should not be kept.
class LogReader {
public:
    struct Parts;
    explicit LogReader(std::unique_ptr<Parts> parts);
    LogReader(LogReader&&) noexcept;
    LogReader& operator=(LogReader&&) noexcept;
    ~LogReader();

    /// The newest snapshot, for a replay of a conference that has one.
    const std::optional<Snapshot>& snapshot() const;
    /// The next entries in their order, as many as have `octets` octets together, at least one; none at the end.
    Result<std::vector<StoredEntry>> next(std::size_t octets = kReadPiece);

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace convene::store

/// What can go wrong with the memory of conferences: a kind for programs, and a sentence with cause and remedy for
/// people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace convene::store {

enum class StoreErrc : std::uint8_t {
    not_found,     ///< no such conference, file, blob or setting
    exists,        ///< the name is taken
    bad_argument,  ///< what was asked for makes no sense, such as a snapshot of entries that do not exist yet
    too_large,     ///< one entry, name or snapshot is longer than its limit
    quota,         ///< the conference or the whole store holds as much as it may
    queue_full,    ///< the disk does not keep up: more is waiting to become durable than may wait
    disk_full,     ///< no space left on the device, or the largest permitted database
    read_only,     ///< files or folders that must be writable are not
    in_use,        ///< another process, or another object of this one, has the store open
    newer_schema,  ///< written by a newer Convene
    damaged,       ///< what is on disk is not what was written
    io,            ///< the operating system reports an error
    closed,        ///< the store is being closed
};

/// The name of a kind of error, as it stands in logs and metrics: "disk_full".
std::string_view name(StoreErrc code);

struct StoreError {
    StoreErrc code{};
    std::string message;  ///< cause and remedy, one or two sentences, without a final full stop
};

template <class T>
using Result = Expected<T, StoreError>;

inline auto failure(StoreErrc code, std::string message) {
    return make_unexpected(StoreError{code, std::move(message)});
}

/// The error of a system call on `path`; `error` is errno. "No space left" becomes disk_full, "permission denied"
/// read_only.
StoreError system_error(int error, std::string_view doing, std::string_view path);

}  // namespace convene::store

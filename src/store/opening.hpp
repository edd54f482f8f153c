/// The steps of opening a store. Private to the room.
#pragma once

#include "store/disk.hpp"
#include "store/options.hpp"
#include "store/sqlite.hpp"

namespace convene::store {

/// Makes the folders and takes the lock that keeps others out for as long as the file is open.
Result<OpenFile> take_folder(const std::string& folder);
/// The writer's connection to a database that is sound and has today's tables.
Result<Connection> open_database(const std::string& path, const StoreLimits& limits);

}  // namespace convene::store

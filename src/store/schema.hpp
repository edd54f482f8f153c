/// The tables of the database and how older ones become today's. Private to the room.
#pragma once

#include <span>

#include "store/sqlite.hpp"

namespace convene::store {

/// "Conv": tells a database of ours from anybody else's. (SQLite's application_id.)
inline constexpr int kApplicationId = 0x436F6E76;

/// SQL that turns version n into n + 1, where n is its place in the list. Never changed once released, only added to.
using Migrations = std::span<const char* const>;
Migrations migrations();

/// Makes a new database, or brings an older one up to date, each step in a transaction of its own.
/// newer_schema when the file comes from a newer Convene; damaged when it is something else altogether.
Result<void> migrate(Connection& connection, Migrations steps);

}  // namespace convene::store

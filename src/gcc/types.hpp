/// All types of which GCC messages are composed. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include "gcc/conference_types.hpp"  // IWYU pragma: export
#include "gcc/credentials.hpp"       // IWYU pragma: export
#include "gcc/key.hpp"               // IWYU pragma: export
#include "gcc/names.hpp"             // IWYU pragma: export
#include "gcc/network_address.hpp"   // IWYU pragma: export
#include "gcc/numbers.hpp"           // IWYU pragma: export
#include "gcc/records.hpp"           // IWYU pragma: export
#include "gcc/registry_types.hpp"    // IWYU pragma: export

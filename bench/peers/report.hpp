/// The results in the forms that people and programs read.
#pragma once

#include <string>

#include "bench/peers/results.hpp"

namespace convene::bench::peers {

std::string table_of(const Results& results);
std::string json_of(const Results& results);

}  // namespace convene::bench::peers

/// The program, apart from its process.
#pragma once

#include "cli/context.hpp"

namespace convene::cli {

/// `argv` as main() gets it. Returns the exit code.
int run(int argc, const char* const* argv, Streams& streams);

}  // namespace convene::cli

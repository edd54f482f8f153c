#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace convene {

void check_failed(const char* condition, const char* message, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: internal error: %s (%s)\n", file, line, message, condition);
    std::abort();
}

}  // namespace convene

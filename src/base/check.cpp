#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace convene {

void check_failed(const char* condition, const char* message, const char* file, int line) {
    // Not printf(), which would be a fiftieth of the program that a browser loads.
    const std::string where = std::string(file) + ':' + std::to_string(line);
    std::fputs((where + ": internal error: " + message + " (" + condition + ")\n").c_str(), stderr);
    std::abort();
}

}  // namespace convene

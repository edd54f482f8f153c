#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace convene {

void check_failed(const char* condition, const char* message, const char* file, int line) {
#if defined(__OPTIMIZE_SIZE__)
    // The words of all conditions would be a hundredth of the program that a browser loads.
    (void)condition, (void)file, (void)line;
    std::fputs((std::string("internal error: ") + message + '\n').c_str(), stderr);
#else
    // Not printf(), which would be a fiftieth of it.
    const std::string where = std::string(file) + ':' + std::to_string(line);
    std::fputs((where + ": internal error: " + message + " (" + condition + ")\n").c_str(), stderr);
#endif
    std::abort();
}

}  // namespace convene

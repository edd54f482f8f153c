#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/run.hpp"

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    convene::cli::Streams streams{std::cin,
                                  std::cout,
                                  std::cerr,
                                  isatty(STDIN_FILENO) != 0,
                                  isatty(STDOUT_FILENO) != 0,
                                  isatty(STDERR_FILENO) != 0,
                                  [](const char* name) -> const char* { return std::getenv(name); },
                                  true};
    return convene::cli::run(argc, argv, streams);
}

/// What the command line of the benchmark says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/peers/work.hpp"

namespace convene::bench::peers {

struct Options {
    bool quick = false;             ///< one work only
    bool comparisons = false;       ///< nothing but Convene beside itself
    std::optional<Work> work;       ///< this one only, and nothing but deliveries
    std::vector<std::string> only;  ///< servers; none: all
    std::string convene = "build/release/convene";
    std::vector<std::string> under;  ///< what the program under test is run by: a program and its arguments
    std::string json;                ///< file to write, or none
    std::string svg;                 ///< likewise
    std::string document;            ///< file that has the markers between which the report goes, or none
    int repetitions = 3;
    double seconds = 0.4;             ///< of each repetition
    std::optional<std::size_t> idle;  ///< nothing but the memory, with so many connections
};

/// Nothing, after a message, when the words make no sense; ends the program after --help.
std::optional<Options> read_options(int count, char** words);

}  // namespace convene::bench::peers

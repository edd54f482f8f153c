/// What tests look at in records.
#pragma once

#include <string>
#include <vector>

#include "dissect/print.hpp"
#include "dissect/record.hpp"

namespace convene::dissect::testing {

inline std::string text_of(const Records& records) {
    std::string out;
    for (const Record& record : records) out += to_text(record);
    return out;
}

inline std::vector<std::string> names_of(const Records& records) {
    std::vector<std::string> out;
    for (const Record& record : records) out.push_back(record.name);
    return out;
}

}  // namespace convene::dissect::testing

/// Figures as people read them.
#pragma once

#include <string>

namespace convene::bench::peers {

/// Three digits that count and a unit: "45.6 M", "0.142 M".
std::string millions(double value);
std::string percent(double share);             ///< "53 %", "0.4 %"
std::string times(double ratio);               ///< "1.87"
std::string milliseconds(double nanoseconds);  ///< "0.093", "6.36"
std::string kibibytes(double octets);
std::string size_name(std::size_t octets);  ///< "64 B", "16 KiB"

}  // namespace convene::bench::peers

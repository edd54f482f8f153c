/// Time as the machines see it: always a parameter, never read from a clock inside.
#pragma once

#include <chrono>

namespace convene {

using Instant = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

}  // namespace convene

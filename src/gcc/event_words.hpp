/// Words for what happened in a conference, as logs and programs read them: stable, lower case, with hyphens.
#pragma once

#include <string_view>

#include "gcc/conference_events.hpp"

namespace convene::gcc {

std::string_view word_for(Ended::Why why);

}  // namespace convene::gcc

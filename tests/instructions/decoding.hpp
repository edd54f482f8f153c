/// Decoding by the schema, of what travels most and of what is largest.
#pragma once

#include <cstddef>

namespace convene::instructions {

void decode_data(std::size_t count);
void decode_join_request(std::size_t count);
void decode_stroke(std::size_t count);

}  // namespace convene::instructions

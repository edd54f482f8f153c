/// The OpenAPI description of the JSON interface, docs/api/openapi.json, as it was when the program was built.
#pragma once

#include <string_view>

namespace convene::server {

std::string_view api_document();

}  // namespace convene::server

/// Values of described types as JSON and back; json_codec.hpp says how each type looks. Nothing here throws.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "asn1/json_codec.hpp"

namespace convene::asn1 {

template <class T>
Json to_json(const T& value) {
    Json out;
    json_put(out, ByType{}, value);
    return out;
}

/// Everything but absent optional members must be there, and nothing else may.
template <class T>
Expected<T, JsonError> from_json(const Json& in) {
    json::Reader reader;
    Expected<T, JsonError> out{};
    if (!json_get(reader, in, ByType{}, *out)) return tl::make_unexpected(reader.error());
    return out;
}

/// JSON from text; an error without a path when it is none.
Expected<Json, JsonError> parse_json(std::string_view text);

}  // namespace convene::asn1

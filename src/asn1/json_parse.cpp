#include "asn1/json.hpp"

namespace convene::asn1 {

Expected<Json, JsonError> parse_json(std::string_view text) {
    Json out = Json::parse(text, nullptr, false);
    if (out.is_discarded()) return tl::make_unexpected(JsonError{{}, "not JSON"});
    return out;
}

}  // namespace convene::asn1

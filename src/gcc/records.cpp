#include "gcc/records.hpp"

namespace convene::gcc {

std::string to_string(const SessionKey& key) {
    std::string out = to_string(key.application_protocol_key);
    if (key.session_id) out += "/" + std::to_string(key.session_id->value);
    return out;
}

bool SessionKeyOrder::operator()(const SessionKey& left, const SessionKey& right) const {
    const KeyOrder before;
    if (before(left.application_protocol_key, right.application_protocol_key)) return true;
    if (before(right.application_protocol_key, left.application_protocol_key)) return false;
    return left.session_id < right.session_id;
}

std::string to_string(const CapabilityId& id) {
    if (const auto* number = std::get_if<StandardCapability>(&id)) return std::to_string(*number);
    return to_string(std::get<Key>(id));
}

bool CapabilityIdOrder::operator()(const CapabilityId& left, const CapabilityId& right) const {
    if (left.index() != right.index()) return left.index() < right.index();
    if (const auto* number = std::get_if<StandardCapability>(&left))
        return *number < std::get<StandardCapability>(right);
    return KeyOrder{}(std::get<Key>(left), std::get<Key>(right));
}

}  // namespace convene::gcc

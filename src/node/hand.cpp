#include "node/hand.hpp"

#include <algorithm>

namespace convene::node {

gcc::Key hand_key() { return gcc::h221_key(to_bytes("Convene hand")); }

void raise_hand(gcc::NodeRecord& record) {
    if (has_raised_hand(record)) return;
    if (!record.user_data) record.user_data.emplace();
    record.user_data->push_back(gcc::UserDataItem{hand_key(), std::nullopt});
}

bool has_raised_hand(const gcc::NodeRecord& record) {
    if (!record.user_data) return false;
    const auto& items = *record.user_data;
    const auto key = hand_key();
    return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.key == key; });
}

}  // namespace convene::node

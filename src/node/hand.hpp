/// A raised hand. T.124 has none, so it stands as user data of our own in a node's record, which every roster carries.
#pragma once

#include "gcc/records.hpp"

namespace convene::node {

/// The H.221 key of the item, which has no data.
gcc::Key hand_key();
void raise_hand(gcc::NodeRecord& record);
bool has_raised_hand(const gcc::NodeRecord& record);

}  // namespace convene::node

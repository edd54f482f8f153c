/// TPDUs of X.224 class 0 as records.
#pragma once

#include "dissect/origin.hpp"
#include "dissect/record.hpp"
#include "t123/tpdu.hpp"

namespace convene::dissect {

/// `frame` is the whole TPKT frame that `tpdu` was read from.
Record dissect_tpdu(const t123::Tpdu& tpdu, ByteView frame, const Origin& origin, bool round_trip);

}  // namespace convene::dissect

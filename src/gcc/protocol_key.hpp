/// When two keys name the same application protocol although their octets differ.
#pragma once

#include "gcc/key.hpp"

namespace convene::gcc {

/// Keys are compared whole; but of two object identifiers one may end in the arcs 0 1 (version 1) where the other
/// leaves them out, as implementations do differ in that. Sessions are never merged by this: it serves to recognise a
/// protocol.
bool same_protocol(const Key& left, const Key& right);

}  // namespace convene::gcc

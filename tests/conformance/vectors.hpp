/// The test vectors of tests/data, shared by the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "asn1/json.hpp"
#include "catalogue/catalogue.hpp"

namespace convene::conformance {

struct Vector {
    std::string name;
    std::string type;  ///< "MODULE.Type"
    catalogue::Rule rule;
    asn1::Json value;
    Bytes octets;
};

/// All of tests/data/vectors-t12x.json; fails the running test when it cannot be read.
std::vector<Vector> read_vectors();

/// Whether two JSON values mean the same. A CHOICE of NULLs may be written "name" or {"name": null}, and an empty
/// list as an empty object.
bool same_value(const asn1::Json& left, const asn1::Json& right);

}  // namespace convene::conformance

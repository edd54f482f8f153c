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

inline constexpr const char* kCoreVectors = "tests/data/vectors-t12x.json";        ///< T.125 and T.124
inline constexpr const char* kWhiteboardVectors = "tests/data/vectors-t126.json";  ///< T.126

/// All of a file; fails the running test when it cannot be read.
std::vector<Vector> read_vectors(const char* path = kCoreVectors);

/// The type of a vector; fails the running test when the catalogue has none of that name.
const catalogue::TypeEntry& type_of(const std::string& name);

/// Encodes the value and decodes the octets of a vector, and fails the running test where one is not the other.
void expect_both_ways(const Vector& vector);

/// Whether two JSON values mean the same. A CHOICE of NULLs may be written "name" or {"name": null}, and an empty
/// list as an empty object.
bool same_value(const asn1::Json& left, const asn1::Json& right);

}  // namespace convene::conformance

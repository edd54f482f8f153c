/// Finds the types of the standards' ASN.1 modules by name: for dissecting, for fuzzing and for the conformance tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalogue/type_entry.hpp"

namespace convene::catalogue {

/// Every type, module after module.
std::vector<const TypeEntry*> all_types();

/// "MODULE.Type".
std::string full_name(const TypeEntry& entry);

struct Found {
    const TypeEntry* entry = nullptr;  ///< null when there is no such type, or more than one
    std::vector<std::string> near;     ///< then the names that may have been meant, best first
};

/// By "MODULE.Type", or by "Type" alone where only one module has it.
Found find_type(std::string_view name);

}  // namespace convene::catalogue

/// Makes the names of received files harmless, and writes names as peers expect them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "files/file_header.hpp"

namespace convene::files {

/// A name that can be shown and used in a directory of the owner's choice.
struct FileName {
    std::string text;      ///< UTF-8, 1 to 255 octets, one path component on every common system
    bool altered = false;  ///< it is not what the peer sent: to be shown

    friend bool operator==(const FileName&, const FileName&) = default;
};

/// What became of a name from outside: the part behind the last `/`, `\` or `:`; without control characters, characters
/// that reverse the direction of writing or are invisible, and those that Windows forbids; without dots and spaces at
/// its end; not a name that Windows keeps for a device; at most 255 octets, its extension kept. What is nothing after
/// that is called "unnamed". Octets are read as UTF-8 if they are that, else as ISO 8859-1; zeros at the end are no
/// part of it.
FileName harmless_name(ByteView octets);

/// Of a header: the last component of the file name, else of the path name.
FileName name_of(const FileHeader& header);

/// The octets that say `name` (UTF-8) in a header: ISO 8859-1 where that can be done and is not mistaken for UTF-8.
Bytes name_octets(std::string_view name);

/// A filename attribute with one component.
std::vector<GraphicString> filename_of(std::string_view name);

}  // namespace convene::files

/// Directory-Request and -Response, with names made harmless on the way in.
#pragma once

#include <vector>

#include "files/outputs.hpp"

namespace convene::files {

/// At most kMaxDirectoryEntries and kMaxDirectoryOctets of them; the rest is left out.
DirectoryResponse directory_response(DirectoryResult result, const std::vector<DirectoryLine>& lines);
DirectoryListed listed(UserId from, const DirectoryResponse& pdu);
DirectoryAsked asked(UserId from, const DirectoryRequest& pdu);
/// `path` in UTF-8; none is the default directory.
DirectoryRequest directory_request(const std::vector<std::string>& path);

}  // namespace convene::files

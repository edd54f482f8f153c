/// Names and opens the files that captures go to.
#pragma once

#include <memory>
#include <string>

#include "base/expected.hpp"
#include "io/capture.hpp"

namespace convene::server {

/// A new file DIRECTORY/20261122T231500-WHAT.pcap; the directory is made when it is missing. The error is a sentence.
Expected<std::shared_ptr<io::CaptureFile>, std::string> open_capture(const std::string& directory,
                                                                     const std::string& what, std::uint64_t limit);

}  // namespace convene::server

/// Dates of files as headers write them: GeneralizedTime. X.680 §46.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace convene::files {

/// Seconds since 1970-01-01T00:00:00Z.
using FileTime = std::int64_t;

/// "YYYYMMDDHHMMSSZ"; a year before 0 or after 9999 gives nothing.
std::optional<std::string> to_generalized_time(FileTime time);
/// Also with fractions, an offset such as +0130, without a zone (taken as UTC), and without seconds or minutes.
std::optional<FileTime> from_generalized_time(std::string_view text);

}  // namespace convene::files

/// A file of this machine that is read to be sent.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "cli/descriptor.hpp"
#include "files/file_time.hpp"

namespace convene::cli {

/// Stays open, so that it can be read to its end even when its name is gone.
class SourceFile {
public:
    /// The error is a phrase. Only what is a file is opened: no directory, no device, no pipe.
    static Expected<SourceFile, std::string> open(const std::string& path);

    std::uint64_t size() const { return static_cast<std::uint64_t>(status_.st_size); }
    files::FileTime modified() const { return status_.st_mtim.tv_sec; }
    /// Exactly that part. An error, a phrase, also when the file is not any more what it was when it was opened.
    Expected<Bytes, std::string> read(std::uint64_t offset, std::size_t size) const;

private:
    Descriptor descriptor_;
    struct stat status_ {};
};

}  // namespace convene::cli

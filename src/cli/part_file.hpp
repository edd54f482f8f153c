/// A file that is arriving: hidden until it is whole, then there under its name without replacing anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "cli/descriptor.hpp"
#include "files/file_time.hpp"

namespace convene::cli {

/// ".NAME.part" in a directory. Removed with the object, unless keep() was successful.
class PartFile {
public:
    /// `name` is one component; anything that would lead out of the directory is an error. Errors are phrases.
    static Expected<PartFile, std::string> create(const std::string& directory, std::string name);
    PartFile(PartFile&&) noexcept = default;
    PartFile& operator=(PartFile&& other) noexcept;
    ~PartFile() { discard(); }

    Expected<void, std::string> write(std::uint64_t offset, ByteView octets);
    /// Everything that was written is on the disk.
    Expected<void, std::string> sync();
    /// The file is whole with `octets`: on the disk, dated, and named. Its path, in which the name has a number when
    /// there was a file of that name: "plan (2).pdf".
    Expected<std::string, std::string> keep(std::uint64_t octets, std::optional<files::FileTime> modified);

private:
    PartFile() = default;
    void discard();

    std::string path_;  ///< of the directory, as it was given
    std::string name_;
    std::string hidden_;
    Descriptor directory_;
    Descriptor file_;
};

/// What a name becomes for its `number`-th file, from 2: in front of the extension, at most 255 octets.
std::string numbered_name(const std::string& name, unsigned number);

/// Octets that may still be written in a directory; nothing when that is unknown.
std::optional<std::uint64_t> free_space(const std::string& directory);

}  // namespace convene::cli

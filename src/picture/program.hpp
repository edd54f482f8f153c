/// Runs a program over a file in a folder of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/expected.hpp"

namespace convene::picture {

/// A new folder that nobody else may read, removed with all that is in it at the end. Empty path: there was no room.
class ScratchFolder {
public:
    ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Runs `words` with at most `seconds` of CPU time and as many of the clock, and 1 GiB of memory, without the standard
/// streams of this process, and waits. The error tells which Debian `package` has the program, that it took too long,
/// or what it last said.
Expected<void, std::string> run_program(const std::vector<std::string>& words, const std::string& package,
                                        unsigned seconds, const ScratchFolder& folder);

/// Nothing when it cannot be read.
Expected<Bytes, std::string> read_file(const std::filesystem::path& path);
bool write_file(const std::filesystem::path& path, ByteView octets);

}  // namespace convene::picture

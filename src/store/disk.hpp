/// Files and folders such that what is said to be there is there after the power has failed. Private to the room.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "store/store_error.hpp"

namespace convene::store {

/// An open file; closed at its end.
class OpenFile {
public:
    OpenFile() = default;
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept;
    ~OpenFile();

    static Result<OpenFile> open(const std::string& path, int flags, unsigned mode = 0600);
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

/// All of it, or an error.
Result<void> write_octets(const OpenFile& file, ByteView octets, const std::string& path);
/// What is in the file reaches the disk.
Result<void> sync_file(const OpenFile& file, const std::string& path);
/// The names in the folder reach the disk.
Result<void> sync_folder(const std::string& path);
/// Makes the folder if it is missing, for its owner alone, and its name durable in the one above.
Result<void> make_folder(const std::string& path);
Result<void> rename_path(const std::string& from, const std::string& to);
/// Without the folders "." and ".."; not sorted.
Result<std::vector<std::string>> names_in(const std::string& folder);
/// The size of a regular file; not_found when there is none.
Result<std::uint64_t> size_of(const std::string& path);
/// Creates `path` with these contents, durably.
Result<void> write_file(const std::string& path, ByteView octets);
void remove_file_quietly(const std::string& path);
/// The folder that `path` lies in.
std::string folder_of(const std::string& path);

}  // namespace convene::store

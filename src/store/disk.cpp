#include "store/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

namespace convene::store {

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<OpenFile> OpenFile::open(const std::string& path, int flags, unsigned mode) {
    OpenFile file;
    file.descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (file.descriptor_ < 0) return make_unexpected(system_error(errno, "cannot open", path));
    return file;
}

Result<void> write_octets(const OpenFile& file, ByteView octets, const std::string& path) {
    while (!octets.empty()) {
        auto written = ::write(file.descriptor(), octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return make_unexpected(system_error(errno, "cannot write", path));
        octets = octets.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> sync_file(const OpenFile& file, const std::string& path) {
    if (::fsync(file.descriptor()) != 0) return make_unexpected(system_error(errno, "cannot write", path));
    return {};
}

Result<void> sync_folder(const std::string& path) {
    CONVENE_TRY(folder, OpenFile::open(path, O_RDONLY | O_DIRECTORY));
    return sync_file(folder, path);
}

Result<void> make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) != 0) {
        if (errno == EEXIST) {
            struct stat about {};
            if (::stat(path.c_str(), &about) == 0 && !S_ISDIR(about.st_mode))
                return make_unexpected(system_error(ENOTDIR, "cannot use", path));
            return {};
        }
        return make_unexpected(system_error(errno, "cannot make the folder", path));
    }
    return sync_folder(folder_of(path));
}

Result<void> rename_path(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return make_unexpected(system_error(errno, "cannot make", to));
    return {};
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
    auto close = [](DIR* open) { ::closedir(open); };
    std::unique_ptr<DIR, decltype(close)> open(::opendir(folder.c_str()), close);
    if (!open) return make_unexpected(system_error(errno, "cannot read the folder", folder));
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* one = ::readdir(open.get())) {
        std::string name = one->d_name;
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    if (errno != 0) return make_unexpected(system_error(errno, "cannot read the folder", folder));
    return names;
}

Result<std::uint64_t> size_of(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return make_unexpected(system_error(errno, "cannot read", path));
    if (!S_ISREG(about.st_mode)) return failure(StoreErrc::not_found, path + " is not a file");
    return static_cast<std::uint64_t>(about.st_size);
}

Result<void> write_file(const std::string& path, ByteView octets) {
    CONVENE_TRY(file, OpenFile::open(path, O_WRONLY | O_CREAT | O_EXCL));
    auto written = write_octets(file, octets, path);
    if (written) written = sync_file(file, path);
    if (!written) remove_file_quietly(path);
    return written;
}

void remove_file_quietly(const std::string& path) { ::unlink(path.c_str()); }

std::string folder_of(const std::string& path) {
    auto slash = path.find_last_of('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace convene::store

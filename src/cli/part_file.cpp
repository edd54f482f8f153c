#include "cli/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/utf8.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kMostNameOctets = 255;  // octets, of common file systems
constexpr unsigned kMostNumber = 10'000;      // of files with one name
constexpr unsigned kMostHidden = 100;         // of those that arrive under one name at one time
constexpr mode_t kFileMode = 0666;            // less what the umask takes away
constexpr std::string_view kPart = ".part";

std::string write_error() { return errno == ENOSPC || errno == EDQUOT ? "the disk is full" : std::strerror(errno); }

/// Whether the name still means that file: its owner may have given it another one before the lock was ours.
bool is_still(int directory, const std::string& name, const struct stat& file) {
    struct stat now {};
    return fstatat(directory, name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_dev == file.st_dev &&
           now.st_ino == file.st_ino;
}

/// Renames without replacing. False with EEXIST when there is such a file.
bool rename_new(int directory, const std::string& from, const std::string& to) {
#ifdef RENAME_NOREPLACE
    if (renameat2(directory, from.c_str(), directory, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
#endif
    if (linkat(directory, from.c_str(), directory, to.c_str(), 0) == 0) {
        unlinkat(directory, from.c_str(), 0);
        return true;
    }
    if (errno == EEXIST) return false;
    // File systems without links: whoever makes the name owns it.
    const Descriptor mine(openat(directory, to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
    return mine && renameat(directory, from.c_str(), directory, to.c_str()) == 0;
}

}  // namespace

std::string numbered_name(const std::string& name, unsigned number) {
    const auto dot = name.rfind('.');
    const bool has_extension = dot != std::string::npos && dot > 0;
    const std::string mark = " (" + std::to_string(number) + ")";
    const std::string extension =
        has_extension ? std::string(utf8_prefix(std::string_view(name).substr(dot), kMostNameOctets / 2))
                      : std::string();
    const std::string stem = has_extension ? name.substr(0, dot) : name;
    return std::string(utf8_prefix(stem, kMostNameOctets - mark.size() - extension.size())) + mark + extension;
}

Expected<void, std::string> PartFile::sync() {
    if (fsync(file_.fd()) != 0) return make_unexpected(write_error());
    return {};
}

std::optional<std::uint64_t> free_space(const std::string& directory) {
    struct statvfs status {};
    if (statvfs(directory.c_str(), &status) != 0) return std::nullopt;
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

Expected<PartFile, std::string> PartFile::create(const std::string& directory, std::string name) {
    if (name.empty() || name == "." || name == ".." || name.size() > kMostNameOctets ||
        name.find_first_of(std::string_view("/\0", 2)) != std::string::npos)
        return make_unexpected(std::string("is no name for a file"));
    PartFile out;
    out.path_ = directory;
    out.name_ = std::move(name);
    out.directory_ = Descriptor(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!out.directory_) return make_unexpected(directory + ": " + std::strerror(errno));
    const int fd = out.directory_.fd();
    for (unsigned number = 1; number <= kMostHidden; ++number) {
        const std::string mark = number == 1 ? std::string() : "." + std::to_string(number);
        std::string hidden = "." +
                             std::string(utf8_prefix(out.name_, kMostNameOctets - 1 - mark.size() - kPart.size())) +
                             mark + std::string(kPart);
        Descriptor file(
            openat(fd, hidden.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, kFileMode));
        struct stat status {};
        if (!file && errno != ELOOP && errno != EISDIR && errno != ENXIO && errno != EACCES)
            return make_unexpected(write_error());
        // What a program left behind that was killed is taken over; what one writes to just now is locked.
        const bool is_ours = file && fstat(file.fd(), &status) == 0 && S_ISREG(status.st_mode) &&
                             status.st_nlink == 1 && status.st_uid == geteuid() &&
                             flock(file.fd(), LOCK_EX | LOCK_NB) == 0 && is_still(fd, hidden, status) &&
                             ftruncate(file.fd(), 0) == 0;
        if (!is_ours) continue;
        out.hidden_ = std::move(hidden);
        out.file_ = std::move(file);
        return out;
    }
    return make_unexpected(std::string("too many files of that name are arriving"));
}

PartFile& PartFile::operator=(PartFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(name_, other.name_);
    std::swap(hidden_, other.hidden_);
    std::swap(directory_, other.directory_);
    std::swap(file_, other.file_);
    return *this;
}

void PartFile::discard() {
    if (file_) unlinkat(directory_.fd(), hidden_.c_str(), 0);
    file_ = Descriptor();
}

Expected<void, std::string> PartFile::write(std::uint64_t offset, ByteView octets) {
    for (std::size_t done = 0; done < octets.size();) {
        const ssize_t count =
            pwrite(file_.fd(), octets.data() + done, octets.size() - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return make_unexpected(write_error());
        done += static_cast<std::size_t>(count);
    }
    return {};
}

Expected<std::string, std::string> PartFile::keep(std::uint64_t octets, std::optional<files::FileTime> modified) {
    if (ftruncate(file_.fd(), static_cast<off_t>(octets)) != 0) return make_unexpected(write_error());
    if (modified) {
        const timespec when{static_cast<time_t>(*modified), 0};
        const timespec times[]{when, when};
        futimens(file_.fd(), times);  // a date that the file system cannot hold is no loss
    }
    if (fsync(file_.fd()) != 0) return make_unexpected(write_error());
    for (unsigned number = 1; number <= kMostNumber; ++number) {
        const std::string name = number == 1 ? name_ : numbered_name(name_, number);
        if (rename_new(directory_.fd(), hidden_, name)) {
            fsync(directory_.fd());
            file_ = Descriptor();
            return path_ == "." ? name : path_ + (path_.ends_with('/') ? "" : "/") + name;
        }
        if (errno != EEXIST) return make_unexpected(write_error());
    }
    return make_unexpected(std::string("there are too many files of that name"));
}

}  // namespace convene::cli

#include "cli/source_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace convene::cli {

Expected<SourceFile, std::string> SourceFile::open(const std::string& path) {
    SourceFile out;
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    out.descriptor_ = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!out.descriptor_ || fstat(out.descriptor_.fd(), &out.status_) != 0)
        return make_unexpected(std::string(std::strerror(errno)));
    if (S_ISDIR(out.status_.st_mode)) return make_unexpected(std::string("is a directory; pack it into one file"));
    if (!S_ISREG(out.status_.st_mode)) return make_unexpected(std::string("is not a file"));
    return out;
}

Expected<Bytes, std::string> SourceFile::read(std::uint64_t offset, std::size_t size) const {
    Bytes out(size);
    for (std::size_t done = 0; done < size;) {
        const ssize_t count =
            pread(descriptor_.fd(), out.data() + done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return make_unexpected(std::string(std::strerror(errno)));
        if (count == 0) return make_unexpected(std::string("has become shorter while it was sent"));
        done += static_cast<std::size_t>(count);
    }
    struct stat now {};
    if (fstat(descriptor_.fd(), &now) != 0) return make_unexpected(std::string(std::strerror(errno)));
    if (now.st_size != status_.st_size || now.st_mtim.tv_sec != status_.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec)
        return make_unexpected(std::string("has changed while it was sent"));
    return out;
}

}  // namespace convene::cli

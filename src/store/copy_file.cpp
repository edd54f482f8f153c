#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/chores.hpp"

namespace convene::store {
namespace {

constexpr std::size_t kCopyPiece = 1 << 20;

}  // namespace

StoreError stopped_error() { return {StoreErrc::closed, "the store was closed before this was done"}; }

Result<Copied> copy_file(const std::string& from, const std::string& to, bool link, const std::atomic<bool>& stopping) {
    CONVENE_TRY(size, size_of(from));
    if (link && ::link(from.c_str(), to.c_str()) == 0) return Copied{true, size};
    CONVENE_TRY(source, OpenFile::open(from, O_RDONLY));
    CONVENE_TRY(target, OpenFile::open(to, O_WRONLY | O_CREAT | O_EXCL));
    Bytes piece(kCopyPiece);
    std::uint64_t copied = 0;
    while (true) {
        if (stopping) return make_unexpected(stopped_error());
        auto count = ::read(source.descriptor(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return make_unexpected(system_error(errno, "cannot read", from));
        if (count == 0) break;
        auto written = write_octets(target, ByteView(piece).first(static_cast<std::size_t>(count)), to);
        if (!written) return make_unexpected(std::move(written).error());
        copied += static_cast<std::uint64_t>(count);
    }
    if (auto synced = sync_file(target, to); !synced) return make_unexpected(std::move(synced).error());
    return Copied{false, copied};
}

void remove_folder_quietly(const std::string& path) {
    auto names = names_in(path);
    if (!names) return;
    for (const auto& name : *names) {
        const std::string below = path + "/" + name;
        struct stat about {};
        if (::lstat(below.c_str(), &about) == 0 && S_ISDIR(about.st_mode))
            remove_folder_quietly(below);
        else
            remove_file_quietly(below);
    }
    ::rmdir(path.c_str());
}

}  // namespace convene::store

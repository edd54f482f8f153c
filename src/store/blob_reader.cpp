#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/hex.hpp"
#include "store/blob_writer_parts.hpp"

namespace convene::store {
namespace {

constexpr std::size_t kVerifyPiece = 256 * 1024;

}  // namespace

struct BlobReader::Parts {
    OpenFile file;
    std::string path;
    Sha256Digest digest{};
    std::uint64_t octets = 0;
    std::uint64_t at = 0;  // of read()
    Sha256 hash;

    StoreError damage() const {
        return {StoreErrc::damaged,
                "the content " + to_hex(digest) + " is not what was written; restore " + path + " from a back-up"};
    }
};

BlobReader::BlobReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
BlobReader::BlobReader(BlobReader&&) noexcept = default;
BlobReader& BlobReader::operator=(BlobReader&&) noexcept = default;
BlobReader::~BlobReader() = default;

Result<BlobReader> open_blob_reader(const std::string& path, const Sha256Digest& digest) {
    auto parts = std::make_unique<BlobReader::Parts>();
    CONVENE_TRY(file, OpenFile::open(path, O_RDONLY));
    CONVENE_TRY(size, size_of(path));
    parts->file = std::move(file);
    parts->path = path;
    parts->digest = digest;
    parts->octets = size;
    return BlobReader(std::move(parts));
}

std::uint64_t BlobReader::octets() const { return parts_->octets; }

Result<std::size_t> BlobReader::read_at(std::uint64_t offset, std::span<std::byte> into) {
    std::size_t got = 0;
    while (got < into.size()) {
        auto count =
            ::pread(parts_->file.descriptor(), into.data() + got, into.size() - got, static_cast<off_t>(offset + got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return make_unexpected(system_error(errno, "cannot read", parts_->path));
        if (count == 0) break;
        got += static_cast<std::size_t>(count);
    }
    return got;
}

Result<std::size_t> BlobReader::read(std::span<std::byte> into) {
    auto& p = *parts_;
    if (p.at >= p.octets && p.octets > 0) return std::size_t{0};
    into = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), p.octets - p.at)));
    CONVENE_TRY(got, read_at(p.at, into));
    p.at += got;
    p.hash.update(into.first(got));
    if (got < into.size() || (p.at == p.octets && Sha256(p.hash).finish() != p.digest))
        return make_unexpected(p.damage());
    return got;
}

Result<void> BlobReader::verify() {
    Sha256 hash;
    Bytes piece(kVerifyPiece);
    for (std::uint64_t at = 0;;) {
        CONVENE_TRY(got, read_at(at, piece));
        if (got == 0) break;
        hash.update(ByteView(piece).first(got));
        at += got;
    }
    if (hash.finish() != parts_->digest) return make_unexpected(parts_->damage());
    return {};
}

}  // namespace convene::store

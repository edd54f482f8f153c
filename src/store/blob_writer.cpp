#include <fcntl.h>

#include "store/blob_writer_parts.hpp"

namespace convene::store {
namespace {

/// So often the system is asked to begin writing, so that the flush at the end has little left to do.
constexpr std::uint64_t kBeginWriting = 8 << 20;

}  // namespace

const Sha256Digest& Blob::digest() const { return pin_->digest; }
std::uint64_t Blob::octets() const { return pin_->octets; }

BlobWriter::BlobWriter(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
BlobWriter::BlobWriter(BlobWriter&&) noexcept = default;
BlobWriter& BlobWriter::operator=(BlobWriter&&) noexcept = default;
BlobWriter::~BlobWriter() = default;

void BlobWriter::Parts::abandon() {
    if (path.empty()) return;
    remove_file_quietly(path);
    blobs->ledger().release_in_total(octets);
    blobs->ledger().release_on_shelf(conference, octets);
    path.clear();
    octets = 0;
}

Result<void> BlobWriter::Parts::fail(StoreError why) {
    abandon();
    error = why;
    return make_unexpected(std::move(why));
}

Result<BlobWriter> open_blob_writer(BlobFolder& blobs, TaskThread& disk, ConferenceId conference,
                                    std::uint64_t octet_limit) {
    auto parts = std::make_unique<BlobWriter::Parts>();
    parts->blobs = &blobs;
    parts->disk = &disk;
    parts->conference = conference;
    parts->octet_limit = octet_limit;
    if (auto there = blobs.ledger().reserve(conference, 0); !there) return make_unexpected(std::move(there).error());
    const auto path = blobs.temporary();
    CONVENE_TRY(file, OpenFile::open(path, O_WRONLY | O_CREAT | O_EXCL, 0400));
    parts->file = std::move(file);
    parts->path = path;
    return BlobWriter(std::move(parts));
}

std::uint64_t BlobWriter::octets() const { return parts_ ? parts_->octets : 0; }

Result<void> BlobWriter::write(ByteView octets) {
    if (!parts_) return failure(StoreErrc::bad_argument, "the file was finished already");
    auto& p = *parts_;
    if (p.error) return make_unexpected(*p.error);
    if (p.octet_limit != 0 && p.octets + octets.size() > p.octet_limit)
        return p.fail({StoreErrc::too_large,
                       "the file has more than " + std::to_string(p.octet_limit) + " octets, the most one may have"});
    if (auto reserved = p.blobs->ledger().reserve(p.conference, octets.size()); !reserved)
        return p.fail(std::move(reserved).error());
    p.octets += octets.size();
    p.hash.update(octets);
    if (auto written = write_octets(p.file, octets, p.path); !written) return p.fail(std::move(written).error());
    if (p.octets - p.begun >= kBeginWriting) {
        // Only a hint; the flush at the end is what counts.
        static_cast<void>(::sync_file_range(p.file.descriptor(), static_cast<off64_t>(p.begun),
                                            static_cast<off64_t>(p.octets - p.begun), SYNC_FILE_RANGE_WRITE));
        p.begun = p.octets;
    }
    return {};
}

Pending<Blob> BlobWriter::finish() {
    if (!parts_) return Pending<Blob>(failure(StoreErrc::bad_argument, "the file was finished already"));
    std::shared_ptr<Parts> parts = std::move(parts_);  // shared: what a thread is given must be copyable
    if (parts->error) return Pending<Blob>(make_unexpected(*parts->error));
    Pending<Blob> answer;
    auto* disk = parts->disk;
    disk->run([parts, answer]() mutable { answer.resolve(parts->settle()); });
    return answer;
}

Result<Blob> BlobWriter::Parts::settle() {
    if (auto synced = sync_file(file, path); !synced) {
        abandon();
        return make_unexpected(std::move(synced).error());
    }
    auto placed = blobs->place(path, conference, hash.finish(), octets);
    if (!placed) {
        abandon();
        return make_unexpected(std::move(placed).error());
    }
    return Blob(std::move(*placed));
}

}  // namespace convene::store

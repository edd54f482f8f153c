/// What a BlobWriter consists of. Private to the room.
#pragma once

#include <optional>

#include "store/blob.hpp"
#include "store/blob_folder.hpp"
#include "store/task_thread.hpp"

namespace convene::store {

struct BlobWriter::Parts {
    BlobFolder* blobs = nullptr;
    TaskThread* disk = nullptr;
    ConferenceId conference;
    std::uint64_t octet_limit = 0;
    std::string path;  // empty when it is somebody else's, or gone
    OpenFile file;
    Sha256 hash;
    std::uint64_t octets = 0;  // reserved on the shelf and in the total
    std::uint64_t begun = 0;   // that the system was asked to write
    std::optional<StoreError> error;

    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() { abandon(); }

    void abandon();
    Result<void> fail(StoreError why);
    Result<Blob> settle();
};

Result<BlobWriter> open_blob_writer(BlobFolder& blobs, TaskThread& disk, ConferenceId conference,
                                    std::uint64_t octet_limit);
Result<BlobReader> open_blob_reader(const std::string& path, const Sha256Digest& digest);

}  // namespace convene::store

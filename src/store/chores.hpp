/// The long tasks: they read on a connection of their own, and stop soon when the store is closed. Private to the room.
#pragma once

#include <atomic>

#include "store/blob_folder.hpp"
#include "store/keeping.hpp"
#include "store/readers.hpp"

namespace convene::store {

/// Copies the store to `target`, which must not exist, and is there only when it is complete.
Result<BackupReport> back_up(Readers& readers, const BlobFolder& blobs, const std::string& target,
                             const std::atomic<bool>& stopping);
/// Writes one conference as plain files into the folder `target`, which must not exist.
Result<ExportReport> export_conference(Readers& readers, const BlobFolder& blobs, ConferenceId conference,
                                       const std::string& target, const std::atomic<bool>& stopping);
Result<CheckReport> check(Readers& readers, const BlobFolder& blobs, CheckDepth depth,
                          const std::atomic<bool>& stopping);

/// Copies a whole file, durably except for its name; or, with `link`, gives it a second name where the disk can.
struct Copied {
    bool linked = false;
    std::uint64_t octets = 0;
};
Result<Copied> copy_file(const std::string& from, const std::string& to, bool link, const std::atomic<bool>& stopping);
/// Removes a folder and all in it, as far as that can be done.
void remove_folder_quietly(const std::string& path);
StoreError stopped_error();

}  // namespace convene::store

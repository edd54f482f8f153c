#include "store/blob_folder.hpp"

#include <algorithm>

#include "base/hex.hpp"

namespace convene::store {

std::string BlobFolder::path_below(const std::string& folder, const Sha256Digest& digest) {
    const auto name = to_hex(digest);
    return folder + "/blobs/" + name.substr(0, 2) + "/" + name.substr(2, 2) + "/" + name;
}

Result<void> BlobFolder::make_place(const std::string& folder, const Sha256Digest& digest) {
    const auto lower = folder_of(path_below(folder, digest));
    if (auto made = make_folder(folder_of(lower)); !made) return made;
    return make_folder(lower);
}

Result<std::vector<Sha256Digest>> BlobFolder::all_in(const std::string& folder) {
    std::vector<Sha256Digest> digests;
    const std::string blobs = folder + "/blobs";
    CONVENE_TRY(outer, names_in(blobs));
    for (const auto& first : outer) {
        const std::string upper = blobs + "/" + first;
        CONVENE_TRY(inner, names_in(upper));
        for (const auto& second : inner) {
            std::string lower = upper;
            lower.append("/").append(second);
            CONVENE_TRY(names, names_in(lower));
            for (const auto& name : names) {
                auto octets = from_hex(name);
                Sha256Digest digest;
                if (!octets || octets->size() != digest.size()) continue;  // nothing of ours
                std::copy(octets->begin(), octets->end(), digest.begin());
                digests.push_back(digest);
            }
        }
    }
    return digests;
}

std::string BlobFolder::temporary() { return folder_ + "/tmp/" + std::to_string(next_temporary_++); }

Result<void> BlobFolder::clean() {
    CONVENE_TRY(names, names_in(folder_ + "/tmp"));
    for (const auto& name : names) remove_file_quietly(folder_ + "/tmp/" + name);
    return {};
}

Result<std::shared_ptr<const BlobPin>> BlobFolder::place(std::string& temporary, ConferenceId conference,
                                                         const Sha256Digest& digest, std::uint64_t octets) {
    const auto path = path_of(digest);
    if (auto made = make_place(folder_, digest); !made) return make_unexpected(std::move(made).error());
    bool is_new = true;
    auto move = [&]() -> Result<bool> {
        // A file of another size is damaged; ours takes its place, and was counted with it.
        if (auto there = size_of(path); there) is_new = false;
        if (auto there = size_of(path); there && *there == octets) {
            remove_file_quietly(temporary);
            return false;
        }
        if (auto renamed = rename_path(temporary, path); !renamed) return make_unexpected(std::move(renamed).error());
        return is_new;
    };
    if (auto pinned = ledger_->pin(digest, octets, move); !pinned) return make_unexpected(std::move(pinned).error());
    auto pin = std::make_shared<const BlobPin>(ledger_, conference, digest, octets);
    temporary.clear();
    if (!is_new) ledger_->release_in_total(octets);
    // Also when it was there: whoever put it there may not have come to this line yet.
    if (auto synced = sync_folder(folder_of(path)); !synced) return make_unexpected(std::move(synced).error());
    return pin;
}

Result<std::shared_ptr<const BlobPin>> BlobFolder::pin(ConferenceId conference, const Sha256Digest& digest) {
    std::uint64_t octets = 0;
    auto look = [&]() -> Result<bool> {
        CONVENE_TRY(size, size_of(path_of(digest)));
        octets = size;
        return false;
    };
    if (auto pinned = ledger_->pin(digest, 0, look); !pinned) return make_unexpected(std::move(pinned).error());
    if (auto reserved = ledger_->reserve_on_shelf(conference, octets); !reserved) {
        ledger_->unpin(digest);
        return make_unexpected(std::move(reserved).error());
    }
    return std::make_shared<const BlobPin>(ledger_, conference, digest, octets);
}

Removed BlobFolder::retire(Connection& database, const std::vector<Sha256Digest>& digests,
                           std::vector<std::string>& dead) {
    Removed removed;
    auto row = database.prepare("SELECT 1 FROM files WHERE digest = ? LIMIT 1");
    if (!row) return removed;
    for (const auto& digest : digests) {
        auto referred = row->bind(1, ByteView(digest)).step();
        if (!referred || *referred) {
            row->reset();
            continue;
        }
        const auto path = path_of(digest);
        const auto size = size_of(path);
        auto away = temporary();
        auto move = [&] { return rename_path(path, away).has_value(); };
        if (!ledger_->remove_unpinned(digest, move)) continue;
        dead.push_back(std::move(away));
        removed.blobs += 1;
        removed.blob_octets += size ? *size : 0;
    }
    return removed;
}

}  // namespace convene::store

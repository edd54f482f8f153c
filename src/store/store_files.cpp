// What the store does with files and their contents.
#include "base/hex.hpp"
#include "store/blob_writer_parts.hpp"
#include "store/log_reader_parts.hpp"
#include "store/parts.hpp"

namespace convene::store {
namespace {

Result<FileId> insert_file(Connection& database, ConferenceId conference, const NewFile& file, const Blob& blob,
                           std::size_t limit) {
    if (auto there = require_conference(database, conference); !there) return make_unexpected(std::move(there).error());
    CONVENE_TRY(count, database.prepare("SELECT count(*) FROM files WHERE conference = ?"));
    CONVENE_TRY(row, count.bind(1, conference.value).step());
    if (row && count.count(0) >= limit)
        return failure(StoreErrc::quota, "the conference has " + std::to_string(limit) + " files, as many as it may");
    CONVENE_TRY(insert, database.prepare("INSERT INTO files (conference, name, octets, digest, author, time_ms)"
                                         " VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind(1, conference.value).bind(2, std::string_view(file.name)).bind(3, blob.octets());
    insert.bind(4, ByteView(blob.digest())).bind(5, std::string_view(file.author)).bind(6, file.time.value);
    if (auto done = insert.run(); !done) return make_unexpected(std::move(done).error());
    const FileId id{database.last_row()};
    CONVENE_TRY(touch, database.prepare("UPDATE conferences SET active_ms = max(active_ms, ?) WHERE id = ?"));
    if (auto done = touch.bind(1, file.time.value).bind(2, conference.value).run(); !done)
        return make_unexpected(std::move(done).error());
    return id;
}

FileRecord file_of(const Statement& row) {
    FileRecord file;
    file.id.value = row.integer(0);
    file.name = row.text(1);
    file.octets = row.count(2);
    file.digest = digest_of(row.octets(3));
    file.author = row.text(4);
    file.time.value = row.integer(5);
    return file;
}

}  // namespace

Result<BlobWriter> Store::write_blob(ConferenceId conference) {
    return open_blob_writer(parts_->blobs, parts_->disk, conference, parts_->limits.file_octets);
}

Result<BlobReader> Store::read_blob(const Sha256Digest& digest) {
    return open_blob_reader(parts_->blobs.path_of(digest), digest);
}

Result<Blob> Store::find_blob(ConferenceId conference, const Sha256Digest& digest) {
    CONVENE_TRY(pin, parts_->blobs.pin(conference, digest));
    return Blob(std::move(pin));
}

Pending<FileId> Store::add_file(ConferenceId conference, NewFile file, const Blob& blob) {
    auto& ledger = parts_->blobs.ledger();
    if (file.name.empty() || file.name.size() > kMaxNameOctets || file.author.size() > kMaxAuthorOctets)
        return Pending<FileId>(failure(StoreErrc::too_large, "the name of a file has 1 to " +
                                                                 std::to_string(kMaxNameOctets) +
                                                                 " octets, that of its author up to as many"));
    // The first row takes the place that was reserved while the content was written.
    if (conference != blob.pin().conference || blob.pin().claimed.exchange(true)) {
        if (auto reserved = ledger.reserve_on_shelf(conference, blob.octets()); !reserved)
            return Pending<FileId>(make_unexpected(std::move(reserved).error()));
    }
    auto insert = [conference, file = std::move(file), blob, limit = parts_->limits.files](Connection& database) {
        return insert_file(database, conference, file, blob, limit);
    };
    Pending<FileId> answer;
    auto inserted = [conference, blob, &ledger, answer](Result<FileId> id) mutable {
        if (id)
            ledger.shelved(blob.digest());
        else
            ledger.release_on_shelf(conference, blob.octets());
        answer.resolve(std::move(id));
    };
    parts_->change<FileId>(std::move(insert)).then(on_this_thread(), std::move(inserted));
    return answer;
}

Pending<Removed> Store::remove_file(ConferenceId conference, FileId file) {
    return parts_->remove_files(conference, {file});
}

Pending<Removed> Store::Parts::remove_files(ConferenceId conference, std::vector<FileId> ids) {
    auto lost = std::make_shared<LostFiles>();  // shared by the change and what follows it
    auto remove = [conference, ids = std::move(ids), lost](Connection& database) -> Result<Removed> {
        *lost = {};
        CONVENE_TRY(row, database.prepare("SELECT octets, digest FROM files WHERE id = ? AND conference = ?"));
        CONVENE_TRY(erase, database.prepare("DELETE FROM files WHERE id = ?"));
        for (auto id : ids) {
            CONVENE_TRY(there, row.bind(1, id.value).bind(2, conference.value).step());
            if (!there) return failure(StoreErrc::not_found, "the conference has no file " + std::to_string(id.value));
            const auto octets = row.count(0);
            const auto digest = digest_of(row.octets(1));
            row.reset();
            if (auto done = erase.bind(1, id.value).run(); !done) return make_unexpected(std::move(done).error());
            if (auto noted = lost->note(database, digest, octets); !noted)
                return make_unexpected(std::move(noted).error());
        }
        return lost->removed;
    };
    Pending<Removed> answer;
    change<Removed>(std::move(remove))
        .then(on_this_thread(), [this, conference, lost, answer](Result<Removed> removed) mutable {
            if (!removed) return answer.resolve(std::move(removed));
            files_lost(conference, *lost, answer);
        });
    return answer;
}

Result<void> LostFiles::note(Connection& database, const Sha256Digest& digest, std::uint64_t octets) {
    removed.files += 1;
    shelf_octets += octets;
    CONVENE_TRY(row, database.prepare("SELECT 1 FROM files WHERE digest = ? LIMIT 1"));
    CONVENE_TRY(still_used, row.bind(1, ByteView(digest)).step());
    if (!still_used) contents.emplace_back(digest, octets);
    return {};
}

void Store::Parts::files_lost(ConferenceId conference, const LostFiles& lost, Pending<Removed> answer) {
    blobs.ledger().release_on_shelf(conference, lost.shelf_octets);
    std::vector<Sha256Digest> digests;
    for (const auto& [digest, octets] : lost.contents) {
        blobs.ledger().unshelved(digest, octets);
        digests.push_back(digest);
    }
    if (digests.empty()) return answer.resolve(lost.removed);
    Pending<Removed> retired;
    retire(std::move(digests), retired);
    // Answered then, so that who waits for it finds the space free.
    retired.then(on_this_thread(), [answer, removed = lost.removed](Result<Removed> gone) mutable {
        removed.blobs = gone ? gone->blobs : 0;
        removed.blob_octets = gone ? gone->blob_octets : 0;
        answer.resolve(removed);
    });
}

void Store::Parts::retire(std::vector<Sha256Digest> digests, Pending<Removed> answer) {
    writer->run_between([this, digests = std::move(digests), answer](Connection* database) mutable {
        if (database == nullptr) return answer.resolve(failure(StoreErrc::closed, "the store was closed meanwhile"));
        std::vector<std::string> dead;
        auto removed = blobs.retire(*database, digests, dead);
        disk.run([dead = std::move(dead)] {
            for (const auto& path : dead) remove_file_quietly(path);
        });
        answer.resolve(removed);
    });
}

Result<std::vector<FileRecord>> Store::files(ConferenceId conference) {
    CONVENE_TRY(database, parts_->readers.lend());
    return files_of(*database, conference);
}

Result<std::vector<FileRecord>> files_of(Connection& database, ConferenceId conference) {
    if (auto there = require_conference(database, conference); !there) return make_unexpected(std::move(there).error());
    CONVENE_TRY(row, database.prepare("SELECT id, name, octets, digest, author, time_ms FROM files"
                                      " WHERE conference = ? ORDER BY id"));
    row.bind(1, conference.value);
    std::vector<FileRecord> files;
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return files;
        files.push_back(file_of(row));
    }
}

}  // namespace convene::store

#include <fcntl.h>

#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "base/json_line.hpp"
#include "store/chores.hpp"
#include "store/log_reader_parts.hpp"
#include "store/lost_files.hpp"

namespace convene::store {
namespace {

using nlohmann::json;

/// One line; names and texts may be any octets, and what is no UTF-8 becomes U+FFFD.
std::string line_of(const json& value) { return json_line(value) + "\n"; }

/// A file that is written line by line.
class Lines {
public:
    static Result<Lines> open(const std::string& path) {
        Lines lines;
        CONVENE_TRY(file, OpenFile::open(path, O_WRONLY | O_CREAT | O_EXCL));
        lines.file_ = std::move(file);
        lines.path_ = path;
        return lines;
    }
    Result<void> add(const json& value) {
        waiting_ += line_of(value);
        return waiting_.size() < kReadPiece ? Result<void>{} : flush();
    }
    Result<std::uint64_t> close() {
        if (auto done = flush(); !done) return make_unexpected(std::move(done).error());
        if (auto done = sync_file(file_, path_); !done) return make_unexpected(std::move(done).error());
        return octets_;
    }

private:
    Result<void> flush() {
        octets_ += waiting_.size();
        auto done = write_octets(file_, as_bytes(waiting_), path_);
        waiting_.clear();
        return done;
    }

    OpenFile file_;
    std::string path_, waiting_;
    std::uint64_t octets_ = 0;
};

Result<json> describe(Connection& database, ConferenceId conference) {
    CONVENE_TRY(row, database.prepare("SELECT name, residents, created_ms, active_ms, last_index FROM conferences"
                                      " WHERE id = ? AND deleted = 0"));
    CONVENE_TRY(there, row.bind(1, conference.value).step());
    if (!there) return failure(StoreErrc::not_found, "there is no conference " + std::to_string(conference.value));
    json about{{"format", 1},
               {"name", row.text(0)},
               {"residents", row.integer(1)},
               {"createdMs", row.integer(2)},
               {"activeMs", row.integer(3)},
               {"lastIndex", row.integer(4)},
               {"settings", json::object()}};
    CONVENE_TRY(setting, database.prepare("SELECT key, value FROM settings WHERE conference = ? ORDER BY key"));
    setting.bind(1, conference.value);
    while (true) {
        CONVENE_TRY(more, setting.step());
        if (!more) break;
        about["settings"][setting.text(0)] = setting.text(1);
    }
    CONVENE_TRY(snapshot, newest_snapshot(database, conference));
    if (snapshot) about["snapshot"] = {{"through", snapshot->through.value}, {"timeMs", snapshot->time.value}};
    return about;
}

Result<void> write_log(Connection& database, ConferenceId conference, const std::string& path, ExportReport& report,
                       const std::atomic<bool>& stopping) {
    CONVENE_TRY(lines, Lines::open(path));
    CONVENE_TRY(row, database.prepare("SELECT number, kind, time_ms, author, payload FROM entries WHERE conference = ?"
                                      " ORDER BY number"));
    row.bind(1, conference.value);
    while (true) {
        if (stopping) return make_unexpected(stopped_error());
        CONVENE_TRY(there, row.step());
        if (!there) break;
        auto added = lines.add({{"index", row.integer(0)},
                                {"kind", row.integer(1)},
                                {"timeMs", row.integer(2)},
                                {"author", row.text(3)},
                                {"payload", to_hex(row.octets(4))}});
        if (!added) return added;
        ++report.entries;
    }
    CONVENE_TRY(octets, lines.close());
    report.octets += octets;
    return {};
}

Result<void> write_files(Connection& database, const BlobFolder& blobs, ConferenceId conference,
                         const std::string& folder, ExportReport& report, const std::atomic<bool>& stopping) {
    CONVENE_TRY(files, files_of(database, conference));
    if (auto made = make_folder(folder + "/files"); !made) return made;
    CONVENE_TRY(lines, Lines::open(folder + "/files.jsonl"));
    for (const auto& file : files) {
        // Not its own name, which could be any path.
        const std::string name = "files/" + std::to_string(file.id.value);
        std::string path = folder;
        path.append("/").append(name);
        CONVENE_TRY(copied, copy_file(blobs.path_of(file.digest), path, false, stopping));
        auto added = lines.add({{"path", name},
                                {"name", file.name},
                                {"octets", file.octets},
                                {"sha256", to_hex(file.digest)},
                                {"author", file.author},
                                {"timeMs", file.time.value}});
        if (!added) return added;
        ++report.files;
        report.octets += copied.octets;
    }
    CONVENE_TRY(octets, lines.close());
    report.octets += octets;
    return sync_folder(folder + "/files");
}

Result<ExportReport> fill_export(Connection& database, const BlobFolder& blobs, ConferenceId conference,
                                 const std::string& folder, const std::atomic<bool>& stopping) {
    ExportReport report;
    CONVENE_TRY(moment, Transaction::begin(database, false));
    static_cast<void>(moment);  // to the end of this function
    CONVENE_TRY(about, describe(database, conference));
    if (auto made = make_folder(folder); !made) return make_unexpected(std::move(made).error());
    const auto text = line_of(about);
    auto done = write_file(folder + "/conference.json", as_bytes(text));
    if (done) done = write_log(database, conference, folder + "/log.jsonl", report, stopping);
    if (done) done = write_files(database, blobs, conference, folder, report, stopping);
    if (!done) return make_unexpected(std::move(done).error());
    CONVENE_TRY(snapshot, newest_snapshot(database, conference));
    if (snapshot) done = write_file(folder + "/snapshot", snapshot->payload);
    if (done) done = sync_folder(folder);
    if (!done) return make_unexpected(std::move(done).error());
    report.octets += text.size() + (snapshot ? snapshot->payload.size() : 0);
    return report;
}

}  // namespace

Result<ExportReport> export_conference(Readers& readers, const BlobFolder& blobs, ConferenceId conference,
                                       const std::string& target, const std::atomic<bool>& stopping) {
    if (names_in(target) || size_of(target))
        return failure(StoreErrc::exists, target + " exists already; name a folder that does not");
    const std::string partial = target + ".partial";
    remove_folder_quietly(partial);
    CONVENE_TRY(database, readers.lend());
    blobs.ledger().hold_all();
    auto report = fill_export(*database, blobs, conference, partial, stopping);
    blobs.ledger().let_all_go();
    if (report) {
        auto done = rename_path(partial, target);
        if (done) done = sync_folder(folder_of(target));
        if (!done) report = make_unexpected(std::move(done).error());
    }
    if (!report) remove_folder_quietly(partial);
    return report;
}

}  // namespace convene::store

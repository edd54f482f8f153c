#include "base/hex.hpp"
#include "store/blob_writer_parts.hpp"
#include "store/chores.hpp"
#include "store/lost_files.hpp"

namespace convene::store {
namespace {

void report_problem(CheckReport& report, std::string problem) {
    if (report.problems.size() < kMaxProblems) report.problems.push_back(std::move(problem));
}

/// What SQLite finds wrong, a row a sentence.
Result<void> check_structure(Connection& database, std::string_view pragma, CheckReport& report) {
    CONVENE_TRY(row, database.prepare(pragma));
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return {};
        if (row.text(0) != "ok") report_problem(report, "database: " + row.text(0));
    }
}

Result<void> check_counts(Connection& database, CheckReport& report) {
    CONVENE_TRY(row, database.prepare("SELECT c.id, c.entries, c.last_index, count(e.number), max(e.number)"
                                      " FROM conferences AS c LEFT JOIN entries AS e ON e.conference = c.id"
                                      " WHERE c.deleted = 0 GROUP BY c.id"));
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) break;
        ++report.conferences;
        report.entries += row.count(3);
        if (row.count(1) != row.count(3) || row.count(4) > row.count(2))
            report_problem(report, "conference " + std::to_string(row.integer(0)) + " has " +
                                       std::to_string(row.count(3)) + " entries up to " + std::to_string(row.count(4)) +
                                       ", and should have " + std::to_string(row.count(1)) + " up to " +
                                       std::to_string(row.count(2)));
    }
    CONVENE_TRY(files, database.integer("SELECT count(*) FROM files"));
    report.files = static_cast<std::uint64_t>(files);
    return {};
}

Result<void> check_blobs(Connection& database, const BlobFolder& blobs, CheckDepth depth, CheckReport& report,
                         const std::atomic<bool>& stopping) {
    CONVENE_TRY(row, database.prepare("SELECT DISTINCT digest, octets FROM files"));
    while (true) {
        if (stopping) return make_unexpected(stopped_error());
        CONVENE_TRY(there, row.step());
        if (!there) return {};
        ++report.blobs;
        const auto digest = digest_of(row.octets(0));
        auto reader = open_blob_reader(blobs.path_of(digest), digest);
        if (!reader) {
            report_problem(report, "content " + to_hex(digest) + ": " + reader.error().message);
        } else if (reader->octets() != row.count(1)) {
            report_problem(report, "content " + to_hex(digest) + " has " + std::to_string(reader->octets()) +
                                       " octets, and should have " + std::to_string(row.count(1)));
        } else if (depth == CheckDepth::full) {
            if (auto sound = reader->verify(); !sound) report_problem(report, sound.error().message);
        }
    }
}

Result<CheckReport> check_at_one_moment(Connection& database, const BlobFolder& blobs, CheckDepth depth,
                                        const std::atomic<bool>& stopping) {
    CONVENE_TRY(moment, Transaction::begin(database, false));
    static_cast<void>(moment);  // to the end of this function
    CheckReport report;
    auto done = check_structure(
        database, depth == CheckDepth::full ? "PRAGMA integrity_check(100)" : "PRAGMA quick_check(100)", report);
    if (done && depth == CheckDepth::full) done = check_structure(database, "PRAGMA foreign_key_check", report);
    if (done) done = check_counts(database, report);
    if (done) done = check_blobs(database, blobs, depth, report, stopping);
    if (!done && done.error().code != StoreErrc::damaged) return make_unexpected(std::move(done).error());
    if (!done) report_problem(report, done.error().message);
    return report;
}

}  // namespace

Result<CheckReport> check(Readers& readers, const BlobFolder& blobs, CheckDepth depth,
                          const std::atomic<bool>& stopping) {
    CONVENE_TRY(database, readers.lend());
    blobs.ledger().hold_all();  // before the moment that is looked at, so that nothing it refers to is removed
    auto report = check_at_one_moment(*database, blobs, depth, stopping);
    blobs.ledger().let_all_go();
    return report;
}

}  // namespace convene::store

// What the store does with conferences and their settings.
#include <algorithm>
#include <limits>

#include "store/entry_removal.hpp"
#include "store/log_reader_parts.hpp"
#include "store/parts.hpp"

namespace convene::store {
namespace {

constexpr std::string_view kSelectConferences =
    "SELECT id, name, residents, created_ms, active_ms, last_index, entries, octets,"
    " (SELECT through FROM snapshots WHERE conference = c.id),"
    " (SELECT length(payload) FROM snapshots WHERE conference = c.id),"
    " (SELECT count(*) FROM files WHERE conference = c.id),"
    " (SELECT sum(octets) FROM files WHERE conference = c.id)"
    " FROM conferences AS c WHERE deleted = 0";

ConferenceRecord conference_of(const Statement& row) {
    ConferenceRecord record;
    record.id.value = row.integer(0);
    record.name = row.text(1);
    record.residents = static_cast<std::uint32_t>(row.integer(2));
    record.created.value = row.integer(3);
    record.active.value = row.integer(4);
    record.last.value = row.count(5);
    record.entries = row.count(6);
    record.octets = row.count(7);
    record.snapshot.value = row.count(8);
    record.snapshot_octets = row.count(9);
    record.files = row.count(10);
    record.file_octets = row.count(11);
    return record;
}

StoreError no_conference(ConferenceId conference) {
    return {StoreErrc::not_found, "there is no conference " + std::to_string(conference.value) + " in the store"};
}

Result<void> check_name(const std::string& name) {
    if (!name.empty() && name.size() <= kMaxNameOctets) return {};
    return failure(name.empty() ? StoreErrc::bad_argument : StoreErrc::too_large,
                   "the name of a conference has 1 to " + std::to_string(kMaxNameOctets) + " octets");
}

/// What an UPDATE of one conference answers.
Result<Done> one_changed(Connection& database, Result<void> ran, ConferenceId conference) {
    if (!ran) return make_unexpected(std::move(ran).error());
    if (database.changes() == 0) return make_unexpected(no_conference(conference));
    return Done{};
}

Result<Done> taken(const std::string& name, StoreError error) {
    if (error.code == StoreErrc::exists) error.message = "there is a conference named \"" + name + "\" already";
    return make_unexpected(std::move(error));
}

}  // namespace

Pending<ConferenceId> Store::create_conference(NewConference wanted) {
    if (auto good = check_name(wanted.name); !good)
        return Pending<ConferenceId>(make_unexpected(std::move(good).error()));
    const auto limit = static_cast<std::int64_t>(parts_->limits.conferences);
    auto create = [wanted = std::move(wanted), limit](Connection& database) -> Result<ConferenceId> {
        CONVENE_TRY(count, database.integer("SELECT count(*) FROM conferences WHERE deleted = 0"));
        if (count >= limit)
            return failure(StoreErrc::quota,
                           "the store holds " + std::to_string(limit) + " conferences, as many as it may; delete some");
        CONVENE_TRY(insert, database.prepare("INSERT INTO conferences (name, residents, created_ms, active_ms)"
                                             " VALUES (?1, ?2, ?3, ?3)"));
        insert.bind(1, std::string_view(wanted.name)).bind(2, std::int64_t{wanted.residents});
        auto done = insert.bind(3, wanted.time.value).run();
        if (!done) return make_unexpected(taken(wanted.name, std::move(done).error()).error());
        return ConferenceId{database.last_row()};
    };
    return parts_->change<ConferenceId>(std::move(create), [parts = parts_.get()](ConferenceId id) {
        parts->queue.open_log(id, {}, 0);
        parts->blobs.ledger().open_shelf(id, 0);
    });
}

Pending<Done> Store::rename_conference(ConferenceId conference, std::string name) {
    if (auto good = check_name(name); !good) return Pending<Done>(make_unexpected(std::move(good).error()));
    return parts_->change<Done>([conference, name = std::move(name)](Connection& database) -> Result<Done> {
        CONVENE_TRY(update, database.prepare("UPDATE conferences SET name = ? WHERE id = ? AND deleted = 0"));
        auto done = update.bind(1, std::string_view(name)).bind(2, conference.value).run();
        if (!done) return taken(name, std::move(done).error());
        return one_changed(database, {}, conference);
    });
}

Pending<Done> Store::set_residents(ConferenceId conference, std::uint32_t residents) {
    return parts_->change<Done>([conference, residents](Connection& database) -> Result<Done> {
        CONVENE_TRY(update, database.prepare("UPDATE conferences SET residents = ? WHERE id = ? AND deleted = 0"));
        return one_changed(database, update.bind(1, std::int64_t{residents}).bind(2, conference.value).run(),
                           conference);
    });
}

Pending<Done> Store::put_setting(ConferenceId conference, Setting setting) {
    if (setting.key.empty() || setting.key.size() > kMaxSettingKeyOctets || setting.value.size() > kMaxSettingOctets)
        return Pending<Done>(
            failure(StoreErrc::too_large, "a setting's key has 1 to 255 octets, its value up to 65536"));
    return parts_->change<Done>([conference, setting = std::move(setting)](Connection& database) -> Result<Done> {
        if (auto there = require_conference(database, conference); !there)
            return make_unexpected(std::move(there).error());
        CONVENE_TRY(insert,
                    database.prepare("INSERT OR REPLACE INTO settings (conference, key, value) VALUES (?, ?, ?)"));
        insert.bind(1, conference.value)
            .bind(2, std::string_view(setting.key))
            .bind(3, std::string_view(setting.value));
        if (auto done = insert.run(); !done) return make_unexpected(std::move(done).error());
        CONVENE_TRY(count, database.prepare("SELECT count(*) FROM settings WHERE conference = ?"));
        CONVENE_TRY(row, count.bind(1, conference.value).step());
        if (row && count.count(0) > kMaxSettings)
            return failure(StoreErrc::quota, "the conference has 1024 settings, as many as it may");
        return Done{};
    });
}

Pending<Done> Store::remove_setting(ConferenceId conference, std::string key) {
    return parts_->change<Done>([conference, key = std::move(key)](Connection& database) -> Result<Done> {
        CONVENE_TRY(remove, database.prepare("DELETE FROM settings WHERE conference = ? AND key = ?"));
        auto done = remove.bind(1, conference.value).bind(2, std::string_view(key)).run();
        if (!done) return make_unexpected(std::move(done).error());
        if (database.changes() == 0) return failure(StoreErrc::not_found, "the conference has no setting " + key);
        return Done{};
    });
}

Pending<Removed> Store::delete_conference(ConferenceId conference) {
    Pending<Removed> answer;
    auto mark = [conference](Connection& database) -> Result<Done> {
        CONVENE_TRY(update, database.prepare("UPDATE conferences SET deleted = 1 WHERE id = ? AND deleted = 0"));
        return one_changed(database, update.bind(1, conference.value).run(), conference);
    };
    auto marked = [parts = parts_.get(), conference, answer](Result<Done> done) mutable {
        if (!done) return answer.resolve(make_unexpected(std::move(done).error()));
        parts->queue.close_log(conference);
        parts->blobs.ledger().close_shelf(conference);
        parts->remove_rest(conference, answer);
    };
    parts_->change<Done>(std::move(mark)).then(on_this_thread(), std::move(marked));
    return answer;
}

void Store::Parts::remove_rest(ConferenceId conference, Pending<Removed> answer) {
    auto lost = std::make_shared<LostFiles>();  // shared by the change and what follows it
    auto drop = [conference, lost](Connection& database) -> Result<Removed> {
        *lost = {};
        CONVENE_TRY(files, database.prepare("SELECT digest, octets FROM files WHERE conference = ?"));
        std::vector<std::pair<Sha256Digest, std::uint64_t>> had;
        for (files.bind(1, conference.value);;) {
            CONVENE_TRY(there, files.step());
            if (!there) break;
            had.emplace_back(digest_of(files.octets(0)), files.count(1));
        }
        for (std::string_view sql :
             {"DELETE FROM snapshots WHERE conference = ?", "DELETE FROM settings WHERE conference = ?",
              "DELETE FROM files WHERE conference = ?", "DELETE FROM entries WHERE conference = ?",
              "DELETE FROM conferences WHERE id = ?"}) {
            CONVENE_TRY(statement, database.prepare(sql));
            if (auto done = statement.bind(1, conference.value).run(); !done)
                return make_unexpected(std::move(done).error());
        }
        std::sort(had.begin(), had.end());
        for (std::size_t i = 0; i < had.size(); ++i) {
            if (i > 0 && had[i].first == had[i - 1].first)
                lost->removed.files += 1;  // its content is noted already
            else if (auto noted = lost->note(database, had[i].first, had[i].second); !noted)
                return make_unexpected(std::move(noted).error());
        }
        lost->removed.conferences = 1;
        return lost->removed;
    };
    auto all = [](Connection&) -> Result<EntryIndex> { return EntryIndex{std::numeric_limits<std::int64_t>::max()}; };
    auto next = [this, conference, drop, lost, answer](Result<Removed> entries) mutable {
        if (!entries) return answer.resolve(std::move(entries));
        auto last = [this, conference, lost, answer, count = entries->entries](Result<Removed> removed) mutable {
            if (!removed) return answer.resolve(std::move(removed));
            lost->removed.entries = count;
            files_lost(conference, *lost, answer);
        };
        change<Removed>(drop).then(on_this_thread(), std::move(last));
    };
    remove_entries(
        conference, all, [](const EntryFacts&) { return true; }, next);
}

Result<std::vector<ConferenceRecord>> Store::conferences() {
    CONVENE_TRY(database, parts_->readers.lend());
    CONVENE_TRY(row, database->prepare(std::string(kSelectConferences) + " ORDER BY name"));
    std::vector<ConferenceRecord> records;
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return records;
        records.push_back(conference_of(row));
    }
}

Result<ConferenceRecord> Store::conference(ConferenceId conference) {
    CONVENE_TRY(database, parts_->readers.lend());
    CONVENE_TRY(row, database->prepare(std::string(kSelectConferences) + " AND id = ?"));
    CONVENE_TRY(there, row.bind(1, conference.value).step());
    if (!there) return make_unexpected(no_conference(conference));
    return conference_of(row);
}

Result<ConferenceId> Store::find_conference(std::string_view name) {
    CONVENE_TRY(database, parts_->readers.lend());
    CONVENE_TRY(row, database->prepare("SELECT id FROM conferences WHERE name = ? AND deleted = 0"));
    CONVENE_TRY(there, row.bind(1, name).step());
    if (!there) return failure(StoreErrc::not_found, "there is no conference named \"" + std::string(name) + "\"");
    return ConferenceId{row.integer(0)};
}

Result<std::vector<Setting>> Store::settings(ConferenceId conference) {
    CONVENE_TRY(database, parts_->readers.lend());
    if (auto there = require_conference(*database, conference); !there)
        return make_unexpected(std::move(there).error());
    CONVENE_TRY(row, database->prepare("SELECT key, value FROM settings WHERE conference = ? ORDER BY key"));
    row.bind(1, conference.value);
    std::vector<Setting> settings;
    while (true) {
        CONVENE_TRY(there, row.step());
        if (!there) return settings;
        settings.push_back(Setting{row.text(0), row.text(1)});
    }
}

}  // namespace convene::store

/// What the memory of conferences holds, as plain values. It knows nothing of protocols: payloads are octets with a
/// kind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/sha256.hpp"
#include "base/tagged.hpp"

namespace convene::store {

/// A remembered conference; never given out twice, not even after the conference is deleted.
using ConferenceId = StrongId<struct ConferenceIdTag, std::int64_t>;
/// The place of an entry in the log of its conference: 1, 2, 3 … without gaps as they are appended; 0 is before all.
using EntryIndex = StrongId<struct EntryIndexTag, std::uint64_t>;
/// What an entry is about; the numbers are the owner's.
using EntryKind = StrongId<struct EntryKindTag, std::uint16_t>;
/// A file on the shelf of a conference.
using FileId = StrongId<struct FileIdTag, std::int64_t>;
/// Milliseconds since 1970-01-01T00:00:00Z.
using UnixMs = StrongId<struct UnixMsTag, std::int64_t>;

inline constexpr std::size_t kMaxNameOctets = 1020;    ///< of conferences and files: 255 characters of UTF-8
inline constexpr std::size_t kMaxAuthorOctets = 1020;  ///< the same
inline constexpr std::size_t kMaxSettingKeyOctets = 255;
inline constexpr std::size_t kMaxSettingOctets = 64 * 1024;
inline constexpr std::size_t kMaxSettings = 1024;  ///< of one conference
inline constexpr std::uint32_t kAllResidents = 0xFFFF'FFFF;

/// One line of a log, as it is appended.
struct Entry {
    EntryKind kind;
    std::string author;  ///< UTF-8, whoever caused it; at most kMaxAuthorOctets
    Bytes payload;
    UnixMs time;
};

/// One line of a log, as it is read.
struct StoredEntry {
    EntryIndex index;
    Entry entry;
};

/// What a model was after the entry `through`; replaces all entries up to there for who wants the state.
struct Snapshot {
    EntryIndex through;
    UnixMs time;
    Bytes payload;
};

struct NewConference {
    std::string name;  ///< UTF-8, unique, 1 to kMaxNameOctets octets
    UnixMs time;
    std::uint32_t residents = kAllResidents;  ///< one bit for each kind of resident node that is on
};

struct ConferenceRecord {
    ConferenceId id;
    std::string name;
    std::uint32_t residents = 0;
    UnixMs created;
    UnixMs active;              ///< the time of the newest entry or file, or of the creation
    EntryIndex last;            ///< of the newest entry ever appended
    std::uint64_t entries = 0;  ///< that are still there
    std::uint64_t octets = 0;   ///< of their payloads and authors
    EntryIndex snapshot;        ///< what the newest snapshot goes through; 0 when there is none
    std::uint64_t snapshot_octets = 0;
    std::uint64_t files = 0;        ///< on the shelf
    std::uint64_t file_octets = 0;  ///< of them, equal files counted as often as they stand there
};

struct Setting {
    std::string key;
    std::string value;
};

struct NewFile {
    std::string name;    ///< as its author called it: 1 to kMaxNameOctets octets
    std::string author;  ///< UTF-8, at most kMaxAuthorOctets
    UnixMs time;
};

/// A file on the shelf of a conference.
struct FileRecord {
    FileId id;
    std::string name;  ///< as its author called it: not to be used as a path
    std::uint64_t octets = 0;
    Sha256Digest digest{};
    std::string author;
    UnixMs time;
};

/// What a removal removed.
struct Removed {
    std::uint64_t conferences = 0;
    std::uint64_t entries = 0;
    std::uint64_t files = 0;
    std::uint64_t blobs = 0;        ///< contents that nothing referred to any more
    std::uint64_t blob_octets = 0;  ///< of these
};

}  // namespace convene::store

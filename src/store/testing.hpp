/// What the tests of this room share: a folder that goes away, entries, and short ways to read a log.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace convene::store {

/// An empty folder of its own, removed with all that is in it.
class TestFolder {
public:
    TestFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "convene-store-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    const std::string& path() const { return path_; }
    std::string operator/(const char* name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

inline Executor at_once() { return on_this_thread(); }

/// A store that must open.
inline std::unique_ptr<Store> open_store(const std::string& folder, const StoreLimits& limits = {}) {
    auto opened = Store::open(folder, limits);
    if (opened) return std::move(*opened);
    ADD_FAILURE() << opened.error().message;
    std::abort();
}

inline ConferenceId make_conference(Store& store, const std::string& name = "weekly") {
    auto id = store.create_conference(NewConference{name, UnixMs{1'000}, kAllResidents}).wait();
    EXPECT_TRUE(id) << id.error().message;
    return id ? *id : ConferenceId{};
}

inline Entry make_entry(std::string_view payload, std::uint16_t kind = 1, std::int64_t time_ms = 2'000) {
    return Entry{EntryKind{kind}, "anna", to_bytes(payload), UnixMs{time_ms}};
}

inline EntryIndex must_append(Store& store, ConferenceId conference, Entry entry) {
    auto index = store.append(conference, std::move(entry));
    EXPECT_TRUE(index) << name(index.error());
    return index ? *index : EntryIndex{};
}

inline std::vector<StoredEntry> all_of(LogReader& reader) {
    std::vector<StoredEntry> all;
    while (true) {
        auto piece = reader.next();
        EXPECT_TRUE(piece) << piece.error().message;
        if (!piece || piece->empty()) return all;
        for (auto& entry : *piece) all.push_back(std::move(entry));
    }
}

inline std::vector<StoredEntry> read_log(Store& store, ConferenceId conference, std::uint64_t from = 0) {
    auto reader = store.read(conference, EntryIndex{from});
    EXPECT_TRUE(reader) << reader.error().message;
    return reader ? all_of(*reader) : std::vector<StoredEntry>{};
}

}  // namespace convene::store

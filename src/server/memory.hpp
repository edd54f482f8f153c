/// What a server with a data folder remembers of its conferences: the store, and what is kept of which conference.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "server/log.hpp"
#include "server/settings.hpp"
#include "store/store.hpp"
#include "whiteboard/board_limits.hpp"

namespace convene::server {

/// What is remembered of one conference.
struct Remembered {
    bool chat = false;
    bool whiteboard = false;
    bool files = false;

    bool any() const { return chat || whiteboard || files; }
    friend bool operator==(const Remembered&, const Remembered&) = default;
};

/// Where the store lies in the folder of `server.data`.
std::string memory_folder(const std::string& data_folder);
/// What the settings want kept of a permanent conference of this name, where there is a data folder.
Remembered remembered(const Settings& settings, const std::string& conference);
store::StoreLimits store_limits(const Settings& settings);
whiteboard::BoardLimits board_limits(const Settings& settings);

/// May be used from every thread.
class Memory {
public:
    /// The error is a sentence with what to do about it.
    static Expected<std::unique_ptr<Memory>, std::string> open(Log& log, const Settings& settings);

    store::Store& store() { return *store_; }
    const std::string& folder() const { return folder_; }

    /// What to remember of a conference that begins: the one of this name, made where there is none. The error is a
    /// sentence.
    Expected<store::ConferenceId, std::string> find_or_make(const std::string& conference);
    /// Writes a setting of the conference of this name down, which is made where there is none; an empty value removes
    /// it. What goes wrong is logged.
    void keep(const std::string& conference, std::string key, std::string value);
    /// The settings of all conferences that have any.
    std::map<std::string, std::vector<store::Setting>> settings();
    /// Removes what is older than the settings allow; answers on a thread of the store, by the log.
    void clean(const Settings& settings);
    /// Something went wrong that an administrator must know of; empty when it is over.
    void set_trouble(std::string text);

    nlohmann::json status() const;
    /// A line about one conference, whether it runs or not.
    static nlohmann::json describe(const store::ConferenceRecord& record);

private:
    Memory(Log& log, std::string folder, std::unique_ptr<store::Store> store);

    Log& log_;
    std::string folder_;
    mutable std::mutex mutex_;
    std::string trouble_;
    std::unique_ptr<store::Store> store_;  // last: its threads still answer while it ends
};

}  // namespace convene::server

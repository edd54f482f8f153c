/// What the threads of a server have in common. Everything in it may be used from each of them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "server/connect_ids.hpp"
#include "server/connection_counts.hpp"
#include "server/directory.hpp"
#include "server/doors.hpp"
#include "server/hooks.hpp"
#include "server/log.hpp"
#include "server/memory.hpp"
#include "server/seen_applications.hpp"
#include "server/settings.hpp"

namespace convene::server {

/// The settings in force; replaced as a whole.
class CurrentSettings {
public:
    explicit CurrentSettings(Settings settings) : settings_(std::make_shared<const Settings>(std::move(settings))) {}
    std::shared_ptr<const Settings> get() const {
        const std::lock_guard lock(mutex_);
        return settings_;
    }
    void set(Settings settings) {
        auto next = std::make_shared<const Settings>(std::move(settings));
        const std::lock_guard lock(mutex_);
        settings_.swap(next);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Settings> settings_;  // shared with whoever is reading it
};

struct Shared {
    Shared(Log& to, const Settings& initial, std::size_t workers);

    Log& log;
    CurrentSettings settings;
    ConnectionCounts counts;
    Directory directory;
    ConnectIds connect_ids;
    SeenApplications seen;
    HookQueue hooks;
    Doors* doors = nullptr;    ///< set before the workers start
    Memory* memory = nullptr;  ///< set before the workers start; nullptr where nothing is kept
    std::atomic<bool> draining{false};
    std::atomic<std::uint64_t> bridges{0};   ///< connections of browsers that have two sockets more within the process
    std::atomic<std::uint64_t> denied{0};    ///< PDUs that were dropped because their senders had not the right
    std::atomic<std::uint64_t> too_slow{0};  ///< receivers that were disconnected because they did not keep up
};

/// The part of the settings that the directory obeys.
DirectoryPolicy directory_policy(const Settings& settings);

}  // namespace convene::server

/// Which conference a connect id belongs to, so that further transports of an MCS connection find it.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/time.hpp"
#include "gcc/directory.hpp"
#include "mcs/connect_listener.hpp"

namespace convene::server {

/// Connect ids are drawn by workers and looked up where connections are accepted. May be used from every thread.
class ConnectIds {
public:
    /// Longer than a node waits for the further transports.
    static constexpr Duration kLifetime = std::chrono::seconds(60);

    void remember(std::uint64_t random, gcc::ConferenceId conference, Instant now) {
        const std::lock_guard lock(mutex_);
        if (entries_.size() >= next_sweep_) {
            std::erase_if(entries_, [&](const auto& entry) { return entry.second.expires <= now; });
            next_sweep_ = entries_.size() * 2 + 1024;
        }
        entries_[random & mcs::kConnectIdMask] = Entry{conference, now + kLifetime};
    }
    std::optional<gcc::ConferenceId> find(std::uint64_t id, Instant now) const {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(id);
        if (found == entries_.end() || found->second.expires <= now) return std::nullopt;
        return found->second.conference;
    }

private:
    struct Entry {
        gcc::ConferenceId conference;
        Instant expires;
    };

    mutable std::mutex mutex_;
    std::unordered_map<std::uint64_t, Entry> entries_;
    std::size_t next_sweep_ = 1024;
};

}  // namespace convene::server

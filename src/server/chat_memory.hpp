/// The lines of chat that are remembered of a conference, and the last of them for newcomers.
#pragma once

#include <deque>
#include <vector>

#include "node/events.hpp"
#include "server/memory_log.hpp"

namespace convene::server {

/// How far back the log is read at the start for what newcomers are told.
inline constexpr std::uint64_t kHistoryReach = 100'000;  // entries

class ChatMemory {
public:
    explicit ChatMemory(MemoryLog& log) : log_(log) {}

    /// Reads the last lines. The error is a sentence.
    Expected<std::monostate, std::string> restore(store::Store& store, store::ConferenceId conference);
    /// Public lines are written down, private ones are not.
    void on_line(const node::ChatLine& line);
    /// The last `most` lines, none older than `age`; no age: however old.
    std::vector<node::PastLine> history(std::size_t most, std::optional<std::int64_t> age_ms) const;
    std::size_t size() const { return lines_.size(); }

private:
    void remember(node::PastLine line);

    MemoryLog& log_;
    std::deque<node::PastLine> lines_;
};

}  // namespace convene::server

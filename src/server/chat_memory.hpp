/// The lines of chat that are remembered of a conference, and the last of them for newcomers.
#pragma once

#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "node/events.hpp"
#include "server/memory_log.hpp"

namespace convene::server {

/// How far back the log is read at the start for what newcomers are told.
inline constexpr std::uint64_t kHistoryReach = 100'000;  // entries

class ChatMemory {
public:
    /// `most` says how many lines newcomers are told. It may say something else later; more are known only then.
    ChatMemory(MemoryLog& log, std::function<std::size_t()> most) : log_(log), most_(std::move(most)) {}

    /// Reads the last lines. The error is a sentence.
    Expected<std::monostate, std::string> restore(store::Store& store, store::ConferenceId conference);
    /// Public lines are written down, private ones are not.
    void on_line(const node::ChatLine& line);
    /// The last lines, none older than `age`; no age: however old.
    std::vector<node::PastLine> history(std::optional<std::int64_t> age_ms) const;
    std::size_t size() const { return lines_.size(); }

private:
    void remember(node::PastLine line);

    MemoryLog& log_;
    std::function<std::size_t()> most_;
    std::deque<node::PastLine> lines_;
};

}  // namespace convene::server

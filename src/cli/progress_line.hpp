/// How far files have come, as one line of a terminal.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace convene::cli {

/// Numbers in, text out; draws nothing itself.
class ProgressLine {
public:
    void update(std::uint64_t file, const std::string& name, std::uint64_t done, std::optional<std::uint64_t> total,
                Instant now);
    void end(std::uint64_t file) { files_.erase(file); }
    bool is_empty() const { return files_.empty(); }
    /// At most `columns` - 1 wide, without line feed: of the file that was heard of last, and how many there are
    /// besides. "plan.pdf  [####------]  42%  1.2 MB of 2.9 MB  640 kB/s  0:03 left  (2 more)"
    std::string text(std::size_t columns, Instant now) const;

private:
    struct File {
        std::string name;
        std::uint64_t done = 0;
        std::optional<std::uint64_t> total;
        Instant begun;
        std::uint64_t begun_at = 0;  ///< octets that were done then, before a connection broke
    };
    std::map<std::uint64_t, File> files_;
    std::uint64_t last_ = 0;
};

}  // namespace convene::cli

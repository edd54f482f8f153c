/// What was said before this participant came, or while its connection was broken, as notices.
#pragma once

#include <deque>
#include <string>
#include <utility>

#include "cli/notice.hpp"

namespace convene::cli {

/// Lines heard that a history may have once more; older ones are forgotten.
inline constexpr std::size_t kMaxRemembered = 256;

/// Lives as long as the session, over all its connections: after a break the history is told again, and what was shown
/// already is not shown twice.
class PastLines {
public:
    void heard(const node::ChatLine& line);
    /// `self` is what this participant calls itself. After a break its own lines count as shown.
    Notices tell(const node::ChatHistory& history, const std::string& self);

private:
    using Shown = std::pair<std::string, std::string>;  // who, what

    void remember(Shown line);

    std::deque<Shown> shown_;
    std::vector<node::PastLine> pieces_;  ///< of the history that is being told
    bool was_told_ = false;
};

}  // namespace convene::cli

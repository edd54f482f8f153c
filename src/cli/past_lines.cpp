#include "cli/past_lines.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "cli/clock_text.hpp"
#include "cli/context.hpp"

namespace convene::cli {
namespace {

Notice past_notice(const node::PastLine& line) {
    const std::chrono::system_clock::time_point time{
        std::chrono::duration_cast<std::chrono::system_clock::duration>(std::chrono::milliseconds(line.time_ms))};
    Notice out = make_notice(
        "chat-before", local_text(time, "%Y-%m-%d %H:%M") + " " + printable(line.author) + ": " + printable(line.text),
        {{"name", line.author}, {"text", line.text}, {"time", utc_text(time)}});
    out.is_chat = true;
    return out;
}

}  // namespace

void PastLines::heard(const node::ChatLine& line) {
    if (!line.is_private) remember({line.name, line.text});
}

void PastLines::remember(Shown line) {
    if (shown_.size() == kMaxRemembered) shown_.pop_front();
    shown_.push_back(std::move(line));
}

Notices PastLines::tell(const node::ChatHistory& history, const std::string& self) {
    pieces_.insert(pieces_.end(), history.lines.begin(), history.lines.end());
    if (!history.is_last) return {};
    const auto lines = std::exchange(pieces_, {});
    auto first = lines.begin();
    if (was_told_) {
        // Everything up to the last line that was shown has been shown.
        const auto is_shown = [&](const node::PastLine& line) {
            return line.author == self ||
                   std::find(shown_.begin(), shown_.end(), Shown{line.author, line.text}) != shown_.end();
        };
        first = std::find_if(lines.rbegin(), lines.rend(), is_shown).base();
    }
    was_told_ = true;
    Notices out;
    for (auto line = first; line != lines.end(); ++line) {
        out.push_back(past_notice(*line));
        remember({line->author, line->text});
    }
    return out;
}

}  // namespace convene::cli

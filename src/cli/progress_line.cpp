#include "cli/progress_line.hpp"

#include <algorithm>

#include "cli/context.hpp"
#include "cli/file_words.hpp"

namespace convene::cli {
namespace {

constexpr std::size_t kBar = 20;                                 // columns
constexpr std::size_t kMostShown = 32;                           // octets of a name
constexpr Duration kFirstRate = std::chrono::milliseconds(500);  // before, a rate says nothing

std::size_t shown_width(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

/// At most `columns` characters of UTF-8.
std::string first_columns(std::string_view utf8, std::size_t columns) {
    std::size_t at = 0;
    for (; at < utf8.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(utf8[at]) & 0xC0U) != 0x80;
        if (begins && columns-- == 0) break;
    }
    return std::string(utf8.substr(0, at));
}

}  // namespace

void ProgressLine::update(std::uint64_t file, const std::string& name, std::uint64_t done,
                          std::optional<std::uint64_t> total, Instant now) {
    const auto [it, is_new] = files_.try_emplace(file);
    File& each = it->second;
    // The first that is heard of a file is already its first piece; nothing is known about the time before.
    if (is_new || done < each.done) {
        each.begun = now;
        each.begun_at = done;
    }
    each.name = name;
    each.done = done;
    each.total = total;
    last_ = file;
}

std::string ProgressLine::text(std::size_t columns, Instant now) const {
    if (files_.empty()) return {};
    auto found = files_.find(last_);
    if (found == files_.end()) found = files_.begin();
    const File& file = found->second;
    std::string name = printable(file.name);
    if (shown_width(name) > kMostShown) name = first_columns(name, kMostShown - 1) + "…";
    std::string out = name + "  ";
    if (file.total && *file.total > 0) {
        const double part = std::min(1.0, static_cast<double>(file.done) / static_cast<double>(*file.total));
        const auto full = static_cast<std::size_t>(part * kBar);
        const auto percent = std::to_string(static_cast<unsigned>(part * 100));
        out += "[" + std::string(full, '#') + std::string(kBar - full, '-') + "] " +
               std::string(3 - std::min<std::size_t>(3, percent.size()), ' ') + percent + "%  " + size_text(file.done) +
               " of " + size_text(*file.total);
    } else {
        out += size_text(file.done);
    }
    const Duration took = now - file.begun;
    if (took >= kFirstRate && file.done > file.begun_at) {
        const double seconds = std::chrono::duration<double>(took).count();
        const double rate = static_cast<double>(file.done - file.begun_at) / seconds;
        out += "  " + size_text(static_cast<std::uint64_t>(rate)) + "/s";
        if (file.total && *file.total > file.done && rate >= 1) {
            const double left = static_cast<double>(*file.total - file.done) / rate;
            out += "  " + duration_text(std::chrono::seconds(static_cast<std::int64_t>(left + 0.5))) + " left";
        }
    }
    if (files_.size() > 1) out += "  (" + std::to_string(files_.size() - 1) + " more)";
    return first_columns(out, columns > 0 ? columns - 1 : 0);
}

}  // namespace convene::cli

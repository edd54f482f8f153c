#include "files/file_time.hpp"

#include <chrono>

namespace convene::files {
namespace {

constexpr FileTime kDay = 24 * 60 * 60;

void put(std::string& out, unsigned value, unsigned digits) {
    std::string text(digits, '0');
    for (unsigned i = digits; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
    out += text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes `digits` digits off the front; empty when there are fewer.
std::optional<unsigned> take(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (!is_digit(text[i])) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

}  // namespace

std::optional<std::string> to_generalized_time(FileTime time) {
    // From 0000-01-01 up to 10000-01-01.
    if (time < -62167219200 || time >= 253402300800) return std::nullopt;
    const FileTime day = time >= 0 ? time / kDay : -((-time + kDay - 1) / kDay);
    const auto seconds = static_cast<unsigned>(time - day * kDay);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{static_cast<int>(day)}}};
    std::string out;
    put(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put(out, static_cast<unsigned>(date.month()), 2);
    put(out, static_cast<unsigned>(date.day()), 2);
    put(out, seconds / 3600, 2);
    put(out, seconds / 60 % 60, 2);
    put(out, seconds % 60, 2);
    return out + "Z";
}

std::optional<FileTime> from_generalized_time(std::string_view text) {
    const auto year = take(text, 4), month = take(text, 2), day = take(text, 2), hour = take(text, 2);
    if (!year || !month || !day || !hour || *hour > 23) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                           std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    const unsigned minute = take(text, 2).value_or(0);
    const unsigned second = take(text, 2).value_or(0);
    if (minute > 59 || second > 60) return std::nullopt;
    FileTime time =
        FileTime{std::chrono::sys_days{date}.time_since_epoch().count()} * kDay + *hour * 3600 + minute * 60 + second;
    if (!text.empty() && (text[0] == '.' || text[0] == ',')) {
        text.remove_prefix(1);
        while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
    }
    if (text.empty() || text == "Z") return time;
    const bool is_east = text[0] == '+';
    if (!is_east && text[0] != '-') return std::nullopt;
    text.remove_prefix(1);
    const auto zone_hour = take(text, 2);
    const unsigned zone_minute = take(text, 2).value_or(0);
    if (!zone_hour || *zone_hour > 23 || zone_minute > 59 || !text.empty()) return std::nullopt;
    const FileTime offset = *zone_hour * 3600 + zone_minute * 60;
    return is_east ? time - offset : time + offset;
}

}  // namespace convene::files

#include "server/setting_value.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace convene::server {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

// Smallest first, so that printing can take the largest that divides.
constexpr std::array kDurationUnits{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                                    Unit{"d", 86'400'000}};
constexpr std::array kSizeUnits{Unit{"", 1}, Unit{"KiB", 1ULL << 10}, Unit{"MiB", 1ULL << 20}, Unit{"GiB", 1ULL << 30}};
constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();

template <class Units>
Expected<std::uint64_t, std::string> parse_with_unit(std::string_view text, const Units& units, const char* example) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto fail = [&] { return make_unexpected("\"" + std::string(text) + "\" is not " + example); };
    if (error != std::errc{}) return fail();
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const Unit& known : units) {
        if (unit != known.name) continue;
        if (number > kLargest / known.factor) return fail();
        return number * known.factor;
    }
    return fail();
}

template <class Units>
std::string with_unit(std::uint64_t value, const Units& units) {
    const Unit* best = &units.front();
    for (const Unit& unit : units)
        if (value != 0 && value % unit.factor == 0) best = &unit;
    return std::to_string(value / best->factor) + std::string(best->name);
}

}  // namespace

Expected<Milliseconds, std::string> parse_duration(std::string_view text) {
    CONVENE_TRY(value,
                parse_with_unit(text, kDurationUnits, "a duration such as 10s, 5m or 250ms (units: ms, s, m, h, d)"));
    return Milliseconds(value);
}

Expected<ByteSize, std::string> parse_size(std::string_view text) {
    CONVENE_TRY(value, parse_with_unit(text, kSizeUnits, "a size such as 65536 or 64MiB (units: KiB, MiB, GiB)"));
    return ByteSize{value};
}

Expected<std::uint64_t, std::string> parse_count(std::string_view text) {
    return parse_with_unit(text, std::array{Unit{"", 1}}, "a whole number");
}

Expected<bool, std::string> parse_bool(std::string_view text) {
    if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
    if (text == "false" || text == "no" || text == "off" || text == "0") return false;
    return make_unexpected("\"" + std::string(text) + "\" is neither true nor false");
}

std::string to_text(Milliseconds duration) {
    return with_unit(static_cast<std::uint64_t>(duration.count()), kDurationUnits);
}

std::string to_text(ByteSize size) { return with_unit(size.value, kSizeUnits); }

}  // namespace convene::server

/// The one table of settings. The configuration file, environment, flags, their documentation and the printed
/// configuration are all made from it.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/settings.hpp"

namespace convene::server {

/// Where a value lives in `Owner`.
template <class Owner>
using SettingField = std::variant<bool Owner::*, std::uint64_t Owner::*, ByteSize Owner::*, Milliseconds Owner::*,
                                  std::string Owner::*, std::vector<std::string> Owner::*>;

enum class Reload : std::uint8_t { at_once, needs_restart };

/// A row. The default is the member's value in a default-constructed Owner.
template <class Owner>
struct SettingRow {
    std::string_view section;
    std::string_view name;
    SettingField<Owner> field;
    std::string_view sentence;  ///< what it does, one sentence with its unit
    Reload reload = Reload::at_once;
    std::uint64_t min = 0;  ///< of counts, octets or milliseconds
    std::uint64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view choices{};  ///< the allowed texts, separated by |; empty for any text
    std::string_view flag{};     ///< without --; empty: section and name with dashes
};

std::span<const SettingRow<Settings>> settings_table();
std::span<const SettingRow<ConferenceSettings>> conference_settings_table();

/// "--limits-connections"
std::string flag_of(const SettingRow<Settings>& row);
/// "CONVENE_LIMITS_CONNECTIONS"
std::string variable_of(const SettingRow<Settings>& row);
/// "ADDRESS,…", "DURATION", "SIZE", "NUMBER", "TEXT", or the choices: what stands after the flag.
template <class Owner>
std::string value_name(const SettingRow<Owner>& row);
/// As it would stand in the file: `"10m"`, `3`, `["a", "b"]`.
template <class Owner>
std::string value_text(const SettingRow<Owner>& row, const Owner& owner);
/// Sets the value from what a flag or the environment says. The error is a sentence without the name of the setting.
template <class Owner>
Expected<std::monostate, std::string> set_from_text(const SettingRow<Owner>& row, Owner& owner, std::string_view text);
/// The range and choices of the row for a value already set.
template <class Owner>
Expected<std::monostate, std::string> check_value(const SettingRow<Owner>& row, const Owner& owner);

/// The name out of `names` that looks most like `word`, or nothing when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& names);

}  // namespace convene::server

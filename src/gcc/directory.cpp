#include "gcc/directory.hpp"

#include <set>
#include <utility>

namespace convene::gcc {

namespace {

/// Whether somebody could mean either with one selector.
bool share_a_name(const ConferenceName& left, const ConferenceName& right) {
    return left.numeric == right.numeric || (left.text && left.text == right.text) ||
           (left.unicode_text && left.unicode_text == right.unicode_text);
}

}  // namespace

void ConferenceDirectory::put(ConferenceId id, ConferenceEntry entry) {
    entries_.insert_or_assign(id, std::move(entry));
}

void ConferenceDirectory::remove(ConferenceId id) { entries_.erase(id); }

const ConferenceEntry* ConferenceDirectory::find(ConferenceId id) const {
    const auto at = entries_.find(id);
    return at == entries_.end() ? nullptr : &at->second;
}

std::optional<ConferenceId> ConferenceDirectory::find(const ConferenceNameSelector& name,
                                                      const std::optional<ConferenceNameModifier>& modifier) const {
    std::optional<ConferenceId> plain, only;
    std::size_t matches = 0;
    for (const auto& [id, entry] : entries_) {
        if (!selects(name, entry.profile.name)) continue;
        if (modifier) {
            if (entry.profile.modifier == modifier) return id;
            continue;
        }
        ++matches;
        only = id;
        if (!entry.profile.modifier) plain = id;
    }
    return matches == 1 ? only : plain;
}

std::optional<ConferenceId> ConferenceDirectory::only_lobby() const {
    std::optional<ConferenceId> lobby;
    for (const auto& [id, entry] : entries_) {
        if (!entry.is_lobby) continue;
        if (lobby) return std::nullopt;
        lobby = id;
    }
    return lobby;
}

std::optional<ConferenceNameModifier> ConferenceDirectory::free_modifier(const ConferenceName& name) const {
    std::set<ConferenceNameModifier> used;
    bool taken = false;
    for (const auto& [id, entry] : entries_) {
        if (!share_a_name(name, entry.profile.name)) continue;
        taken = true;
        if (entry.profile.modifier) used.insert(*entry.profile.modifier);
    }
    if (!taken) return std::nullopt;
    std::size_t number = 1;
    while (used.count(std::to_string(number)) != 0) ++number;
    return std::to_string(number);
}

}  // namespace convene::gcc

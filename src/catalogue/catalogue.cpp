#include "catalogue/catalogue.hpp"

#include <algorithm>
#include <numeric>

#include "catalogue/modules.hpp"

namespace convene::catalogue {
namespace {

constexpr std::size_t kMostSuggestions = 5;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// How many characters must be put in, left out or changed; letters of either case are the same.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t k = 0; k < b.size(); ++k) {
            std::size_t changed = diagonal + (lower(a[i]) == lower(b[k]) ? 0 : 1);
            diagonal = row[k + 1];
            row[k + 1] = std::min({row[k] + 1, row[k + 1] + 1, changed});
        }
    }
    return row.back();
}

std::vector<std::string> names_near(std::string_view wanted) {
    struct Candidate {
        std::size_t distance;
        std::string name;
    };
    const bool has_module = wanted.find('.') != std::string_view::npos;
    // Every third character wrong is no longer a slip of the pen.
    const std::size_t most = wanted.size() / 3 + 1;
    std::vector<Candidate> candidates;
    for (const TypeEntry* entry : all_types()) {
        std::string name = full_name(*entry);
        std::size_t far = has_module ? distance(wanted, name) : distance(wanted, entry->name);
        if (far <= most) candidates.push_back({far, std::move(name)});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.distance < b.distance; });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < candidates.size() && i < kMostSuggestions; ++i) names.push_back(candidates[i].name);
    return names;
}

}  // namespace

std::vector<const TypeEntry*> all_types() {
    std::vector<const TypeEntry*> all;
    for (auto module : {mcs_types(), mcs3_types(), map_types(), gcc_element_types(), gcc_pdu_types(), chat_types(),
                        si_types(), si_pdu_types(), mbft_types()}) {
        for (const TypeEntry& entry : module) all.push_back(&entry);
    }
    return all;
}

std::string full_name(const TypeEntry& entry) { return std::string(entry.module) + "." + std::string(entry.name); }

Found find_type(std::string_view name) {
    Found found;
    for (const TypeEntry* entry : all_types()) {
        if (full_name(*entry) == name) return {entry, {}};
        if (entry->name == name) {
            found.entry = entry;
            found.near.push_back(full_name(*entry));
        }
    }
    if (found.near.size() == 1) return {found.entry, {}};
    if (found.near.empty()) found.near = names_near(name);
    found.entry = nullptr;
    return found;
}

}  // namespace convene::catalogue

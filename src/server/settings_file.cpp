#include "server/settings_file.hpp"

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <set>

#include "base/overloaded.hpp"
#include "server/settings_table.hpp"

namespace convene::server {

namespace {

class Reader {
public:
    Reader(const std::string& file_name, std::vector<FileSetting>* given) : file_name_(file_name), given_(given) {}

    void read_all(const toml::table& root, Settings& settings) {
        for (const auto& [key, node] : root) {
            if (key.str() == "conference") {
                read_conferences(node, settings);
            } else if (!is_section(key.str())) {
                unknown(key, "section", sections());
            } else if (const auto* section = node.as_table()) {
                read_table(settings_table(), key.str(), *section, settings);
            } else {
                complain(key.source(), "\"" + std::string(key.str()) + "\" is a section: write [" +
                                           std::string(key.str()) + "] and its keys below");
            }
        }
    }

    std::vector<ConfigProblem> take_problems() { return std::move(problems_); }
    void complain(const toml::source_region& source, std::string text) {
        problems_.push_back(ConfigProblem{where(source), std::move(text)});
    }

private:
    std::string where(const toml::source_region& source) const {
        return file_name_ + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column);
    }

    static std::vector<std::string_view> sections() {
        std::vector<std::string_view> out{"conference"};
        for (const auto& row : settings_table())
            if (out.back() != row.section) out.push_back(row.section);
        return out;
    }
    static bool is_section(std::string_view name) {
        for (const auto& row : settings_table())
            if (row.section == name) return true;
        return false;
    }

    void unknown(const toml::key& key, std::string_view what, const std::vector<std::string_view>& names) {
        std::string text = "unknown " + std::string(what) + " \"" + std::string(key.str()) + "\"";
        if (const auto near = nearest(key.str(), names); !near.empty())
            text += "; did you mean \"" + std::string(near) + "\"?";
        complain(key.source(), std::move(text));
    }

    void read_conferences(const toml::node& node, Settings& settings) {
        const auto* list = node.as_array();
        if (list == nullptr || !list->is_array_of_tables())
            return complain(node.source(), "write [[conference]] with two brackets: there may be several");
        for (const auto& entry : *list) {
            ConferenceSettings conference;
            read_table(conference_settings_table(), "conference", *entry.as_table(), conference);
            if (conference.name.empty() && conference.number.empty())
                complain(entry.source(), "a conference needs a name or a number");
            settings.conferences.push_back(std::move(conference));
        }
    }

    template <class Owner>
    void read_table(std::span<const SettingRow<Owner>> rows, std::string_view section, const toml::table& table,
                    Owner& owner) {
        std::vector<std::string_view> names;
        for (const auto& row : rows)
            if (row.section == section) names.push_back(row.name);
        for (const auto& [key, node] : table) {
            const SettingRow<Owner>* found = nullptr;
            for (const auto& row : rows)
                if (row.section == section && row.name == key.str()) found = &row;
            if (found == nullptr) {
                unknown(key, "key", names);
                continue;
            }
            const std::string name = std::string(section) + "." + std::string(key.str());
            if (given_ != nullptr) given_->push_back(FileSetting{name, where(key.source())});
            if (const auto problem = set(*found, node, owner); !problem.empty())
                complain(node.source(), name + (problem.starts_with("must") ? " " : ": ") + problem);
        }
    }

    // Returns what is wrong: a sentence, or one that begins with "must" and lacks its subject.
    template <class Owner>
    std::string set(const SettingRow<Owner>& row, const toml::node& node, Owner& owner) {
        std::string wrong_type;
        const auto from_text = [&](const char* expected) {
            if (const auto text = node.value_exact<std::string>()) {
                const auto done = set_from_text(row, owner, *text);
                if (!done) wrong_type = done.error();
            } else {
                wrong_type = expected;
            }
        };
        const auto from_number = [&](const char* expected, auto assign) {
            const auto number = node.value_exact<std::int64_t>();
            if (number && *number >= 0)
                assign(static_cast<std::uint64_t>(*number));
            else
                wrong_type = expected;
        };
        std::visit(overloaded{[&](bool Owner::*field) {
                                  if (const auto value = node.value_exact<bool>())
                                      owner.*field = *value;
                                  else
                                      wrong_type = "must be true or false, without quotes";
                              },
                              [&](std::uint64_t Owner::*field) {
                                  from_number("must be a whole number, without quotes",
                                              [&](auto value) { owner.*field = value; });
                              },
                              [&](ByteSize Owner::*field) {
                                  if (node.is_integer())
                                      from_number("must not be negative",
                                                  [&](auto value) { owner.*field = ByteSize{value}; });
                                  else
                                      from_text("must be a size such as \"64MiB\"");
                              },
                              [&](Milliseconds Owner::*) {
                                  from_text("must be a duration with its unit in quotes, such as \"10s\"");
                              },
                              [&](std::string Owner::*) { from_text("must be a text in quotes"); },
                              [&](std::vector<std::string> Owner::*field) {
                                  if (node.is_string()) return from_text("");
                                  std::vector<std::string> entries;
                                  const auto* list = node.as_array();
                                  if (list == nullptr) wrong_type = "must be a list such as [\"one\", \"two\"]";
                                  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
                                      if (const auto text = (*list)[i].template value_exact<std::string>())
                                          entries.push_back(*text);
                                      else
                                          wrong_type = "must be a list of texts in quotes";
                                  }
                                  if (wrong_type.empty()) owner.*field = std::move(entries);
                              }},
                   row.field);
        if (!wrong_type.empty()) return wrong_type;
        const auto checked = check_value(row, owner);
        return checked ? std::string() : checked.error();
    }

    const std::string& file_name_;
    std::vector<FileSetting>* given_;
    std::vector<ConfigProblem> problems_;
};

}  // namespace

std::vector<ConfigProblem> read_toml(std::string_view text, const std::string& file_name, Settings& settings,
                                     std::vector<FileSetting>* given) {
    Reader reader(file_name, given);
    const toml::parse_result result = toml::parse(text, file_name);
    if (!result) {
        reader.complain(result.error().source(), std::string(result.error().description()));
        return reader.take_problems();
    }
    reader.read_all(result.table(), settings);
    return reader.take_problems();
}

}  // namespace convene::server

#include "cli/session_command.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/settings_table.hpp"

namespace convene::cli {
namespace {

constexpr SessionCommandRow kCommands[] = {
    {"say", CommandShape::text, "TEXT", "say something to everybody; the same as typing it", ""},
    {"msg", CommandShape::target_text, "NAME TEXT", "say something to one participant alone", ""},
    {"who", CommandShape::alone, "", "who is there", ""},
    {"name", CommandShape::text, "NEW", "change the name that others see", ""},
    {"lock", CommandShape::alone, "", "let nobody else in", ""},
    {"unlock", CommandShape::alone, "", "let others in again", ""},
    {"eject", CommandShape::target, "NAME", "put a participant out", ""},
    {"invite", CommandShape::text, "ADDRESS", "call another node into the conference, through this one", ""},
    {"conductor", CommandShape::action, "ACTION [NAME]", "take, release, ask, give NAME, accept, refuse, grant NAME",
     "take release ask give accept refuse grant"},
    {"time", CommandShape::text, "[MINUTES|+MINUTES]", "ask how much time is left, set it, or ask for more", ""},
    {"announce", CommandShape::text, "TEXT", "send a text message of the conference, at most 255 characters", ""},
    {"send", CommandShape::text_target, "FILE [NAME]", "send a file to everybody, or to one participant", ""},
    {"files", CommandShape::alone, "", "files that are on their way, and what others have", ""},
    {"get", CommandShape::text, "FILE", "ask the others for a file", ""},
    {"accept", CommandShape::text, "N", "take the file of that number", ""},
    {"refuse", CommandShape::text, "N", "do not take it", ""},
    {"cancel", CommandShape::text, "N", "stop a file on its way, in or out", ""},
    {"draw", CommandShape::action_text, "KIND X Y X2 Y2 [COLOR]", "line, rect or ellipse on the whiteboard",
     "line rect ellipse"},
    {"text", CommandShape::text, "X Y WORDS", "write on the whiteboard", ""},
    {"page", CommandShape::text, "new|N", "add a page to the whiteboard, or turn to one", ""},
    {"undo", CommandShape::alone, "", "take back what was drawn last", ""},
    {"redo", CommandShape::alone, "", "draw it again", ""},
    {"clear", CommandShape::alone, "", "remove everything from the page", ""},
    {"end", CommandShape::alone, "", "end the conference for everybody", ""},
    {"help", CommandShape::alone, "", "this list", ""},
    {"quit", CommandShape::alone, "", "leave", ""},
};

const SessionCommandRow* find(std::string_view name) {
    const auto found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                    [=](const SessionCommandRow& row) { return row.name == name; });
    return found == std::end(kCommands) ? nullptr : found;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

/// A word, or what stands in quotes.
std::string take_word(std::string_view& text) {
    text = trimmed(text);
    std::string out;
    if (text.starts_with('"')) {
        const auto end = text.find('"', 1);
        out = text.substr(1, end == std::string_view::npos ? end : end - 1);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    } else {
        const auto end = std::min(text.find(' '), text.size());
        out = text.substr(0, end);
        text.remove_prefix(end);
    }
    text = trimmed(text);
    return out;
}

bool is_word_of(std::string_view words, std::string_view word) {
    return !word.empty() && (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

std::string unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const SessionCommandRow& row : kCommands) names.push_back(row.name);
    const std::string_view near = server::nearest(name, names);
    return "there is no /" + std::string(name) +
           (near.empty() ? "; /help lists all" : "; did you mean /" + std::string(near) + "?");
}

Expected<SessionCommand, std::string> checked(SessionCommand command) {
    const SessionCommandRow* row = find(command.name);
    if (row == nullptr) return make_unexpected(unknown(command.name));
    const bool needs_text = (row->shape == CommandShape::text && !row->usage.starts_with('[')) ||
                            row->shape == CommandShape::target_text || row->shape == CommandShape::action_text ||
                            row->shape == CommandShape::text_target;
    const bool needs_target = row->shape == CommandShape::target || row->shape == CommandShape::target_text ||
                              command.action == "give" || command.action == "grant";
    const bool needs_action = row->shape == CommandShape::action || row->shape == CommandShape::action_text;
    if ((needs_text && command.text.empty()) || (needs_target && command.target.empty()) ||
        (needs_action && !is_word_of(row->actions, command.action)))
        return make_unexpected("use: /" + std::string(row->name) + " " + std::string(row->usage) +
                               (needs_action ? " (" + std::string(row->help) + ")" : ""));
    return command;
}

}  // namespace

std::span<const SessionCommandRow> session_commands() { return kCommands; }

Expected<SessionCommand, std::string> parse_command(std::string_view line) {
    line = trimmed(line);
    SessionCommand out;
    if (!line.starts_with('/') || line.starts_with("//")) {
        out.name = "say";
        out.text = line.starts_with("//") ? line.substr(1) : line;
        return checked(std::move(out));
    }
    line.remove_prefix(1);
    out.name = take_word(line);
    const SessionCommandRow* row = find(out.name);
    if (row == nullptr) return make_unexpected(unknown(out.name));
    switch (row->shape) {
        case CommandShape::alone:
            break;
        case CommandShape::text:
            out.text = line;
            break;
        case CommandShape::target:
            // A name alone may have spaces without quotes.
            out.target = line.starts_with('"') ? take_word(line) : std::string(line);
            break;
        case CommandShape::target_text:
            out.target = take_word(line);
            out.text = line;
            break;
        case CommandShape::action:
            out.action = take_word(line);
            out.target = line.starts_with('"') ? take_word(line) : std::string(line);
            break;
        case CommandShape::action_text:
            out.action = take_word(line);
            out.text = line;
            break;
        case CommandShape::text_target:
            out.text = take_word(line);
            out.target = line.starts_with('"') ? take_word(line) : std::string(line);
            break;
    }
    return checked(std::move(out));
}

Expected<SessionCommand, std::string> parse_json_command(std::string_view line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) return make_unexpected(std::string("a command must be a JSON object"));
    SessionCommand out;
    const auto take = [&](const char* key, std::string& into) {
        const auto found = json.find(key);
        if (found == json.end()) return true;
        if (found->is_string())
            into = found->get<std::string>();
        else if (found->is_number_integer())
            into = std::to_string(found->get<std::int64_t>());
        else
            return false;
        return true;
    };
    if (!take("command", out.name) || !take("action", out.action) || !take("to", out.target) || !take("text", out.text))
        return make_unexpected(std::string("members of a command are text or whole numbers"));
    for (const auto& [key, value] : json.items())
        if (key != "command" && key != "action" && key != "to" && key != "text")
            return make_unexpected("a command has no member \"" + key + "\"");
    return checked(std::move(out));
}

std::string command_help() {
    std::string out;
    for (const SessionCommandRow& row : kCommands) {
        std::string first = "  /" + std::string(row.name) + (row.usage.empty() ? "" : " ") + std::string(row.usage);
        first.resize(std::max<std::size_t>(first.size() + 1, 30), ' ');
        out += (out.empty() ? "" : "\n") + first + std::string(row.help);
    }
    return out;
}

std::vector<std::string> complete_command(std::string_view line, const std::vector<std::string>& names) {
    std::vector<std::string> out;
    const auto offer = [&](std::string_view before, std::string_view word, std::string_view candidate,
                           const char* after) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        if (candidate.size() >= word.size() && std::equal(word.begin(), word.end(), candidate.begin(),
                                                          [&](char a, char b) { return lower(a) == lower(b); }))
            out.push_back(std::string(before) + std::string(candidate) + after);
    };
    const auto space = line.find(' ');
    if (line.starts_with('/') && space == std::string_view::npos) {
        for (const SessionCommandRow& row : kCommands)
            offer("/", line.substr(1), row.name, row.shape == CommandShape::alone ? "" : " ");
        return out;
    }
    const SessionCommandRow* row = line.starts_with('/') ? find(line.substr(1, space - 1)) : nullptr;
    if (row == nullptr) {  // a name to address somebody by, at the beginning of what is said
        if (!line.starts_with('/') && space == std::string_view::npos && !line.empty())
            for (const std::string& name : names) offer("", line, name, ": ");
        return out;
    }
    std::string_view before = line.substr(0, space + 1);
    std::string_view word = line.substr(space + 1);
    const bool has_action = row->shape == CommandShape::action || row->shape == CommandShape::action_text;
    if (has_action || row->shape == CommandShape::text_target) {
        const auto second = word.find(' ');
        if (second == std::string_view::npos && !has_action) return out;
        if (second == std::string_view::npos) {
            for (std::string_view actions = row->actions; !actions.empty();) {
                const auto end = std::min(actions.find(' '), actions.size());
                offer(before, word, actions.substr(0, end), "");
                actions.remove_prefix(std::min(end + 1, actions.size()));
            }
            return out;
        }
        before = line.substr(0, space + 1 + second + 1);
        word.remove_prefix(second + 1);
    }
    if (row->shape == CommandShape::alone || row->shape == CommandShape::text ||
        row->shape == CommandShape::action_text)
        return out;
    const bool quoted = word.starts_with('"');
    if (quoted) word.remove_prefix(1);
    for (const std::string& name : names) {
        const bool needs_quotes = row->shape == CommandShape::target_text && name.find(' ') != std::string::npos;
        const char* after = row->shape == CommandShape::target_text ? (needs_quotes ? "\" " : " ") : "";
        offer(std::string(before) + (needs_quotes ? "\"" : ""), word, name, after);
    }
    return out;
}

}  // namespace convene::cli

#include "server/settings_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/overloaded.hpp"

namespace convene::server {

namespace {

using S = Settings;
using C = ConferenceSettings;
constexpr auto kRestart = Reload::needs_restart;
constexpr auto kAtOnce = Reload::at_once;
constexpr std::uint64_t kAny = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kKiB = 1024, kMiB = 1024 * kKiB, kGiB = 1024 * kMiB;
constexpr std::uint64_t kSecond = 1000, kHour = 3600 * kSecond;

const std::array kSettings{
    SettingRow<S>{"server", "listen", &S::listen,
                  "Addresses and ports to accept T.120 connections on; \"*:1503\" means every address of the machine.",
                  kRestart, 0, kAny, "", "listen"},
    SettingRow<S>{"server", "data", &S::data,
                  "Directory for what the server keeps and for its admin socket; empty: keep nothing.", kRestart, 0,
                  kAny, "", "data"},
    SettingRow<S>{"server", "workers", &S::workers,
                  "Threads that carry conferences, each conference on one of them; 0: as many as there are cores.",
                  kRestart, 0, 256, "", "workers"},
    SettingRow<S>{"server", "drain_time", &S::drain_time,
                  "How long a stopping server lets participants read why, before it closes their connections.", kAtOnce,
                  0, 60 * kSecond},
    SettingRow<S>{"server", "admin_socket", &S::admin_socket,
                  "UNIX socket for `convene admin`; empty: admin.sock in $RUNTIME_DIRECTORY or the data directory.",
                  kRestart},
    SettingRow<S>{"server", "node_name", &S::node_name,
                  "Name of the server in the roster of every conference, at most 255 characters.", kRestart},

    SettingRow<S>{"web", "listen", &S::web_listen,
                  "Addresses and ports for browsers, HTTPS and WebSocket; empty: none.", kRestart, 0, kAny, "",
                  "web-listen"},
    SettingRow<S>{"web", "plain_listen", &S::web_plain_listen,
                  "Likewise without TLS, for a proxy on this machine: only loopback addresses.", kRestart},
    SettingRow<S>{"web", "certificate", &S::web_certificate,
                  "PEM file with the certificate and those between it and its root; empty: one that the server makes "
                  "for itself."},
    SettingRow<S>{"web", "key", &S::web_key, "PEM file with its key; empty: it is in the file of the certificate."},
    SettingRow<S>{"web", "origins", &S::web_origins,
                  "Origins besides the server's own whose pages may open the WebSocket, as "
                  "\"https://meet.example.org\"; also that of a proxy."},
    SettingRow<S>{"web", "frame_ancestors", &S::web_frame_ancestors,
                  "Which pages may show these in a frame: 'none', 'self', or origins separated by spaces."},
    SettingRow<S>{
        "web", "admin_token_file", &S::web_admin_token_file,
        "File whose first line is the administrators' token, for the JSON interface and, from other machines, "
        "/metrics; empty: admin-token in the data directory, made when it is missing.",
        kRestart},
    SettingRow<S>{
        "web", "webhooks", &S::webhooks,
        "Addresses, http:// or https://, that are told when conferences begin and end and people come and go.",
        kRestart},
    SettingRow<S>{"web", "webhook_secret_file", &S::webhook_secret_file,
                  "File whose first line is the secret that signs what webhooks are told; needed where there are any.",
                  kRestart},
    SettingRow<S>{"web", "threads", &S::web_threads, "Threads that serve browsers.", kRestart, 1, 64},
    SettingRow<S>{"web", "header_size", &S::web_header_size, "Octets of the header of a request.", kAtOnce, kKiB,
                  16 * kKiB},
    SettingRow<S>{"web", "header_time", &S::web_header_time,
                  "Time to complete TLS and the header of a request, before the connection is closed.", kAtOnce, 100,
                  kHour},
    SettingRow<S>{"web", "body_time", &S::web_body_time, "Likewise for the body of a request.", kAtOnce, 100, kHour},
    SettingRow<S>{"web", "idle_time", &S::web_idle_time, "How long a connection stays open between two requests.",
                  kAtOnce, 100, kHour},
    SettingRow<S>{"web", "message_size", &S::web_message_size, "Octets of one WebSocket message.", kAtOnce, kKiB,
                  64 * kMiB},
    SettingRow<S>{"web", "ping_time", &S::web_ping_time,
                  "A WebSocket that has said nothing for half of this is asked, and closed when it does not answer.",
                  kAtOnce, kSecond, kHour},

    SettingRow<S>{"log", "level", &S::log_level, "The least important level that is written.", kAtOnce, 0, kAny,
                  "trace|debug|info|warning|error", "log-level"},
    SettingRow<S>{"log", "format", &S::log_format, "One line per event, for people or as a JSON object.", kRestart, 0,
                  kAny, "text|json", "log-format"},
    SettingRow<S>{"log", "addresses", &S::log_addresses,
                  "Peer addresses as they are, or as a hash that is the same until the server is restarted.", kAtOnce,
                  0, kAny, "plain|hashed"},

    SettingRow<S>{"capture", "directory", &S::capture_directory,
                  "Write every connection as a pcap file into this directory; empty: do not.", kAtOnce, 0, kAny, "",
                  "capture"},
    SettingRow<S>{"capture", "file_size", &S::capture_file_size, "Octets after which a capture file gets no more.",
                  kAtOnce, 64 * kKiB, 64 * kGiB},

    SettingRow<S>{"conferences", "policy", &S::policy,
                  "Who may create conferences: anybody, nobody (only those configured exist), or anybody who gives the "
                  "new conference a password.",
                  kAtOnce, 0, kAny, "open|configured|password"},
    SettingRow<S>{"conferences", "default_name", &S::default_name,
                  "Name of the permanent conference for clients that can only call an address; empty: there is none.",
                  kRestart},
    SettingRow<S>{"conferences", "default_number", &S::default_number,
                  "Its numeric name, digits only, for clients that know no other.", kRestart},
    SettingRow<S>{"conferences", "list_created", &S::list_created,
                  "Show conferences created on demand to whoever queries, if their creator wishes so.", kAtOnce},
    SettingRow<S>{"conferences", "linger", &S::linger,
                  "How long a conference created on demand stays when nobody is in it.", kAtOnce, 0, 24 * kHour},
    SettingRow<S>{"conferences", "default_right", &S::default_right,
                  "What participants may do who were invited to nothing else, in the default conference and in those "
                  "created on demand.",
                  kRestart, 0, kAny, "view|draw"},

    SettingRow<S>{"limits", "conferences", &S::max_conferences, "Conferences at once.", kAtOnce, 1, 1'000'000},
    SettingRow<S>{"limits", "users", &S::max_users, "Participants in one conference.", kAtOnce, 1, 60'000},
    SettingRow<S>{"limits", "connections", &S::max_connections, "Connections at once, of all kinds.", kAtOnce, 1,
                  10'000'000},
    SettingRow<S>{"limits", "connections_per_address", &S::max_connections_per_address,
                  "Connections at once from one address (one /64 of IPv6).", kAtOnce, 1, 10'000'000},
    SettingRow<S>{"limits", "handshake_time", &S::handshake_time,
                  "Time a new connection has to say what it wants, before it is closed.", kAtOnce, 100, kHour},
    SettingRow<S>{"limits", "handshake_size", &S::handshake_size,
                  "Octets a new connection may send to say what it wants.", kAtOnce, 4 * kKiB, 16 * kMiB},
    SettingRow<S>{"limits", "output_queue", &S::output_queue,
                  "Octets waiting for one receiver after which it is disconnected.", kAtOnce, 256 * kKiB, 4 * kGiB},
    SettingRow<S>{"limits", "conference_queue", &S::conference_queue,
                  "Octets waiting for all receivers of one conference together after which the one with the longest "
                  "queue is disconnected.",
                  kAtOnce, kMiB, 1024 * kGiB},
    SettingRow<S>{"limits", "read_block", &S::read_block,
                  "Octets of a block that the sockets of a thread receive into.", kRestart, 64 * kKiB, 16 * kMiB},
    SettingRow<S>{"limits", "stall_time", &S::stall_time,
                  "Time in which a receiver that has fallen behind must take at least 16 KiB, or it is disconnected.",
                  kAtOnce, 100, kHour},
    SettingRow<S>{"limits", "frame_time", &S::frame_time, "Time from the first octet of a TPKT frame to its last.",
                  kAtOnce, 100, kHour},
    SettingRow<S>{"limits", "tsdu_time", &S::tsdu_time,
                  "Time from the first frame of a PDU that comes in several to its last.", kAtOnce, 100, kHour},
    SettingRow<S>{"limits", "password_attempts", &S::password_attempts,
                  "Wrong passwords in a row from one address before it has to wait.", kAtOnce, 1, 1'000'000},
    SettingRow<S>{"limits", "password_refill", &S::password_refill, "Time after which it may try once more.", kAtOnce,
                  1, 24 * kHour},

    SettingRow<S>{"mcs", "channels", &S::max_channels, "Channels in use at once in one conference.", kAtOnce, 16,
                  65'535},
    SettingRow<S>{"mcs", "user_ids", &S::max_user_ids,
                  "MCS users at once in one conference; a participant needs one for each of its applications.", kAtOnce,
                  16, 64'535},
    SettingRow<S>{"mcs", "tokens", &S::max_tokens, "Tokens in use at once in one conference.", kAtOnce, 0, 65'535},
    SettingRow<S>{"mcs", "height", &S::max_height, "Levels of providers below the server.", kAtOnce, 1, 100},
    SettingRow<S>{"mcs", "pdu_size", &S::max_pdu_size, "Octets of an MCS PDU that are agreed to at most.", kAtOnce,
                  1024, 65'528},
    SettingRow<S>{"mcs", "priorities", &S::priorities,
                  "TCP connections per participant that are agreed to when it leaves the choice.", kAtOnce, 1, 4},
    SettingRow<S>{"mcs", "users_per_connection", &S::users_per_connection, "MCS users that one connection may bring.",
                  kAtOnce, 1, 64'535},
    SettingRow<S>{"mcs", "flow_high", &S::flow_high,
                  "Octets waiting for one receiver from which on those who send to it are held back.", kAtOnce,
                  16 * kKiB, kGiB},
    SettingRow<S>{"mcs", "flow_low", &S::flow_low, "Octets still waiting when they may go on.", kAtOnce, 0, kGiB},

    SettingRow<S>{"gcc", "roster_delay", &S::roster_delay,
                  "How long the first change of the roster waits for others before all are told.", kAtOnce, 0,
                  60 * kSecond},
    SettingRow<S>{"gcc", "roster_spacing_per_node", &S::roster_spacing_per_node,
                  "Rosters are sent at least this far apart for each node in them.", kAtOnce, 0, kSecond},
    SettingRow<S>{"gcc", "roster_spacing_max", &S::max_roster_spacing, "But not farther apart than this.", kAtOnce, 0,
                  60 * kSecond},
    SettingRow<S>{"gcc", "identification_time", &S::identification_time,
                  "How long somebody who was let in may take to appear in the conference.", kAtOnce, kSecond, kHour},
    SettingRow<S>{"gcc", "eject_time", &S::eject_time,
                  "How long somebody who is ejected may take to leave before the connection is closed.", kAtOnce, 0,
                  60 * kSecond},
    SettingRow<S>{"gcc", "registry_entries", &S::registry_entries, "Entries in the registry of one conference.",
                  kAtOnce, 0, 1'000'000},
    SettingRow<S>{"gcc", "registry_entries_per_node", &S::registry_entries_per_node, "Entries that belong to one node.",
                  kAtOnce, 0, 1'000'000},
    SettingRow<S>{"gcc", "sdu_size", &S::max_sdu, "Octets of a GCC PDU that comes in parts.", kAtOnce, 64 * kKiB, kGiB},

    SettingRow<S>{"memory", "chat", &S::memory_chat,
                  "Remember what is said to all in conferences that stay, where there is a data directory.", kRestart},
    SettingRow<S>{"memory", "whiteboard", &S::memory_whiteboard, "Remember their whiteboards.", kRestart},
    SettingRow<S>{"memory", "files", &S::memory_files, "Keep the files that are sent to all in them.", kRestart},
    SettingRow<S>{
        "memory", "history_lines", &S::memory_history_lines,
        "Lines of chat that newcomers are told who ask for them; a larger number counts from the next line on.",
        kAtOnce, 0, 10'000},
    SettingRow<S>{"memory", "retention", &S::memory_retention,
                  "Age from which lines of chat and files are removed, at the start and once a day; 0s: never.",
                  kAtOnce, 0, 36'500 * 24 * kHour},
    SettingRow<S>{"memory", "durability", &S::memory_durability,
                  "What a receipt is worth: full survives a loss of power, normal the end of the program.", kRestart, 0,
                  kAny, "full|normal"},
    SettingRow<S>{"memory", "shelf_size", &S::memory_shelf_size, "Octets of files kept for one conference.", kRestart,
                  kKiB, 1024 * kGiB},
    SettingRow<S>{"memory", "shelf_total", &S::memory_shelf_total, "Octets of files kept for all conferences together.",
                  kRestart, kKiB, 1024 * kGiB},
    SettingRow<S>{"memory", "file_size", &S::memory_file_size, "Octets of the largest file that is kept.", kRestart,
                  kKiB, 1024 * kGiB},

    SettingRow<S>{"whiteboard", "pages", &S::whiteboard_pages,
                  "Pages of one whiteboard that the server keeps; other nodes may take more, and late joiners do not "
                  "see these.",
                  kRestart, 1, 65'535},
    SettingRow<S>{"whiteboard", "objects_per_page", &S::whiteboard_objects, "Objects on one of its pages, likewise.",
                  kRestart, 1, 1'000'000},
    SettingRow<S>{"whiteboard", "size", &S::whiteboard_size, "Octets of all its objects together, likewise.", kRestart,
                  64 * kKiB, kGiB},
};

const std::array kConference{
    SettingRow<C>{"conference", "name", &C::name, "Name, as shown to people and used to join."},
    SettingRow<C>{"conference", "number", &C::number,
                  "Numeric name, digits only; empty: one is chosen when the server starts."},
    SettingRow<C>{"conference", "description", &C::description, "What it is about, shown to whoever queries."},
    SettingRow<C>{"conference", "listed", &C::listed, "Shown to whoever queries the server."},
    SettingRow<C>{"conference", "locked", &C::locked, "Nobody can join until it is unlocked."},
    SettingRow<C>{"conference", "conductible", &C::conductible, "A participant may become its conductor."},
    SettingRow<C>{"conference", "waiting_room", &C::waiting_room,
                  "Whoever is not invited to moderate waits until a moderator lets it in."},
    SettingRow<C>{"conference", "default_right", &C::default_right,
                  "What participants may do who were invited to nothing else.", kAtOnce, 0, kAny, "view|draw"},
    SettingRow<C>{"conference", "password_file", &C::password_file,
                  "File whose first line is the password needed to join; empty: none is needed."},
    SettingRow<C>{"conference", "convener_password_file", &C::convener_password_file,
                  "File whose first line is the password that makes who joins with it the convener."},
    SettingRow<C>{"conference", "max_users", &C::max_users, "Participants at once; 0: as limits.users says.", kAtOnce,
                  0, 60'000},
    SettingRow<C>{"conference", "remember_chat", &C::remember_chat, "As memory.chat says; false: in no case."},
    SettingRow<C>{"conference", "remember_whiteboard", &C::remember_whiteboard,
                  "As memory.whiteboard says; false: in no case."},
    SettingRow<C>{"conference", "remember_files", &C::remember_files, "As memory.files says; false: in no case."},
};

std::string toml_string(std::string_view text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[c & 15];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string choices_sentence(std::string_view choices) {
    std::string out;
    for (char c : choices) out += c == '|' ? std::string(", ") : std::string(1, c);
    return out;
}

bool is_choice(std::string_view choices, std::string_view text) {
    while (true) {
        const auto end = choices.find('|');
        if (choices.substr(0, end) == text) return true;
        if (end == std::string_view::npos) return false;
        choices.remove_prefix(end + 1);
    }
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto comma = text.find(',');
        auto part = text.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) out.emplace_back(part);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
    }
    return out;
}

}  // namespace

std::span<const SettingRow<Settings>> settings_table() { return kSettings; }
std::span<const SettingRow<ConferenceSettings>> conference_settings_table() { return kConference; }

std::string flag_of(const SettingRow<Settings>& row) {
    std::string name =
        row.flag.empty() ? std::string(row.section) + "-" + std::string(row.name) : std::string(row.flag);
    std::replace(name.begin(), name.end(), '_', '-');
    return "--" + name;
}

std::string variable_of(const SettingRow<Settings>& row) {
    std::string name = "CONVENE_" + std::string(row.section) + "_" + std::string(row.name);
    for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

template <class Owner>
std::string value_name(const SettingRow<Owner>& row) {
    if (!row.choices.empty()) return std::string(row.choices);
    return std::visit(
        overloaded{[](bool Owner::*) { return "true|false"; }, [](std::uint64_t Owner::*) { return "NUMBER"; },
                   [](ByteSize Owner::*) { return "SIZE"; }, [](Milliseconds Owner::*) { return "DURATION"; },
                   [](std::string Owner::*) { return "TEXT"; },
                   [](std::vector<std::string> Owner::*) { return "TEXT,..."; }},
        row.field);
}

template <class Owner>
std::string value_text(const SettingRow<Owner>& row, const Owner& owner) {
    return std::visit(overloaded{[&](bool Owner::*field) { return std::string(owner.*field ? "true" : "false"); },
                                 [&](std::uint64_t Owner::*field) { return std::to_string(owner.*field); },
                                 [&](ByteSize Owner::*field) { return toml_string(to_text(owner.*field)); },
                                 [&](Milliseconds Owner::*field) { return toml_string(to_text(owner.*field)); },
                                 [&](std::string Owner::*field) { return toml_string(owner.*field); },
                                 [&](std::vector<std::string> Owner::*field) {
                                     std::string out = "[";
                                     for (const auto& entry : owner.*field)
                                         out += (out.size() > 1 ? ", " : "") + toml_string(entry);
                                     return out + "]";
                                 }},
                      row.field);
}

template <class Owner>
Expected<std::monostate, std::string> set_from_text(const SettingRow<Owner>& row, Owner& owner, std::string_view text) {
    std::string problem;
    const auto take = [&](auto& member, auto parsed) {
        if (parsed)
            member = std::move(*parsed);
        else
            problem = std::move(parsed).error();
    };
    std::visit(overloaded{[&](bool Owner::*field) { take(owner.*field, parse_bool(text)); },
                          [&](std::uint64_t Owner::*field) { take(owner.*field, parse_count(text)); },
                          [&](ByteSize Owner::*field) { take(owner.*field, parse_size(text)); },
                          [&](Milliseconds Owner::*field) { take(owner.*field, parse_duration(text)); },
                          [&](std::string Owner::*field) { owner.*field = text; },
                          [&](std::vector<std::string> Owner::*field) { owner.*field = split(text); }},
               row.field);
    if (!problem.empty()) return make_unexpected(problem);
    return check_value(row, owner);
}

template <class Owner>
Expected<std::monostate, std::string> check_value(const SettingRow<Owner>& row, const Owner& owner) {
    const auto out_of_range = [&](std::uint64_t value, auto printed) {
        return value < row.min || value > row.max ? "must be between " + printed(row.min) + " and " + printed(row.max)
                                                  : std::string();
    };
    const std::string problem = std::visit(
        overloaded{[](bool Owner::*) { return std::string(); },
                   [&](std::uint64_t Owner::*field) {
                       return out_of_range(owner.*field, [](std::uint64_t v) { return std::to_string(v); });
                   },
                   [&](ByteSize Owner::*field) {
                       return out_of_range((owner.*field).value, [](std::uint64_t v) { return to_text(ByteSize{v}); });
                   },
                   [&](Milliseconds Owner::*field) {
                       return out_of_range(static_cast<std::uint64_t>((owner.*field).count()),
                                           [](std::uint64_t v) { return to_text(Milliseconds(v)); });
                   },
                   [&](std::string Owner::*field) {
                       if (row.choices.empty() || is_choice(row.choices, owner.*field)) return std::string();
                       return "\"" + owner.*field + "\" is not one of: " + choices_sentence(row.choices);
                   },
                   [](std::vector<std::string> Owner::*) { return std::string(); }},
        row.field);
    if (!problem.empty()) return make_unexpected(problem);
    return std::monostate{};
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& names) {
    std::string_view best;
    std::size_t best_distance = word.size() / 3 + 2;  // farther than this is no slip of the hand
    for (std::string_view name : names) {
        std::vector<std::size_t> row(name.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
        for (std::size_t w = 1; w <= word.size(); ++w) {
            std::size_t diagonal = std::exchange(row[0], w);
            for (std::size_t n = 1; n <= name.size(); ++n) {
                const std::size_t replaced = diagonal + (word[w - 1] == name[n - 1] ? 0 : 1);
                diagonal = row[n];
                row[n] = std::min({row[n] + 1, row[n - 1] + 1, replaced});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = name;
        }
    }
    return best;
}

template std::string value_name(const SettingRow<Settings>&);
template std::string value_name(const SettingRow<ConferenceSettings>&);
template std::string value_text(const SettingRow<Settings>&, const Settings&);
template std::string value_text(const SettingRow<ConferenceSettings>&, const ConferenceSettings&);
template Expected<std::monostate, std::string> set_from_text(const SettingRow<Settings>&, Settings&, std::string_view);
template Expected<std::monostate, std::string> set_from_text(const SettingRow<ConferenceSettings>&, ConferenceSettings&,
                                                             std::string_view);
template Expected<std::monostate, std::string> check_value(const SettingRow<Settings>&, const Settings&);
template Expected<std::monostate, std::string> check_value(const SettingRow<ConferenceSettings>&,
                                                           const ConferenceSettings&);

}  // namespace convene::server

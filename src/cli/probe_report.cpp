#include "cli/probe_report.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "cli/context.hpp"
#include "dissect/print.hpp"
#include "io/endpoint.hpp"

namespace convene::cli {
namespace {

struct VerdictRow {
    Verdict verdict;
    std::string_view name;
    ExitCode code;
    std::string_view advice;
};

constexpr std::array<VerdictRow, 15> kVerdicts{{
    {Verdict::t120, "t120", ExitCode::fine, "Join it with: convene join "},
    {Verdict::mcs_only, "mcs-only", ExitCode::not_found,
     "It speaks MCS but not GCC as T.124 has it; conferences cannot be listed or joined."},
    {Verdict::x224_only, "x224-only", ExitCode::not_found,
     "It speaks ISO transport but no MCS: maybe a device that uses RFC 1006 for something else."},
    {Verdict::x224_refused, "x224-refused", ExitCode::refused,
     "It is there and refuses connections now; it may be full, or not meant for callers."},
    {Verdict::remote_desktop, "remote-desktop", ExitCode::not_found,
     "A Remote Desktop server: connect with an RDP client, and run T.120 on another port or machine."},
    {Verdict::tls, "tls", ExitCode::not_found,
     "Everything here goes through TLS, which NetMeeting and plain T.120 do not speak."},
    {Verdict::http, "http", ExitCode::not_found, "A web server or proxy answers on this port; T.120 is not here."},
    {Verdict::other, "other", ExitCode::not_found,
     "Another program uses the port; on that machine `convene probe --local` tells which."},
    {Verdict::broken, "broken", ExitCode::protocol,
     "It begins as T.120 does and then violates the protocol; `convene dissect` of a capture shows where."},
    {Verdict::silent, "silent", ExitCode::unreachable,
     "A program accepts connections but does not answer X.224: it hangs, waits for something else, or a firewall "
     "answers "
     "in its place."},
    {Verdict::hung_up, "hung-up", ExitCode::unreachable,
     "A program accepts connections and closes them at once: an access list, a proxy without its server, or another "
     "protocol."},
    {Verdict::closed, "closed", ExitCode::unreachable,
     "The machine is up and nothing listens there. Is the server running, and listening on this address?"},
    {Verdict::filtered, "filtered", ExitCode::unreachable,
     "No answer at all: a firewall drops the packets, or the machine is down."},
    {Verdict::unreachable, "unreachable", ExitCode::unreachable, "There is no way to that address from here."},
    {Verdict::unknown_host, "unknown-host", ExitCode::unreachable, "Is the name spelled right?"},
}};

const VerdictRow& row_of(Verdict verdict) {
    return *std::find_if(kVerdicts.begin(), kVerdicts.end(),
                         [=](const VerdictRow& row) { return row.verdict == verdict; });
}

nlohmann::ordered_json parameters_json(const mcs::DomainParameters& parameters) {
    return {{"maxChannelIds", parameters.max_channel_ids}, {"maxUserIds", parameters.max_user_ids},
            {"maxTokenIds", parameters.max_token_ids},     {"numPriorities", parameters.num_priorities},
            {"minThroughput", parameters.min_throughput},  {"maxHeight", parameters.max_height},
            {"maxMCSPDUsize", parameters.max_mcspdu_size}, {"protocolVersion", parameters.protocol_version}};
}

}  // namespace

std::string_view name(Verdict verdict) { return row_of(verdict).name; }
ExitCode exit_code(Verdict verdict) { return row_of(verdict).code; }

std::string advice(const ProbeReport& report) {
    std::string out(row_of(report.verdict).advice);
    if (report.verdict != Verdict::t120) return out;
    if (report.port == io::kT120Port) return out + report.host;
    const bool is_ipv6 = report.host.find(':') != std::string::npos;
    return out + (is_ipv6 ? "[" + report.host + "]" : report.host) + ":" + std::to_string(report.port);
}

std::string_view name(gcc::NodeType type) {
    switch (type) {
        case gcc::NodeType::terminal:
            return "terminal";
        case gcc::NodeType::multiport_terminal:
            return "multiport terminal";
        case gcc::NodeType::mcu:
            return "MCU";
    }
    return "unknown node type";
}

std::string describe(const gcc::ConferenceDescriptor& conference) {
    std::string out = printable(gcc::to_string(conference.conference_name));
    if (out != conference.conference_name.numeric) out += ", number " + conference.conference_name.numeric;
    if (conference.conference_name_modifier) out += ", modifier " + *conference.conference_name_modifier;
    if (conference.default_conference_flag.value_or(false)) out += ", default";
    if (conference.locked_conference) out += ", locked";
    if (conference.password_in_the_clear_required) out += ", password";
    if (conference.conference_description) out += ": " + printable(gcc::to_utf8(*conference.conference_description));
    return out;
}

nlohmann::ordered_json to_json(const gcc::ConferenceDescriptor& conference) {
    nlohmann::ordered_json out{{"name", gcc::to_string(conference.conference_name)},
                               {"number", conference.conference_name.numeric}};
    if (conference.conference_name_modifier) out["modifier"] = *conference.conference_name_modifier;
    if (conference.conference_description) out["description"] = gcc::to_utf8(*conference.conference_description);
    out["locked"] = conference.locked_conference;
    out["password"] = conference.password_in_the_clear_required;
    out["default"] = conference.default_conference_flag.value_or(false);
    return out;
}

std::string details_of(const ProbeReport& report) {
    std::string out;
    if (report.query) {
        out += "node type: " + std::string(name(report.query->node_type)) + "\n";
        if (report.query->conference_list.empty()) out += "conferences: none listed\n";
        for (const auto& conference : report.query->conference_list)
            out += "conference: " + describe(conference) + "\n";
        if (report.query->wait_for_invitation_flag.value_or(false)) out += "callers wait to be invited\n";
    }
    if (report.response) {
        const mcs::DomainParameters& parameters = report.response->domain_parameters;
        out += "MCS: version " + std::to_string(parameters.protocol_version) + ", " +
               std::to_string(parameters.num_priorities) + " priorities, PDUs up to " +
               std::to_string(parameters.max_mcspdu_size) + " octets, " + std::to_string(parameters.max_user_ids) +
               " users, " + std::to_string(parameters.max_channel_ids) + " channels, height " +
               std::to_string(parameters.max_height) + "\n";
    }
    if (!report.remote_desktop.empty()) out += "Remote Desktop: " + report.remote_desktop + "\n";
    if (!report.first_octets.empty()) out += "first octets:\n" + dissect::hex_dump(report.first_octets, 0, 2, 64);
    return out;
}

nlohmann::ordered_json to_json(const ProbeReport& report) {
    nlohmann::ordered_json out{{"host", report.host}, {"port", report.port}};
    if (!report.address.empty()) out["address"] = report.address;
    out["verdict"] = name(report.verdict);
    out["summary"] = report.summary;
    out["advice"] = advice(report);
    if (report.query) {
        out["nodeType"] = name(report.query->node_type);
        out["conferences"] = nlohmann::ordered_json::array();
        for (const auto& conference : report.query->conference_list) out["conferences"].push_back(to_json(conference));
    }
    if (report.response) out["domainParameters"] = parameters_json(report.response->domain_parameters);
    if (!report.remote_desktop.empty()) out["remoteDesktop"] = report.remote_desktop;
    if (!report.first_octets.empty()) out["firstOctets"] = to_hex(report.first_octets);
    return out;
}

}  // namespace convene::cli

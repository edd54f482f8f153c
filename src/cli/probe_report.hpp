/// What a probe found, in words and as JSON.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "gcc/query_pdu.hpp"
#include "mcs/connect_pdu.hpp"

namespace convene::cli {

enum class Verdict : std::uint8_t {
    t120,            ///< a T.120 node
    mcs_only,        ///< MCS answers, but no GCC as T.124 knows it
    x224_only,       ///< X.224 answers, but nothing above it
    x224_refused,    ///< X.224 says no
    remote_desktop,  ///< a Remote Desktop server
    tls,             ///< TLS
    http,            ///< HTTP
    other,           ///< answers with something else
    broken,          ///< begins as T.120 and violates it
    silent,          ///< accepts, and says nothing
    hung_up,         ///< accepts, and closes
    closed,          ///< nothing listens
    filtered,        ///< no answer to the attempt to connect
    unreachable,     ///< no way there
    unknown_host,    ///< no such name
};
std::string_view name(Verdict verdict);
ExitCode exit_code(Verdict verdict);

struct ProbeReport {
    std::string host;
    std::uint16_t port = 0;
    std::string address;  ///< that was connected to
    Verdict verdict = Verdict::unreachable;
    std::string summary;  ///< one line

    std::optional<mcs::ConnectResponse> response;
    std::optional<gcc::ConferenceQueryResponse> query;
    std::string remote_desktop;  ///< how it wants to be spoken to
    Bytes first_octets;          ///< of an answer that is something else
};

/// What to do about it, one or two sentences.
std::string advice(const ProbeReport& report);
/// Everything besides verdict and advice, several lines.
std::string details_of(const ProbeReport& report);
nlohmann::ordered_json to_json(const ProbeReport& report);

/// One conference of a list, one line: name, number and what it takes to get in.
std::string describe(const gcc::ConferenceDescriptor& conference);
nlohmann::ordered_json to_json(const gcc::ConferenceDescriptor& conference);
std::string_view name(gcc::NodeType type);

}  // namespace convene::cli

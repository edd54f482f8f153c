/// The questions of a probe, in their order, and what the answers mean.
#pragma once

#include <functional>
#include <string_view>

#include "cli/probe_report.hpp"
#include "cli/probe_wire.hpp"

namespace convene::cli {

struct ProbeTarget {
    std::string host;
    std::uint16_t port = 0;
    Duration time;  ///< for each step
};

/// Told of everything before it is sent: the connection's number, what it is, and the octets.
using Announce = std::function<void(unsigned connection, std::string_view what, ByteView octets)>;

/// Connects, asks, judges. Sends nothing that `announce` was not told of:
///   1  an X.224 connection request; if confirmed, a Connect-Initial with a conference query
///   2  unless that was T.120: a connection request as a Remote Desktop client sends it
///   3  if the first was met with silence or a close: a TLS ClientHello
ProbeReport probe(const ProbeTarget& target, const Announce& announce);

/// What an answer to the first connection request is, by its first octets; nothing when it may be X.224.
std::optional<Verdict> judge_first_octets(ByteView octets);

}  // namespace convene::cli

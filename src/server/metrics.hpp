/// The state of a server as text for Prometheus. Only what is really counted; on the way of a PDU that costs an
/// addition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "http/server.hpp"
#include "server/conference_traffic.hpp"

namespace convene::server {

struct Metrics {
    std::uint64_t connections = 0;
    std::uint64_t undecided = 0;
    std::uint64_t conferences = 0;
    std::uint64_t participants = 0;
    bool is_draining = false;
    double uptime_seconds = 0;
    ConferenceTraffic traffic;
    std::optional<http::Totals> web;
};

/// Text exposition format, version 0.0.4.
std::string metrics_text(const Metrics& metrics);
inline constexpr char kMetricsType[] = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace convene::server

/// The closed list of events that a server logs, and what each means.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace convene::server {

enum class LogLevel : std::uint8_t { trace, debug, info, warning, error };

enum class LogEvent : std::uint8_t {
    server_starting,
    server_listening,
    server_ready,
    server_draining,
    server_stopped,
    server_failed,
    server_left_at_once,
    config_reloaded,
    config_rejected,
    config_needs_restart,
    listen_failed,
    accept_trouble,
    accept_paused,
    accept_resumed,
    connection_accepted,
    connection_refused,
    connection_closed,
    connection_too_slow,
    handshake_failed,
    handshake_timeout,
    query_answered,
    conference_created,
    conference_ended,
    conference_changed,
    conference_refused,
    join_refused,
    user_joined,
    user_left,
    application_seen,
    protocol_incident,
    certificate_loaded,
    certificate_trouble,
    web_trouble,
    capture_started,
    capture_stopped,
    capture_failed,
    memory_opened,
    memory_restored,
    memory_cleaned,
    memory_trouble,
    file_kept,
    file_refused,
    webhook_failed,
    webhook_lost,
    admin_command,
    admin_failed,
};

struct LogEventRow {
    LogEvent event;
    std::string_view area;  ///< server, config, net, web, conference, protocol, capture, memory or admin
    std::string_view name;
    std::string_view meaning;
    /// Lines of this event in one second after which the rest is only counted: what strangers can cause at will.
    unsigned lines_per_second;
};

/// In the order of the enumeration.
std::span<const LogEventRow> log_events();
const LogEventRow& row_of(LogEvent event);

}  // namespace convene::server

#include "server/log_event.hpp"

#include <array>

namespace convene::server {

namespace {

constexpr unsigned kNoLimit = 0;
constexpr unsigned kByStrangers = 20;

constexpr std::array kEvents{
    LogEventRow{LogEvent::server_starting, "server", "server-starting", "The program starts, with this version.",
                kNoLimit},
    LogEventRow{LogEvent::server_listening, "server", "server-listening", "Connections are accepted on this address.",
                kNoLimit},
    LogEventRow{LogEvent::server_ready, "server", "server-ready", "Everything is up.", kNoLimit},
    LogEventRow{LogEvent::server_draining, "server", "server-draining",
                "The server was told to stop: it refuses newcomers and tells every participant.", kNoLimit},
    LogEventRow{LogEvent::server_stopped, "server", "server-stopped", "Everything is closed.", kNoLimit},
    LogEventRow{LogEvent::server_failed, "server", "server-failed", "The server could not start or go on.", kNoLimit},
    LogEventRow{LogEvent::server_left_at_once, "server", "server-left-at-once",
                "A second signal came while draining: the server leaves without waiting.", kNoLimit},
    LogEventRow{LogEvent::config_reloaded, "config", "config-reloaded", "New settings are in force.", kNoLimit},
    LogEventRow{LogEvent::config_rejected, "config", "config-rejected",
                "Something is wrong with the settings; on reload the old ones stay in force.", kNoLimit},
    LogEventRow{LogEvent::config_needs_restart, "config", "config-needs-restart",
                "This key was changed, which takes effect with the next start.", kNoLimit},
    LogEventRow{LogEvent::listen_failed, "net", "listen-failed", "An address cannot be listened on.", kNoLimit},
    LogEventRow{LogEvent::accept_trouble, "net", "accept-trouble",
                "The machine refused to hand over a connection; tried again soon.", 1},
    LogEventRow{LogEvent::accept_paused, "net", "accept-paused",
                "Connections or file descriptors are nearly used up; newcomers wait in the kernel.", 1},
    LogEventRow{LogEvent::accept_resumed, "net", "accept-resumed", "There is room again.", 1},
    LogEventRow{LogEvent::connection_accepted, "net", "connection-accepted", "Somebody has connected.", kByStrangers},
    LogEventRow{LogEvent::connection_refused, "net", "connection-refused",
                "Somebody connected and was closed at once, for this reason.", kByStrangers},
    LogEventRow{LogEvent::connection_closed, "net", "connection-closed", "A connection ended, for this reason.",
                kByStrangers},
    LogEventRow{LogEvent::connection_too_slow, "net", "connection-too-slow",
                "A receiver fell so far behind that it was disconnected.", kByStrangers},
    LogEventRow{LogEvent::handshake_failed, "net", "handshake-failed",
                "What a new connection sent was not the beginning of T.120.", kByStrangers},
    LogEventRow{LogEvent::handshake_timeout, "net", "handshake-timeout",
                "A new connection did not say in time what it wants.", kByStrangers},
    LogEventRow{LogEvent::query_answered, "conference", "query-answered",
                "Somebody asked for the list of conferences and got it.", kByStrangers},
    LogEventRow{LogEvent::conference_created, "conference", "conference-created", "A conference began.", kByStrangers},
    LogEventRow{LogEvent::conference_ended, "conference", "conference-ended", "A conference is over.", kByStrangers},
    LogEventRow{LogEvent::conference_changed, "conference", "conference-changed",
                "A conference was locked or unlocked, or got a conductor.", kByStrangers},
    LogEventRow{LogEvent::conference_refused, "conference", "conference-refused",
                "Somebody wanted a new conference and was refused, for this reason.", kByStrangers},
    LogEventRow{LogEvent::join_refused, "conference", "join-refused",
                "Somebody wanted to join a conference and was refused, for this reason.", kByStrangers},
    LogEventRow{LogEvent::user_joined, "conference", "user-joined", "A participant is in a conference.", kByStrangers},
    LogEventRow{LogEvent::user_left, "conference", "user-left", "A participant has left a conference.", kByStrangers},
    LogEventRow{LogEvent::application_seen, "protocol", "application-seen",
                "An application key was announced for the first time since the start; in hex when it is unknown.",
                kByStrangers},
    LogEventRow{LogEvent::protocol_incident, "protocol", "protocol-incident",
                "A peer sent something that is not understood or not allowed; with the clause and the first octets.",
                kByStrangers},
    LogEventRow{LogEvent::certificate_loaded, "web", "certificate-loaded",
                "This is the certificate that browsers see from now on, with its SHA-256 fingerprint.", kNoLimit},
    LogEventRow{LogEvent::certificate_trouble, "web", "certificate-trouble",
                "The certificate cannot be used, or soon not any more; the one before stays in force.", kNoLimit},
    LogEventRow{LogEvent::web_trouble, "web", "web-trouble",
                "A connection of a browser was refused, or ended before its request was complete.", kByStrangers},
    LogEventRow{LogEvent::capture_started, "capture", "capture-started", "What travels is being written to this file.",
                kByStrangers},
    LogEventRow{LogEvent::capture_stopped, "capture", "capture-stopped", "Capturing was switched off.", kByStrangers},
    LogEventRow{LogEvent::capture_failed, "capture", "capture-failed", "A capture file cannot be written.", 1},
    LogEventRow{LogEvent::memory_opened, "memory", "memory-opened", "The memory of conferences is open.", kNoLimit},
    LogEventRow{LogEvent::memory_restored, "memory", "memory-restored",
                "A conference goes on with what was remembered.", kNoLimit},
    LogEventRow{LogEvent::memory_cleaned, "memory", "memory-cleaned", "What was too old or unused was removed.",
                kNoLimit},
    LogEventRow{LogEvent::memory_trouble, "memory", "memory-trouble",
                "Something cannot be remembered, for this reason.", kByStrangers},
    LogEventRow{LogEvent::file_kept, "memory", "file-kept", "A file that was sent to all is on the shelf.",
                kByStrangers},
    LogEventRow{LogEvent::file_refused, "memory", "file-refused", "A file is not kept, for this reason.", kByStrangers},
    LogEventRow{LogEvent::webhook_failed, "admin", "webhook-failed",
                "A webhook did not take what it was told; it is tried again.", kByStrangers},
    LogEventRow{LogEvent::webhook_lost, "admin", "webhook-lost",
                "A webhook was told something again and again, and it was given up.", kByStrangers},
    LogEventRow{LogEvent::admin_command, "admin", "admin-command", "An administrator gave this command.", kNoLimit},
    LogEventRow{LogEvent::admin_failed, "admin", "admin-failed", "The admin socket cannot be used.", kNoLimit},
};

}  // namespace

std::span<const LogEventRow> log_events() { return kEvents; }

const LogEventRow& row_of(LogEvent event) { return kEvents[static_cast<std::size_t>(event)]; }

}  // namespace convene::server

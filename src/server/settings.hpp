/// Everything about a server that can be set. What each member means stands in the settings table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/setting_value.hpp"

namespace convene::server {

/// One [[conference]] of the configuration: it exists from the start and does not end with its last participant.
struct ConferenceSettings {
    std::string name;
    std::string number;
    std::string description;
    bool listed = true;
    bool locked = false;
    bool conductible = true;
    bool waiting_room = false;
    std::string default_right = "draw";
    std::string password_file;
    std::string convener_password_file;
    std::uint64_t max_users = 0;
    bool remember_chat = true;
    bool remember_whiteboard = true;
    bool remember_files = true;

    friend bool operator==(const ConferenceSettings&, const ConferenceSettings&) = default;
};

struct Settings {
    // [server]
    std::vector<std::string> listen{"127.0.0.1:1503", "[::1]:1503"};
    std::string data;
    std::uint64_t workers = 0;
    Milliseconds drain_time{4000};
    std::string admin_socket;
    std::string node_name = "Convene";
    // [web]
    std::vector<std::string> web_listen{"127.0.0.1:8443", "[::1]:8443"};
    std::vector<std::string> web_plain_listen;
    std::string web_certificate;
    std::string web_key;
    std::vector<std::string> web_origins;
    std::string web_frame_ancestors = "'none'";
    std::string web_admin_token_file;
    std::vector<std::string> webhooks;
    std::string webhook_secret_file;
    std::uint64_t web_threads = 1;
    ByteSize web_header_size{16ULL << 10};
    Milliseconds web_header_time{10'000};
    Milliseconds web_body_time{30'000};
    Milliseconds web_idle_time{60'000};
    ByteSize web_message_size{256ULL << 10};
    Milliseconds web_ping_time{30'000};
    // [log]
    std::string log_level = "info";
    std::string log_format = "text";
    std::string log_addresses = "plain";
    // [capture]
    std::string capture_directory;
    ByteSize capture_file_size{256ULL << 20};
    // [conferences]
    std::string policy = "open";
    std::string default_name = "lobby";
    std::string default_number = "1";
    bool list_created = true;
    std::string default_right = "draw";
    Milliseconds linger{60'000};
    // [limits]
    std::uint64_t max_conferences = 1000;
    std::uint64_t max_users = 1000;
    std::uint64_t max_connections = 20'000;
    std::uint64_t max_connections_per_address = 256;
    Milliseconds handshake_time{15'000};
    ByteSize handshake_size{64ULL << 10};
    ByteSize output_queue{8ULL << 20};
    ByteSize conference_queue{256ULL << 20};
    ByteSize read_block{256ULL << 10};
    Milliseconds stall_time{10'000};
    Milliseconds frame_time{30'000};
    Milliseconds tsdu_time{120'000};
    std::uint64_t password_attempts = 5;
    Milliseconds password_refill{10'000};
    // [mcs]
    std::uint64_t max_channels = 65'535;
    std::uint64_t max_user_ids = 64'535;
    std::uint64_t max_tokens = 65'535;
    std::uint64_t max_height = 16;
    std::uint64_t max_pdu_size = 65'528;
    std::uint64_t priorities = 1;
    std::uint64_t users_per_connection = 10'000;
    ByteSize flow_high{512ULL << 10};
    ByteSize flow_low{128ULL << 10};
    // [gcc]
    Milliseconds roster_delay{200};
    Milliseconds roster_spacing_per_node{4};
    Milliseconds max_roster_spacing{5000};
    Milliseconds identification_time{60'000};
    Milliseconds eject_time{5000};
    std::uint64_t registry_entries = 16'384;
    std::uint64_t registry_entries_per_node = 1024;
    ByteSize max_sdu{16ULL << 20};
    // [memory]
    bool memory_chat = true;
    bool memory_whiteboard = true;
    bool memory_files = true;
    std::uint64_t memory_history_lines = 50;
    Milliseconds memory_retention{0};
    std::string memory_durability = "full";
    ByteSize memory_shelf_size{2ULL << 30};
    ByteSize memory_shelf_total{16ULL << 30};
    ByteSize memory_file_size{1ULL << 30};
    // [whiteboard]
    std::uint64_t whiteboard_pages = 256;
    std::uint64_t whiteboard_objects = 32'768;
    ByteSize whiteboard_size{256ULL << 20};
    // [[conference]]
    std::vector<ConferenceSettings> conferences;

    friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace convene::server

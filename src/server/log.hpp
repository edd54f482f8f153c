/// The log of a server: one line per event on stderr, never the contents of messages, never secrets.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "io/endpoint.hpp"
#include "server/log_event.hpp"

namespace convene::server {

/// One key=value of a line.
struct LogField {
    std::string_view key;
    std::string value;
    bool is_number = false;

    LogField(std::string_view name, std::string text) : key(name), value(std::move(text)) {}
    LogField(std::string_view name, std::string_view text) : key(name), value(text) {}
    LogField(std::string_view name, const char* text) : key(name), value(text) {}
    template <std::integral Number>
    LogField(std::string_view name, Number number) : key(name), value(std::to_string(number)), is_number(true) {}
};

struct LogOptions {
    LogLevel level = LogLevel::info;
    bool json = false;
    bool hash_addresses = false;
    bool journal = false;  ///< stderr goes to journald: each line starts with its priority, and without the time
};

/// May be used from every thread at once.
class Log {
public:
    /// Lines go to stderr, or, for tests, to `sink` (without the line's end).
    explicit Log(LogOptions options, std::function<void(std::string_view line)> sink = {});
    ~Log();

    void write(LogLevel level, LogEvent event, std::initializer_list<LogField> fields);
    void info(LogEvent event, std::initializer_list<LogField> fields) { write(LogLevel::info, event, fields); }
    void warning(LogEvent event, std::initializer_list<LogField> fields) { write(LogLevel::warning, event, fields); }
    void error(LogEvent event, std::initializer_list<LogField> fields) { write(LogLevel::error, event, fields); }
    void debug(LogEvent event, std::initializer_list<LogField> fields) { write(LogLevel::debug, event, fields); }

    /// Peer addresses as the settings want them shown: in the clear or hashed.
    std::string address(const boost::asio::ip::address& address) const;
    std::string address(const io::Endpoint& endpoint) const;

    void set_level(LogLevel level) { level_ = level; }
    void set_hash_addresses(bool hashed) { hash_addresses_ = hashed; }

private:
    struct Window {
        std::int64_t second = 0;
        unsigned lines = 0;
        unsigned suppressed = 0;
    };
    struct Output;

    const bool json_;
    const bool journal_;
    std::atomic<LogLevel> level_;
    std::atomic<bool> hash_addresses_;
    std::array<std::byte, 32> hash_key_;
    std::mutex mutex_;
    std::array<Window, 64> windows_;  // by event
    std::unique_ptr<Output> output_;
};

LogLevel log_level_from(std::string_view name);  ///< "info" and so on; info for anything else

/// True when stderr is connected to the journal, which systemd says in $JOURNAL_STREAM.
bool stderr_is_journal();

}  // namespace convene::server

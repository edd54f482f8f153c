#include "server/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "base/hex.hpp"
#include "base/sha256.hpp"

namespace convene::server {

namespace {

constexpr std::string_view kLevelNames[] = {"trace", "debug", "info", "warning", "error"};
constexpr int kJournalPriorities[] = {7, 7, 6, 4, 3};  // syslog: debug, debug, informational, warning, error
constexpr std::size_t kHashShown = 6;                  // octets of an address's hash

// Values without spaces, quotes and control characters stand bare; others are quoted, so that a name chosen by a
// stranger can neither end a line nor look like another key.
bool stands_bare(std::string_view text) {
    if (text.empty()) return false;
    for (unsigned char c : text)
        if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7F) return false;
    return true;
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (unsigned char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < ' ' || c == 0x7F) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += static_cast<char>(c);
        }
    }
    out += '"';
}

std::string time_text(std::chrono::system_clock::time_point now) {
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(millis / 1000)),
                       millis % 1000);
}

class FunctionSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    explicit FunctionSink(std::function<void(std::string_view)> function) : function_(std::move(function)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        function_(std::string_view(message.payload.data(), message.payload.size()));
    }
    void flush_() override {}

private:
    std::function<void(std::string_view)> function_;
};

}  // namespace

struct Log::Output {
    explicit Output(std::function<void(std::string_view)> sink) : logger("convene", make_sink(std::move(sink))) {
        logger.set_pattern("%v");
        logger.set_level(spdlog::level::trace);
        logger.flush_on(spdlog::level::trace);
    }
    static spdlog::sink_ptr make_sink(std::function<void(std::string_view)> sink) {
        if (sink) return std::make_shared<FunctionSink>(std::move(sink));
        return std::make_shared<spdlog::sinks::stderr_sink_st>();
    }

    spdlog::logger logger;
};

Log::Log(LogOptions options, std::function<void(std::string_view)> sink)
    : json_(options.json),
      journal_(options.journal),
      level_(options.level),
      hash_addresses_(options.hash_addresses),
      output_(std::make_unique<Output>(std::move(sink))) {
    std::random_device random;
    for (auto& octet : hash_key_) octet = static_cast<std::byte>(random());
}

Log::~Log() = default;

void Log::write(LogLevel level, LogEvent event, std::initializer_list<LogField> fields) {
    if (level < level_.load(std::memory_order_relaxed)) return;
    const LogEventRow& row = row_of(event);
    const auto now = std::chrono::system_clock::now();

    std::string line;
    if (journal_) line = fmt::format("<{}>", kJournalPriorities[static_cast<int>(level)]);
    const auto field = [&](std::string_view key, std::string_view value, bool bare) {
        if (json_) {
            line += ',';
            append_quoted(line, key);
            line += ':';
            bare ? line.append(value) : (append_quoted(line, value), line);
        } else {
            line += ' ';
            line += key;
            line += '=';
            bare || stands_bare(value) ? line.append(value) : (append_quoted(line, value), line);
        }
    };
    if (json_) {
        line += "{\"time\":\"" + time_text(now) + "\"";
        field("level", kLevelNames[static_cast<int>(level)], false);
        field("area", row.area, false);
        field("event", row.name, false);
    } else {
        if (!journal_) line += time_text(now) + " ";
        line += fmt::format("{} {} {}", kLevelNames[static_cast<int>(level)], row.area, row.name);
    }
    for (const LogField& each : fields) field(each.key, each.value, each.is_number);

    const std::lock_guard lock(mutex_);
    if (row.lines_per_second != 0) {
        Window& window = windows_[static_cast<std::size_t>(event)];
        const auto second = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        if (window.second != second) {
            if (window.suppressed != 0) field("suppressed", std::to_string(window.suppressed), true);
            window = Window{second, 0, 0};
        }
        if (++window.lines > row.lines_per_second) {
            ++window.suppressed;
            return;
        }
    }
    if (json_) line += '}';
    output_->logger.log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

std::string Log::address(const boost::asio::ip::address& address) const {
    const std::string text = io::to_text(address);
    if (!hash_addresses_.load(std::memory_order_relaxed)) return text;
    const auto hash = hmac_sha256(hash_key_, as_bytes(text));
    return "h" + to_hex(ByteView(hash).first(kHashShown));
}

std::string Log::address(const io::Endpoint& endpoint) const {
    return hash_addresses_.load(std::memory_order_relaxed) ? address(endpoint.address()) : io::to_text(endpoint);
}

LogLevel log_level_from(std::string_view name) {
    for (std::size_t i = 0; i < std::size(kLevelNames); ++i)
        if (kLevelNames[i] == name) return static_cast<LogLevel>(i);
    return LogLevel::info;
}

bool stderr_is_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat status {};
    if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
    return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

}  // namespace convene::server

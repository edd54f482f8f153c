/// The finished program as a process with pipes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::integration {

/// `convene` with arguments. Killed at the end if it still runs.
class CliProgram {
public:
    explicit CliProgram(std::vector<std::string> arguments);
    CliProgram(const CliProgram&) = delete;
    CliProgram& operator=(const CliProgram&) = delete;
    ~CliProgram();

    void type(std::string_view text);
    void end_input();
    void signal(int number) const;

    /// Reads until `done` likes all of standard output so far; false when time or output is over.
    bool reads(const std::function<bool(std::string_view)>& done,
               std::chrono::milliseconds patience = std::chrono::seconds(15));
    /// A line of JSON whose "event" is `event` and that has all members of `with`; those before it are passed over.
    std::optional<nlohmann::json> event(std::string_view event, const nlohmann::json& with = nlohmann::json::object(),
                                        std::chrono::milliseconds patience = std::chrono::seconds(15));
    /// Its exit code; nothing when it does not end in time.
    std::optional<int> exit_code(std::chrono::milliseconds patience = std::chrono::seconds(15));

    const std::string& out() const { return out_; }
    std::string err();

private:
    bool read_some(std::chrono::steady_clock::time_point end);

    pid_t process_ = -1;
    int in_ = -1;
    int out_fd_ = -1;
    std::string err_path_;
    std::string out_;
    std::size_t events_read_ = 0;  // octets of out_
    std::optional<int> status_;
};

/// A port of 127.0.0.1 that nobody has.
std::uint16_t free_port();
/// Waits until somebody listens on a port of 127.0.0.1; false when nobody does in time.
bool is_listened_to(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(20));

}  // namespace convene::integration

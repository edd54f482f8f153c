/// Tells systemd how the server is doing, by the datagrams of sd_notify(3); needs no library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/setting_value.hpp"

namespace convene::server {

/// Quiet when there is no service manager.
class ServiceManager {
public:
    /// `socket` is $NOTIFY_SOCKET: a path, or @name for an abstract socket; empty: nobody listens.
    explicit ServiceManager(std::string socket) : socket_(std::move(socket)) {}
    static ServiceManager from_environment();

    void ready(std::string_view status) const { send("READY=1\nSTATUS=" + std::string(status)); }
    void status(std::string_view status) const { send("STATUS=" + std::string(status)); }
    /// Reloading ends with ready().
    void reloading() const;
    void stopping(std::string_view status) const { send("STOPPING=1\nSTATUS=" + std::string(status)); }
    void alive() const { send("WATCHDOG=1"); }

    /// How often alive() is wanted: half of what $WATCHDOG_USEC allows, if it is meant for this process.
    static std::optional<Milliseconds> watchdog_interval();

private:
    void send(const std::string& message) const;
    std::string socket_;
};

}  // namespace convene::server

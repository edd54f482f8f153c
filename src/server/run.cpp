#include "server/run.hpp"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdio>
#include <string>

#include "server/server.hpp"
#include "server/settings_print.hpp"
#include "server/spare_memory.hpp"

namespace convene::server {

namespace {

constexpr std::chrono::milliseconds kOwnerLinkTime = std::chrono::hours(24);

/// Signals, service manager, watchdog and spare memory around one server.
class Program {
public:
    Program(const Settings& settings, const Reloader& reload)
        : log_(LogOptions{log_level_from(settings.log_level), settings.log_format == "json",
                          settings.log_addresses == "hashed", settings.log_format != "json" && stderr_is_journal()}),
          server_(context_, log_, settings),
          manager_(ServiceManager::from_environment()),
          signals_(context_, SIGTERM, SIGINT, SIGHUP),
          watchdog_timer_(context_),
          memory_timer_(context_),
          reload_(reload) {}

    int run() {
        // A pipe whose reader is gone is no reason to end.
        std::signal(SIGPIPE, SIG_IGN);
        log_.info(LogEvent::server_starting, {{"version", CONVENE_VERSION}, {"descriptors", raise_descriptor_limit()}});
        if (reload_) server_.set_reloader(reload_);
        const auto started = server_.start();
        if (!started) {
            log_.error(LogEvent::server_failed, {{"why", started.error()}});
            return exit_could_not_start;
        }
        wait_for_signal();
        say_where();
        log_.info(LogEvent::server_ready, {{"conferences", server_.conferences()}, {"admin", server_.admin_path()}});
        manager_.ready("serving");
        if (const auto interval = ServiceManager::watchdog_interval()) watch(*interval);
        watch_memory();
        context_.run();
        return result_;
    }

private:
    void say_where() {
        if (server_.web() != nullptr) std::printf("open %s\n", server_.web()->address().c_str());
        std::fflush(stdout);
        show_secrets();
        for (const auto& endpoint : server_.endpoints())
            if (!endpoint.address().is_loopback()) return;
        // Nothing is open to the network by accident; so say how to open it on purpose.
        std::printf("Only this machine can connect. For everybody: convene serve --listen '*:%d'\n", io::kT120Port);
        std::fflush(stdout);
    }

    /// To a person at a terminal, and to no log.
    void show_secrets() {
        if (::isatty(STDOUT_FILENO) == 0 || server_.web() == nullptr) return;
        const std::string name = server_.shared().settings.get()->default_name;
        if (const auto secret = name.empty() ? std::nullopt : server_.owner_secret(name, kOwnerLinkTime))
            std::printf("For a day this link makes you the owner of \"%s\": %sc/%s#%s\n", name.c_str(),
                        server_.web()->address().c_str(), name.c_str(), secret->c_str());
        if (const auto& token = server_.told_admin_token())
            std::printf("The administrators' token, until the server ends: %s\n", token->c_str());
        std::fflush(stdout);
    }

    void wait_for_signal() {
        signals_.async_wait([this](boost::system::error_code error, int number) {
            if (error) return;
            wait_for_signal();
            if (number == SIGHUP)
                reload();
            else
                stop();
        });
    }

    void reload() {
        if (!reload_) return;
        manager_.reloading();
        server_.reload(reload_());
        manager_.ready("serving");
    }

    void stop() {
        if (stopping_) {
            log_.warning(LogEvent::server_left_at_once, {});
            result_ = exit_not_stopped_cleanly;
            context_.stop();
            return;
        }
        stopping_ = true;
        manager_.stopping("telling participants");
        server_.drain([this](bool clean) {
            log_.info(LogEvent::server_stopped, {{"clean", clean ? "yes" : "no"}});
            result_ = clean ? exit_fine : exit_not_stopped_cleanly;
            context_.stop();
        });
    }

    void watch(Milliseconds interval) {
        watchdog_timer_.expires_after(interval);
        watchdog_timer_.async_wait([this, interval](boost::system::error_code error) {
            if (error) return;
            server_.ping([this] { manager_.alive(); });
            watch(interval);
        });
    }

    void watch_memory() {
        memory_timer_.expires_after(kSpareMemoryInterval);
        memory_timer_.async_wait([this](boost::system::error_code error) {
            if (error) return;
            if (spare_memory_.is_worth_returning(process_cpu_time(), free_in_allocator)) return_spare_memory();
            watch_memory();
        });
    }

    boost::asio::io_context context_{1};
    Log log_;
    Server server_;
    ServiceManager manager_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer watchdog_timer_;
    boost::asio::steady_timer memory_timer_;
    SpareMemory spare_memory_;
    Reloader reload_;
    int result_ = exit_fine;
    bool stopping_ = false;
};

bool report(const LoadedSettings& loaded) {
    for (const auto& problem : loaded.problems)
        std::fprintf(stderr, "convene: %s: %s\n", problem.where.c_str(), problem.text.c_str());
    return loaded.problems.empty();
}

}  // namespace

int run(const Settings& settings, const Reloader& reload) { return Program(settings, reload).run(); }

int run(const SettingSources& sources) {
    const LoadedSettings loaded = load_settings(sources);
    if (!report(loaded)) return exit_bad_configuration;
    return run(loaded.settings, [sources] { return load_settings(sources); });
}

int check_config(const SettingSources& sources) {
    const LoadedSettings loaded = load_settings(sources);
    if (!report(loaded)) return exit_bad_configuration;
    std::fputs(settings_as_toml(loaded.settings, loaded.origins).c_str(), stdout);
    return exit_fine;
}

}  // namespace convene::server

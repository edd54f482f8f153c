#include "server/server.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "asn1/for_size.hpp"
#include "io/random.hpp"
#include "server/api.hpp"
#include "server/host_config.hpp"
#include "server/webhooks.hpp"

namespace convene::server {

static_assert(!asn1::kForSize, "built for size (-Os) a node cannot be the top of a conference, which a server is");

namespace {

// Beyond drain_time, for the last octets to leave and connections to close.
constexpr Duration kDrainSlack = std::chrono::milliseconds(950);

constexpr Duration kCleanTime = std::chrono::hours(24);  // between two looks for what is too old

std::string admin_path_for(const Settings& settings) {
    if (!settings.admin_socket.empty()) return settings.admin_socket;
    if (const char* runtime = std::getenv("RUNTIME_DIRECTORY"); runtime != nullptr && *runtime != '\0') {
        const std::string first(runtime);  // systemd separates several by colons
        return first.substr(0, first.find(':')) + "/admin.sock";
    }
    return settings.data.empty() ? std::string() : settings.data + "/admin.sock";
}

}  // namespace

std::size_t worker_count(const Settings& settings) {
    if (settings.workers != 0) return settings.workers;
    return std::max(1U, std::thread::hardware_concurrency());
}

Server::Server(boost::asio::io_context& context, Log& log, const Settings& settings)
    : context_(context),
      log_(log),
      shared_(log, settings, worker_count(settings)),
      post_(std::make_shared<io::LanePost>(context)),
      drain_timer_(context),
      clean_timer_(context),
      wake_timer_(context),
      tick_timer_(context) {
    DoorEvents& events = *this;
    doors_ = std::make_unique<Doors>(events, [] { return io::random_octets<admission::kSecretOctets>(); });
    shared_.doors = doors_.get();
    for (std::size_t i = 0; i < worker_count(settings); ++i)
        workers_.push_back(
            std::make_unique<Worker>(shared_, i, [this, alive = std::weak_ptr(alive_)](const ConferenceStatus& status) {
                boost::asio::post(context_, [this, alive, status] {
                    if (!alive.expired()) conference_gone(status);
                });
            }));
    FrontExit& exit = *this;
    front_ = std::make_unique<Front>(context, shared_, exit);
}

Server::~Server() {
    alive_.reset();
    admin_.reset();
    web_.reset();
    front_.reset();
    workers_.clear();
    post_->close();
    memory_.reset();  // what was accepted becomes durable
}

Expected<std::monostate, std::string> Server::start() {
    const auto settings = shared_.settings.get();
    if (!settings->data.empty()) {
        std::error_code error;
        std::filesystem::create_directories(settings->data, error);
        if (error) return make_unexpected("cannot make the directory " + settings->data + ": " + error.message());
    }
    CONVENE_TRY_ALONE(open_admin());
    CONVENE_TRY_ALONE(open_memory());
    auto api = open_api();
    if (!api) {
        log_.error(LogEvent::admin_failed, {{"why", api.error()}});
        return make_unexpected(api.error());
    }
    for (auto& worker : workers_) worker->start();
    if (!settings->default_name.empty())
        create(shared_.directory.add_permanent(default_profile(*settings), true, settings->max_users));
    for (const auto& conference : settings->conferences) add_conference(conference);
    restore_created();
    tick();
    for (const auto& where : settings->listen) {
        auto opened = front_->listen(where);
        if (!opened) {
            log_.error(LogEvent::listen_failed, {{"addr", where}, {"why", opened.error().text}});
            return make_unexpected(opened.error().text);
        }
        for (const auto& endpoint : *opened) {
            log_.info(LogEvent::server_listening, {{"addr", io::to_text(endpoint)}});
            endpoints_.push_back(endpoint);
        }
    }
    return open_web();
}

Expected<std::monostate, std::string> Server::open_web() {
    add_web_routes();
    TicketDesk* const desk = doors_.get();
    auto opened = WebFront::open(
        shared_, router_, desk,
        [post = post_, alive = std::weak_ptr(alive_), this](io::LooseSocket socket, FrontGuest guest) {
            // Shared, because what is posted must be copyable.
            auto moved = std::make_shared<std::pair<io::LooseSocket, FrontGuest>>(std::move(socket), std::move(guest));
            post->post([this, alive, moved] {
                if (!alive.expired()) front_->adopt(std::move(moved->first), std::move(moved->second));
            });
        });
    if (!opened) {
        log_.error(LogEvent::listen_failed, {{"why", opened.error()}});
        return make_unexpected(opened.error());
    }
    web_ = std::move(*opened);
    return std::monostate{};
}

Expected<std::monostate, std::string> Server::open_admin() {
    admin_path_ = admin_path_for(*shared_.settings.get());
    if (admin_path_.empty()) return std::monostate{};
    auto opened = AdminSocket::open(context_, admin_path_,
                                    [this](const nlohmann::json& request, Reply reply) { command(request, reply); });
    if (!opened) {
        log_.error(LogEvent::admin_failed, {{"why", opened.error()}});
        return make_unexpected(opened.error());
    }
    admin_ = std::move(*opened);
    return std::monostate{};
}

Expected<std::monostate, std::string> Server::open_memory() {
    const auto settings = shared_.settings.get();
    if (settings->data.empty()) return std::monostate{};
    auto opened = Memory::open(log_, *settings);
    if (!opened) {
        log_.error(LogEvent::memory_trouble, {{"why", opened.error()}});
        return make_unexpected(opened.error());
    }
    memory_ = std::move(*opened);
    shared_.memory = memory_.get();
    kept_ = memory_->settings();
    clean_memory();
    return std::monostate{};
}

void Server::clean_memory() {
    memory_->clean(*shared_.settings.get());
    clean_timer_.expires_after(kCleanTime);
    clean_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) clean_memory();
    });
}

void Server::add_conference(const ConferenceSettings& conference) {
    const auto settings = shared_.settings.get();
    const auto taken = [&](const std::string& number) {
        return std::any_of(settings->conferences.begin(), settings->conferences.end(),
                           [&](const auto& other) { return other.number == number; });
    };
    while (taken(std::to_string(next_free_number_))) ++next_free_number_;
    const auto profile = profile_of(conference, std::to_string(next_free_number_++));
    if (!profile) {
        log_.error(LogEvent::config_rejected, {{"conf", conference.name}, {"why", profile.error()}});
        return;
    }
    const auto most = conference.max_users != 0 ? conference.max_users : settings->max_users;
    create(shared_.directory.add_permanent(*profile, false, most));
}

void Server::adopt(std::size_t worker, Handover handover) { workers_[worker]->adopt(std::move(handover)); }

void Server::conference_gone(const ConferenceStatus& status) {
    auto plan = doors_->close(status.id);
    // A permanent conference that an administrator ended begins anew, unless it is to be forgotten.
    if (!status.is_permanent || shared_.draining || !plan) return;
    if (forgotten_.erase(plan->kept_as) != 0) return;
    auto profile = status.entry.profile;
    profile.modifier.reset();
    plan->rules.locked = profile.locked;
    begin(shared_.directory.add_permanent(std::move(profile), status.entry.is_lobby, status.max_users),
          std::move(*plan));
}

void Server::reload(const LoadedSettings& loaded) {
    if (!loaded.problems.empty()) {
        for (const auto& problem : loaded.problems)
            log_.error(LogEvent::config_rejected, {{"where", problem.where}, {"why", problem.text}});
        return;
    }
    const auto before = shared_.settings.get();
    const Settings& after = loaded.settings;
    for (const auto& key : keys_needing_restart(*before, after))
        log_.warning(LogEvent::config_needs_restart, {{"key", key}});
    shared_.settings.set(after);
    shared_.counts.set_limits(after.max_connections, after.max_connections_per_address);
    shared_.directory.set_policy(directory_policy(after));
    log_.set_level(log_level_from(after.log_level));
    log_.set_hash_addresses(after.log_addresses == "hashed");
    if (web_ != nullptr) web_->reload();
    const auto same_name = [](const ConferenceSettings& a, const ConferenceSettings& b) {
        return a.name == b.name && a.number == b.number;
    };
    for (const auto& conference : after.conferences) {
        const auto old = std::find_if(before->conferences.begin(), before->conferences.end(),
                                      [&](const auto& other) { return same_name(conference, other); });
        if (old == before->conferences.end())
            add_conference(conference);
        else if (!(*old == conference))
            log_.warning(LogEvent::config_needs_restart, {{"key", "conference"}, {"conf", conference.name}});
    }
    for (const auto& conference : before->conferences)
        if (std::none_of(after.conferences.begin(), after.conferences.end(),
                         [&](const auto& other) { return same_name(conference, other); }))
            log_.warning(LogEvent::config_needs_restart, {{"key", "conference"}, {"conf", conference.name}});
    log_.info(LogEvent::config_reloaded, {});
}

void Server::drain(std::function<void(bool)> done) {
    if (shared_.draining.exchange(true)) return;
    log_.info(LogEvent::server_draining,
              {{"conferences", shared_.directory.size()}, {"connections", shared_.counts.total()}});
    front_->close();
    drained_ = std::move(done);
    draining_workers_ = workers_.size();
    drain_timer_.expires_after(shared_.settings.get()->drain_time + kDrainSlack);
    drain_timer_.async_wait([this](boost::system::error_code error) {
        if (!error && drained_) std::exchange(drained_, nullptr)(false);
    });
    if (web_ == nullptr) return drain_workers();
    // Pages come back by themselves to the server that follows; they are gone before conferences tell of their end.
    web_->drain([this, alive = std::weak_ptr(alive_)] {
        boost::asio::post(context_, [this, alive] {
            if (!alive.expired()) drain_workers();
        });
    });
}

void Server::drain_workers() {
    for (auto& worker : workers_)
        worker->drain([this, alive = std::weak_ptr(alive_)] {
            boost::asio::post(context_, [this, alive] {
                if (alive.expired() || --draining_workers_ > 0 || !drained_) return;
                drain_timer_.cancel();
                std::exchange(drained_, nullptr)(true);
            });
        });
}

void Server::ping(std::function<void()> done) {
    auto left = std::make_shared<std::size_t>(workers_.size());  // shared by the answers
    for (auto& worker : workers_)
        worker->ping([this, left, done, alive = std::weak_ptr(alive_)] {
            boost::asio::post(context_, [left, done, alive] {
                if (!alive.expired() && --*left == 0) done();
            });
        });
}

std::string Server::capture_directory() const {
    const auto settings = shared_.settings.get();
    if (!settings->capture_directory.empty()) return settings->capture_directory;
    return settings->data.empty() ? std::string() : settings->data + "/captures";
}

}  // namespace convene::server

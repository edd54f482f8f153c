/// A whole server: its front, its workers and its administrators.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "http/router.hpp"
#include "server/admin_socket.hpp"
#include "server/door_records.hpp"
#include "server/doors.hpp"
#include "server/front.hpp"
#include "server/service_manager.hpp"
#include "server/settings_load.hpp"
#include "server/shared.hpp"
#include "server/web_front.hpp"
#include "server/worker.hpp"

namespace convene::server {

class Api;
class Webhooks;

/// The front and the administrators live on the io_context given; every worker has a thread. All functions are called
/// on the thread of that io_context.
class Server final : private FrontExit, private DoorEvents {
public:
    Server(boost::asio::io_context& context, Log& log, const Settings& settings);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// Begins everything. The error is a sentence; then nothing can be done but to destroy the server.
    Expected<std::monostate, std::string> start();
    /// Puts new settings in force, and logs which keys need a restart.
    void reload(const LoadedSettings& loaded);
    /// Refuses newcomers and tells everybody; `done` is called when every conference has ended, or the time is over:
    /// then with false.
    void drain(std::function<void(bool clean)> done);
    /// Calls `done` when every worker has shown that it is alive.
    void ping(std::function<void()> done);
    /// What `reload` of an administrator does.
    void set_reloader(std::function<LoadedSettings()> reloader) { reloader_ = std::move(reloader); }

    const std::vector<io::Endpoint>& endpoints() const { return endpoints_; }
    http::Router& router() { return router_; }
    /// nullptr where browsers are not served.
    const WebFront* web() const { return web_.get(); }
    const std::string& admin_path() const { return admin_path_; }
    std::size_t connections() const { return shared_.counts.total(); }
    std::size_t conferences() const { return shared_.directory.size(); }
    std::size_t undecided() const { return front_->undecided(); }
    Shared& shared() { return shared_; }
    Doors& doors() { return *doors_; }
    /// An administrators' token that was made just now and stands nowhere: to be shown once.
    const std::optional<std::string>& told_admin_token() const { return told_admin_token_; }

    // --- on any thread, after start() ---

    void create(const ConferenceStatus& status) override;
    void adopt(std::size_t worker, Handover handover) override;

    /// A conference that the JSON interface asks for.
    struct MakeWish {
        CreatedConference conference;  ///< without a number: any
        bool waiting_room = false;
        std::optional<admission::Right> default_right{};
        bool stays = false;     ///< and is there again after a restart, where there is a memory
        bool is_admin = false;  ///< whatever the policy says
    };
    struct Made {
        std::string name;
        std::string owner;  ///< secret of the owner's invitation
    };
    Expected<Made, admission::Refusal> make_conference(const MakeWish& wish);
    /// Runs `task` on the server's own thread, if it is still there then.
    void post(std::function<void()> task);
    /// A new invitation of an owner; nothing when there is no such conference.
    std::optional<std::string> owner_secret(const std::string& conference, std::chrono::milliseconds time);
    /// Runs `use` on the conference's thread; with nullptr, perhaps on this one, when there is no such conference.
    void with_host(gcc::ConferenceId id, std::function<void(ConferenceHost*)> use);

    using Reply = AdminSocket::Reply;
    /// One command of an administrator; see admin_commands.cpp for what there is.
    void command(const nlohmann::json& request, Reply reply);

private:
    void drain_workers();
    void conference_gone(const ConferenceStatus& status);
    void add_conference(const ConferenceSettings& conference);
    // server_doors.cpp
    DoorPlan plan_for(const ConferenceStatus& status) const;
    void begin(const ConferenceStatus& status, DoorPlan plan);
    void restore_created();
    Expected<std::monostate, std::string> open_api();
    Expected<std::monostate, std::string> open_webhooks();
    void set_right(gcc::ConferenceId conference, mcs::UserId node, admission::Right right) override;
    void put_out(gcc::ConferenceId conference, mcs::UserId node) override;
    void keep(const std::string& conference, std::string key, std::string value) override;
    void wake() override;
    void tick();

    Expected<std::monostate, std::string> open_admin();
    std::string capture_directory() const;
    Expected<std::monostate, std::string> open_memory();
    Expected<std::monostate, std::string> open_web();

    // web_routes.cpp
    void add_web_routes();
    void send_metrics(const http::Responder& to);
    void clean_memory();

    // admin_commands.cpp
    nlohmann::json status() const;
    nlohmann::json conference_list() const;
    nlohmann::json seen() const;
    nlohmann::json settings() const;
    void eject(const nlohmann::json& request, Reply reply);

    // admin_invitations.cpp
    void invite(const nlohmann::json& request, Reply reply);
    void list_invitations(const nlohmann::json& request, Reply reply);
    void revoke_invitation(const nlohmann::json& request, Reply reply);
    void capture(const nlohmann::json& request, Reply reply);

    // admin_memory.cpp
    void describe_memory(const nlohmann::json& request, Reply reply);
    void export_memory(const nlohmann::json& request, Reply reply);
    void back_up_memory(const nlohmann::json& request, Reply reply);
    void forget_memory(const nlohmann::json& request, Reply reply);
    /// Those that are kept and do not run, as lines of the list of conferences.
    void add_kept(nlohmann::json& list) const;
    /// An executor that leads to this thread, for as long as the server is there.
    store::Executor to_front();

    void with_host(const nlohmann::json& request, Reply reply, std::function<nlohmann::json(ConferenceHost&)> use);

    boost::asio::io_context& context_;
    Log& log_;
    Shared shared_;
    std::unique_ptr<Memory> memory_;
    std::map<std::string, std::vector<store::Setting>> kept_;  ///< what the memory had of conferences at the start
    std::unique_ptr<Doors> doors_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<Webhooks> webhooks_;
    std::optional<std::string> told_admin_token_;
    std::set<std::string> forgotten_;     ///< names of conferences that do not begin anew
    std::shared_ptr<io::LanePost> post_;  ///< shared with the store's threads
    std::vector<std::unique_ptr<Worker>> workers_;
    std::unique_ptr<Front> front_;
    http::Router router_;
    std::unique_ptr<WebFront> web_;
    std::unique_ptr<AdminSocket> admin_;
    std::string admin_path_;
    std::vector<io::Endpoint> endpoints_;
    std::function<LoadedSettings()> reloader_;
    boost::asio::steady_timer drain_timer_;
    boost::asio::steady_timer clean_timer_;
    boost::asio::steady_timer wake_timer_;
    boost::asio::steady_timer tick_timer_;
    bool is_waking_ = false;
    std::function<void(bool)> drained_;
    std::size_t draining_workers_ = 0;
    std::uint64_t next_free_number_ = 1001;  // numeric names of configured conferences that have none
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    std::shared_ptr<void> alive_ = std::make_shared<char>();  // what workers post back looks at it
};

/// Threads for `settings.workers`, 0 being as many as there are cores.
std::size_t worker_count(const Settings& settings);

}  // namespace convene::server

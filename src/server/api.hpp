/// The JSON interface of a server, under /api/v1: the lobby, the way in, what moderators and administrators do.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gcc/attempt_limiter.hpp"
#include "http/router.hpp"
#include "server/admin_token.hpp"
#include "server/doors.hpp"
#include "server/server.hpp"

namespace convene::server {

/// One address may create this many conferences at once, and earns the next with time.
inline constexpr unsigned kMadeAtOnce = 20;
inline constexpr Duration kMadeAgain = std::chrono::seconds(30);

/// Handlers run on any thread of the web's. What they need of a conference is done on its own thread, what they need of
/// an administrator's commands on the server's. docs/api.md says what each of them does.
class Api {
public:
    /// The server must outlive the requests.
    Api(Server& server, AdminToken token);

    void add_to(http::Router& router);
    /// Whether the request shows the administrators' token. Guesses are counted by address; on any thread.
    bool is_admin(const http::Request& request);

    struct Route {
        http::Method method;
        std::string_view pattern;
        void (Api::*handler)(http::Request&, http::Responder);
    };
    /// All there are.
    static std::span<const Route> routes();

private:
    using Request = http::Request;
    using Responder = http::Responder;

    // api.cpp: the lobby
    void document(Request&, Responder);
    void server_info(Request&, Responder);
    void conferences(Request&, Responder);
    void conference(Request&, Responder);
    void create(Request&, Responder);

    // api_entries.cpp: people
    void enter(Request&, Responder);
    void look(Request&, Responder);
    void leave(Request&, Responder);
    void events(Request&, Responder);
    void ticket(Request&, Responder);

    // api_moderate.cpp
    void admit(Request&, Responder);
    void turn_away(Request&, Responder);
    void change_conference(Request&, Responder);
    void end(Request&, Responder);
    void change_node(Request&, Responder);
    void eject(Request&, Responder);
    void invitations(Request&, Responder);
    void invite(Request&, Responder);
    void revoke(Request&, Responder);

    // api_admin.cpp
    void admin_status(Request&, Responder);
    void admin_settings(Request&, Responder);
    void admin_seen(Request&, Responder);
    void admin_reload(Request&, Responder);
    void admin_conferences(Request&, Responder);
    void admin_participants(Request&, Responder);
    void admin_memory(Request&, Responder);
    void admin_export(Request&, Responder);
    void admin_close(Request&, Responder);
    void admin_lock(Request&, Responder);
    void admin_eject(Request&, Responder);
    void admin_capture(Request&, Responder);
    void admin_invitations(Request&, Responder);
    void admin_invite(Request&, Responder);
    void admin_revoke(Request&, Responder);

    /// Who asks and about which conference. Where that is not in order, it is answered and there is nothing.
    struct Moderator {
        gcc::ConferenceId conference{};
        std::string entry;  ///< empty: an administrator
    };
    std::optional<Moderator> moderator(const Request& request, const Responder& responder);
    std::optional<Doors::Person> person(const Request& request, const Responder& responder);
    std::optional<ConferenceStatus> named(const Request& request, const Responder& responder);
    bool may_administer(const Request& request, const Responder& responder);
    void command(nlohmann::json request, Responder responder);
    void act(const Moderator& moderator, Responder responder,
             const std::function<Doors::Done(admission::Door&, const admission::Moment&)>& what);
    void list_invitations(const Moderator& moderator, Responder responder);
    void make_invitation(const Moderator& moderator, Request& request, Responder responder);

    Server& server_;
    Doors& doors_;
    AdminToken token_;
    std::mutex mutex_;
    gcc::AttemptLimiter wrong_tokens_;  // of administrators
    gcc::AttemptLimiter made_;          // conferences
};

}  // namespace convene::server

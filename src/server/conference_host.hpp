/// One conference of a server: the node at its top, its connections, and who may come in.
#pragma once

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <unordered_map>

#include "gcc/password_check.hpp"
#include "io/capture.hpp"
#include "io/node_runner.hpp"
#include "server/conference_memory.hpp"
#include "server/conference_rights.hpp"
#include "server/conference_traffic.hpp"
#include "server/handover.hpp"
#include "server/shared.hpp"

namespace convene::server {

/// Lives on the thread of its worker.
class ConferenceHost final : private io::NodeRunnerEvents {
public:
    /// `gone` is called once, from the event loop, when the conference has ended and every connection is closed.
    ConferenceHost(io::Lane& lane, Shared& shared, ConferenceStatus status, std::function<void()> gone);
    ~ConferenceHost();

    void adopt(Handover handover);
    /// The server stops: everybody is told and has `drain_time` to leave.
    void drain();

    // --- for administrators ---
    nlohmann::json participants() const;
    bool eject(std::uint16_t user);
    void set_locked(bool locked);
    void end();
    /// Begins or ends a capture of everything, or of one connection. The result is a file name or what is wrong.
    Expected<std::string, std::string> start_capture(const std::string& directory,
                                                     std::optional<ConnectionNumber> connection);
    bool stop_capture(std::optional<ConnectionNumber> connection);
    /// What is remembered of this conference; an answer for the admin socket.
    nlohmann::json memory() const;
    /// Deletes what is remembered, and ends the conference: what its participants have would be remembered anew.
    /// `done` is called with what went wrong, or nothing.
    void forget(std::function<void(std::optional<std::string> problem)> done);

    bool has_connection(ConnectionNumber number) const;

    ConferenceTraffic traffic();
    // --- for those who moderate ---

    /// From now on; also for everybody else who comes by the same connection.
    void set_right(mcs::UserId node, admission::Right right);
    /// The roster calls it so from now on, whatever it calls itself. False when it is not there.
    bool rename(mcs::UserId node, const std::string& name);

    const ConferenceStatus& status() const { return status_; }

private:
    struct Peer {
        io::Endpoint endpoint;
        ConnectionNumber number = 0;
        ConnectionCounts::Ticket ticket;
        std::optional<Admission> admission;
        bool is_admitted = false;
    };

    node::NodeConfig make_config();
    void on_event(node::Event& event) override;
    void on_incident(const node::Incident& incident) override;
    void on_transport_gone(io::TransportId transport, std::string_view why) override;
    void on_too_slow(io::TransportId transport, io::TooSlow why) override;

    void on_call(const node::CallArrived& call);
    void on_join(const node::CallArrived& call, const gcc::ConferenceJoinRequest& request);
    void admitted(const node::CallArrived& call);
    void on_ticket(const node::CallArrived& call, const Admission& admission);
    bool count_denied();
    void count_too_slow();
    void user_joined(mcs::UserId id);
    void on_gcc(const gcc::Event& event);
    void on_roster();
    void on_ended(gcc::Ended::Why why);
    gcc::JoinDecision decide(const gcc::ConferenceJoinRequest& request, const std::string& source);
    gcc::ConferenceEntry entry() const;
    /// Those in the roster, and those who were let in and are not in it yet.
    std::size_t people() const;
    void watch_emptiness();
    void say_goodbye();
    void finish_if_done();
    ConnectionNumber number_of(std::optional<io::TransportId> transport) const;
    void tap(io::TransportId transport, const std::shared_ptr<io::CaptureFile>& file);

    io::Lane& lane_;
    Shared& shared_;
    ConferenceStatus status_;
    std::string name_;  // for logs
    std::function<void()> gone_;
    gcc::PasswordCheck gate_;
    std::unique_ptr<ConferenceMemory> memory_;  // may be nothing; before the node, which begins with what is remembered
    io::NodeRunner runner_;
    ConferenceRights rights_;
    boost::asio::steady_timer empty_timer_;
    boost::asio::steady_timer finish_timer_;
    std::unordered_map<io::TransportId, Peer> peers_;
    struct User {
        std::string name;
        ConnectionNumber connection = 0;
        std::string entry{};  ///< of who came by the web
    };
    std::map<mcs::UserId, User> users_;                          // in the roster, without the server itself
    std::shared_ptr<io::CaptureFile> capture_;                   // of the whole conference
    std::shared_ptr<void> alive_ = std::make_shared<char>();     // timers that have fired already look at it
    std::array<std::uint64_t, io::kTooSlowReasons> too_slow_{};  // by io::TooSlow
    std::uint64_t counted_too_slow_ = 0;                         // those and the domain's, what is counted already
    std::uint64_t unsent_ = 0;                                   // octets that were queued for those of too_slow_
    std::uint64_t incidents_ = 0;
    std::uint64_t denied_ = 0;      // of the domain's, what is counted already
    bool takes_the_chair_ = false;  // to give it back at once
    bool ended_ = false;
    bool finished_ = false;
};

}  // namespace convene::server

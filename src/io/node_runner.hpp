/// Binds a node to TCP connections and a clock: carries out what it wants and feeds it octets and time.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/connection.hpp"
#include "io/dial.hpp"
#include "io/lane.hpp"
#include "node/node.hpp"

namespace convene::io {

using node::TransportId;

/// What the owner of a runner hears. Within these calls it may use the node; the runner then acts on what comes of it.
class NodeRunnerEvents {
public:
    virtual void on_event(node::Event& event) = 0;
    virtual void on_incident(const node::Incident& incident) = 0;
    /// A connection is over, and its number will not come again.
    virtual void on_transport_gone(TransportId transport, std::string_view why) = 0;
    /// A receiver is being disconnected because it does not keep up.
    virtual void on_too_slow(TransportId transport, TooSlow why) = 0;

protected:
    ~NodeRunnerEvents() = default;
};

/// More unsent octets than this on all connections of a node together, and the one that the most wait for is given up.
inline constexpr std::size_t kBacklogLimit = 256 * 1024 * 1024;

struct NodeRunnerOptions {
    ConnectionLimits connection;
    Duration dial_time = kDialTime;
    std::size_t backlog_limit = kBacklogLimit;
};

/// Lives on one lane. Destroying it closes every connection at once.
class NodeRunner final : private ConnectionEvents {
public:
    NodeRunner(Lane& lane, node::NodeConfig config, NodeRunnerEvents& events, NodeRunnerOptions options = {});
    NodeRunner(const NodeRunner&) = delete;
    NodeRunner& operator=(const NodeRunner&) = delete;
    ~NodeRunner();

    node::Node& node() { return node_; }
    static Instant now() { return std::chrono::steady_clock::now(); }

    /// Carries out what the node wants after it was used from outside of the events.
    void act();

    /// Takes a connection whose reception has found its purpose. Everything the reception wrote has been sent, and
    /// nobody else holds its buffers. `peer` stands for the peer's address.
    TransportId adopt(Connection::Socket socket, node::Reception&& reception, std::string peer,
                      std::unique_ptr<Tap> tap = {});

    /// The number that the next adopted connection will have; its call may arrive from within adopt().
    TransportId next_transport() const { return TransportId{next_}; }

    /// Connections that exist, those that are closing included.
    std::size_t connections() const { return open_.size() + closing_.size(); }
    /// Of all connections there have been.
    Traffic traffic() const;
    /// nullptr when it is gone.
    Connection* connection(TransportId transport);
    std::vector<TransportId> transports() const;
    /// Makes the watchers of connections that the node opens; not called for adopted ones.
    void set_tap_maker(std::function<std::unique_ptr<Tap>(const Connection&)> maker) { tap_maker_ = std::move(maker); }
    /// Of connections taken from now on.
    void set_connection_limits(ConnectionLimits limits) { options_.connection = limits; }
    void set_backlog_limit(std::size_t octets) { options_.backlog_limit = octets; }
    /// Octets that wait for receivers which do not keep up, all together.
    std::size_t backlog() const { return backlog_; }

private:
    void on_bytes(Connection& connection, Slice octets) override;
    void on_written(Connection& connection, std::size_t frames, std::size_t octets_queued) override;
    void on_too_slow(Connection& connection, TooSlow why) override;
    void on_backlog(Connection& connection, std::size_t before) override;
    void on_closed(Connection& connection, std::string_view why) override;

    Connection& take(TransportId id, Connection::Socket socket);
    void forget(const Connection& connection);
    void carry_out(node::NodeOutput& output);
    void open(const node::OpenTransport& wanted);
    void set_timer();

    Lane& lane_;
    NodeRunnerEvents& events_;
    NodeRunnerOptions options_;
    node::Node node_;
    boost::asio::steady_timer timer_;
    std::optional<Instant> timer_at_;
    std::unordered_map<TransportId, std::shared_ptr<Connection>> open_;
    std::unordered_map<TransportId, std::shared_ptr<Connection>> closing_;  // the node has forgotten them
    std::unordered_map<TransportId, std::unique_ptr<Dial>> dials_;
    std::function<std::unique_ptr<Tap>(const Connection&)> tap_maker_;
    std::vector<node::NodeOutput> outputs_;
    std::vector<node::Event> node_events_;
    std::shared_ptr<void> alive_ = std::make_shared<char>();
    Traffic past_;             // of connections that are over
    std::size_t backlog_ = 0;  // of all connections
    std::uint32_t next_ = 1;
    bool acting_ = false;
};

}  // namespace convene::io

/// The transports of a node and what runs over them: X.224, the connect phase, and the TSDUs of the domain.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "mcs/connect_caller.hpp"
#include "mcs/connect_listener.hpp"
#include "mcs/domain.hpp"
#include "node/output.hpp"
#include "node/reception.hpp"
#include "t123/transport_connection.hpp"

namespace convene::node {

/// A call that this node makes; never used twice.
using CallId = StrongId<struct CallIdTag, std::uint32_t>;

/// Somebody wants an MCS connection; answer with Links::accept() or Links::refuse().
struct CallReceived {
    TransportId transport;
    std::string peer;
    mcs::ConnectInitial initial;
};
/// An MCS connection is part of the domain. `user_data` came with the Connect-Response when this node called.
struct LinkUp {
    mcs::ConnectionId connection;
    std::optional<CallId> call;
    std::optional<TransportId> transport;  ///< the initial one, when this node was called
    Bytes user_data;
};
/// The called provider said no, or answered a query.
struct CallRefused {
    CallId call;
    mcs::Result result{};
    Bytes user_data;
};
struct CallFailed {
    CallId call;
    std::string why;
};
/// An MCS connection is gone; the domain knows.
struct LinkDown {
    mcs::ConnectionId connection;
    std::string why;
};
using LinkEvent = std::variant<CallReceived, LinkUp, CallRefused, CallFailed, LinkDown>;

using NodeOutput = std::variant<Write, CloseTransport, PauseReading, ResumeReading, OpenTransport, Incident>;

struct LinksConfig {
    t123::TransportLimits transport;
    mcs::ListenerLimits listener;
    mcs::CallerLimits caller;
    mcs::ParameterRange range = mcs::default_parameter_range();
    /// Transports per connection that are agreed to when the caller leaves the choice.
    std::uint64_t preferred_priorities = 1;
};

/// Feeds the domain and acts on what it says. One owner, no threads; the domain must outlive it.
class Links {
public:
    Links(mcs::Domain& domain, LinksConfig config);

    /// A transport whose Reception knows its purpose. `peer` stands for the peer's address.
    void adopt(TransportId transport, Reception::Released&& released, std::string peer, Instant now);
    /// `restriction` holds from the first PDU of the connection on.
    void accept(TransportId transport, Bytes user_data, std::uint64_t random, Instant now,
                mcs::SharedRestriction restriction = nullptr);
    void refuse(TransportId transport, mcs::Result result, Bytes user_data);

    /// Opens transports to `address` and asks for an MCS connection; `upward`: the called node is to be the higher one.
    CallId call(std::string address, bool upward, Bytes user_data, Instant now);
    void hang_up(CallId call);

    void transport_opened(TransportId transport, Instant now);
    void on_bytes(TransportId transport, Slice octets, Instant now);
    void on_closed(TransportId transport, std::string_view why, Instant now);
    void on_written(TransportId transport, std::size_t frames, std::size_t octets_queued, Instant now);
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    /// For the outputs of the domain that concern connections, in their order.
    void transmit(const mcs::Transmit& output);
    void transmit(const mcs::TransmitRun& output);
    void close(const mcs::Close& output);
    void pause(const mcs::Pause& output);
    void resume(const mcs::Resume& output, Instant now);

    std::size_t transports() const { return transports_.size(); }
    std::optional<TransportId> transport_of(mcs::ConnectionId connection) const;
    std::string peer_of(mcs::ConnectionId connection) const;

    void take_outputs(std::vector<NodeOutput>& into);
    void take_events(std::vector<LinkEvent>& into);

private:
    /// Small programs call, and nobody calls them.
    static constexpr bool kIsCalled = !asn1::kForSize;
    enum class Stage : std::uint8_t { opening, connecting, listening, calling, established };
    struct Transport {
        TransportId id;
        Stage stage = Stage::listening;
        std::optional<t123::TransportConnection> x224;  ///< from the moment TCP is connected
        std::string peer;
        CallId call{};
        std::uint8_t number = 0;  ///< within its MCS connection
        mcs::ConnectionId connection{};
        bool reading_paused = false;
        bool is_timed = false;  ///< stands in timed_
    };
    struct Link {
        std::array<Transport*, mcs::kMaxTransports> transports{};
    };
    struct Call {
        std::string address;
        mcs::ConnectCaller machine;
        std::array<std::optional<TransportId>, mcs::kMaxTransports> transports;
        bool upward = true;
    };

    Transport* find(TransportId id);
    Transport* carrier(mcs::ConnectionId connection, std::uint8_t number);
    void segment(Transport& transport, const t123::Tsdu& tsdu);
    void watch_time(Transport& transport);
    void pump(Transport& transport, Instant now);
    void pump_listener(Instant now);
    void pump_call(CallId id, Instant now);
    void on_tsdu(Transport& transport, t123::Tsdu tsdu, Instant now);
    void on_tsdus(Transport& transport, const Slice& frames, Instant now);
    void on_disconnected(TransportId id, const std::string& why, Instant now);
    void establish(mcs::ConnectionId connection, const std::vector<TransportId>& transports,
                   const mcs::DomainParameters& parameters);
    void close_transport(TransportId id, std::string why);
    void forget(TransportId id);
    mcs::DomainParameters choose(const mcs::ConnectInitial& initial, const mcs::DomainParameters& announced) const;
    void send(Transport& transport, ByteView tsdu, Instant now);

    mcs::Domain& domain_;
    LinksConfig config_;
    mcs::ConnectListener listener_;
    std::unordered_map<TransportId, std::unique_ptr<Transport>> transports_;
    /// Transports that have a deadline now: few of many, since an open one waits only in the middle of a frame.
    std::set<TransportId> timed_;
    std::unordered_map<mcs::ConnectionId, Link> links_;
    std::map<CallId, Call> calls_;
    std::unordered_map<TransportId, std::pair<mcs::ConnectInitial, mcs::DomainParameters>> requests_;
    std::unordered_map<TransportId, mcs::SharedRestriction> restrictions_;  ///< of connections in the connect phase
    std::uint32_t next_call_ = 1;
    std::uint32_t next_transport_ = kFirstOpened;
    Instant now_{};
    std::vector<t123::Output> x224_outputs_;
    std::vector<NodeOutput> out_;
    std::vector<LinkEvent> events_;
};

}  // namespace convene::node

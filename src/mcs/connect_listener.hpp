/// The called side of the connect phase: reads the first TSDU of every transport connection and makes MCS connections
/// out of them. T.125 §11.1-11.6.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/tagged.hpp"
#include "base/time.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/parameters.hpp"
#include "mcs/v3/extended_parameters.hpp"

namespace convene::mcs {

/// A transport connection as its owner numbers it: never used twice, never sent.
using TransportId = StrongId<struct TransportIdTag, std::uint32_t>;

struct ListenerLimits {
    Duration first_tsdu =
        std::chrono::seconds{10};  ///< from the transport's opening to its Connect-Initial or -Additional
    Duration completion = std::chrono::seconds{30};  ///< from the Connect-Response to the last transport connection
    std::size_t transports = 4096;                   ///< connections in this phase at one time; more are closed at once
};

/// Bits of a calledConnectId that are used: what fits a signed 32-bit integer, so that no peer's decoder trips over it.
inline constexpr std::uint64_t kConnectIdMask = 0x7FFFFFFF;

/// All transport connections of one listening provider that are not yet part of a complete MCS connection.
/// Call an input, then take_outputs() and act on each, in order. Not thread-safe: one owner.
///
/// A transport leaves this machine by Close or by Established; afterwards nothing about it may be said here.
class ConnectListener {
public:
    /// A connect PDU, or an ExtendedParameterMCSPDU, for `transport`.
    struct Send {
        TransportId transport;
        Bytes tsdu;
    };
    /// To be closed once everything sent before has left.
    struct Close {
        TransportId transport;
        std::string why;
    };
    /// Somebody asks for an MCS connection: answer with accept() or refuse(), now or much later.
    struct Requested {
        TransportId transport;
        ConnectInitial pdu;
        DomainParameters parameters;  ///< as negotiated with the range given to the constructor
    };
    /// A request that was announced, and perhaps accepted, has come to nothing.
    struct Withdrawn {
        TransportId transport;
        std::string why;
    };
    /// The connection is complete, domain PDUs may flow.
    struct Established {
        std::vector<TransportId> transports;  ///< position n serves data priority n; as many as numPriorities
        DomainParameters parameters;
        bool peer_is_below = false;                      ///< what upwardFlag said
        std::optional<v3::ExtendedParameters> extended;  ///< in version 3
    };
    using Output = std::variant<Send, Close, Requested, Withdrawn, Established>;

    explicit ConnectListener(ParameterRange range = default_parameter_range(), ListenerLimits limits = {})
        : range_(range), limits_(limits) {}

    /// X.224 is connected. `peer` stands for the peer's address: transports of one MCS connection must agree on it.
    void transport_opened(TransportId transport, std::string peer, Instant now);
    void receive(TransportId transport, ByteView tsdu);
    void transport_lost(TransportId transport);

    /// Agrees to a request. `parameters` are those announced, or another result of negotiate() for a domain that is
    /// frozen. `random` must come from an unguessable source: it becomes the calledConnectId.
    /// False when the request has been withdrawn meanwhile.
    bool accept(TransportId transport, const DomainParameters& parameters, Bytes user_data, std::uint64_t random,
                Instant now);
    /// Answers a request with any result but rt-successful, then closes. False as above.
    bool refuse(TransportId transport, Result result, Bytes user_data);

    void on_time(Instant now);
    std::optional<Instant> deadline() const;
    void take_outputs(std::vector<Output>& out);

private:
    struct Transport {
        std::string peer;
        std::optional<Instant> deadline;     // until the first TSDU
        std::optional<TransportId> attempt;  // the initial transport of the MCS connection it belongs to
    };
    struct Attempt {
        enum class State : std::uint8_t { deciding, completing };
        State state = State::deciding;
        DomainParameters parameters;
        bool peer_is_below = false;
        std::uint64_t connect_id = 0;
        std::vector<std::optional<TransportId>> bound;  // by priority
        std::optional<v3::ExtendedParameters> extended;
        Instant deadline{};
    };

    void on_first_tsdu(TransportId transport, ByteView tsdu);
    void on_connect_initial(TransportId transport, ConnectInitial pdu);
    void on_connect_additional(TransportId transport, const ConnectAdditional& pdu);
    void on_extended_parameters(TransportId transport, Attempt& attempt, ByteView tsdu);
    void establish_if_complete(TransportId initial);
    void send(TransportId transport, const ConnectPdu& pdu);
    void close(TransportId transport, std::string why);
    void refuse_additional(TransportId transport, std::string why);
    void drop_attempt(TransportId initial, const std::string& why);
    std::uint64_t free_connect_id(std::uint64_t random) const;

    ParameterRange range_;
    ListenerLimits limits_;
    std::map<TransportId, Transport> transports_;
    std::map<TransportId, Attempt> attempts_;  // by initial transport
    std::vector<Output> out_;
};

}  // namespace convene::mcs

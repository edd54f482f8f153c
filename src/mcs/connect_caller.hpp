/// The calling side of the connect phase, for one MCS connection. T.125 §11.1-11.6.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/parameters.hpp"
#include "mcs/v3/extended_parameters.hpp"

namespace convene::mcs {

struct CallerLimits {
    Duration response = std::chrono::seconds{120};  ///< from the Connect-Initial; a person may have to admit the caller
    Duration completion = std::chrono::seconds{30};  ///< from the Connect-Response to the last Connect-Result
};

/// One attempt to connect to a provider. Transports are numbered from 0, the initial one, to 3 at most; number n serves
/// data priority n. Call an input, then take_outputs() and act on each, in order. Not thread-safe: one owner.
///
/// It ends with Established, Refused or Failed; with the last two every transport is closed.
class ConnectCaller {
public:
    /// To be opened to the same address as transport 0; then comes transport_opened() or transport_lost().
    struct Open {
        unsigned transport;
    };
    /// A connect PDU, or an ExtendedParameterMCSPDU.
    struct Send {
        unsigned transport;
        Bytes tsdu;
    };
    struct Close {
        unsigned transport;
    };
    /// The connection is complete, domain PDUs may flow.
    struct Established {
        unsigned transports = 1;  ///< as many as numPriorities
        DomainParameters parameters;
        Bytes user_data;                                 ///< of the Connect-Response
        std::optional<v3::ExtendedParameters> extended;  ///< in version 3
    };
    /// The called provider said no. For GCC the user data says why, or answers a query.
    struct Refused {
        Result result{};
        Bytes user_data;
    };
    struct Failed {
        std::string why;
    };
    using Output = std::variant<Open, Send, Close, Established, Refused, Failed>;

    /// `request` is sent when transport 0 is open. `proposal` is used when version 3 is agreed.
    ConnectCaller(ConnectInitial request, v3::ExtendedParameterPropose proposal = v3::reliable_only(),
                  CallerLimits limits = {})
        : request_(std::move(request)), proposal_(std::move(proposal)), limits_(limits) {}

    /// X.224 is connected on transport `number`.
    void transport_opened(unsigned number, Instant now);
    void receive(unsigned number, ByteView tsdu, Instant now);
    /// Also when it could not be opened.
    void transport_lost(unsigned number);

    void on_time(Instant now);
    std::optional<Instant> deadline() const { return deadline_; }
    void take_outputs(std::vector<Output>& out);

private:
    enum class State : std::uint8_t { opening, waiting, completing, done };
    enum class Leg : std::uint8_t { none, opening, waiting, connected };  // a transport on its way

    void on_connect_response(ByteView tsdu, Instant now);
    void on_connect_result(unsigned number, ByteView tsdu);
    void on_extended_parameters(ByteView tsdu);
    void establish_if_complete();
    void send(unsigned number, const ConnectPdu& pdu);
    void fail(std::string why);
    void close_all();

    ConnectInitial request_;
    v3::ExtendedParameterPropose proposal_;
    CallerLimits limits_;
    State state_ = State::opening;
    std::array<Leg, kMaxPriorities> legs_{Leg::opening};
    ConnectResponse response_;
    std::optional<v3::ExtendedParameters> extended_;
    std::optional<Instant> deadline_;
    std::vector<Output> out_;
};

}  // namespace convene::mcs

/// The called side of a new transport until it is known what the caller wants, and so which conference it is for.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "gcc/connect_pdu.hpp"
#include "mcs/connect_pdu.hpp"
#include "t123/transport_connection.hpp"

namespace convene::node {

struct ReceptionLimits {
    t123::TransportLimits transport;
    Duration first_tsdu = std::chrono::seconds{10};  ///< from X.224's connection to the end of the first TSDU
};

/// Create, join, invite or query: what the Connect-Initial carried.
struct ConferenceCall {
    mcs::ConnectInitial initial;
    gcc::ConnectGccPdu request;
};
/// One more transport of an MCS connection that somebody else in the house is making.
struct AdditionalTransport {
    std::uint64_t called_connect_id = 0;
};
/// Nothing that T.120 knows; answered where an answer exists, and closing.
struct Unacceptable {
    std::string why;
    std::string_view clause;
};
struct Undecided {};
using Purpose = std::variant<Undecided, ConferenceCall, AdditionalTransport, Unacceptable>;

/// Give it octets until purpose() is no longer Undecided, then either answer() it or release() it to a node. It may
/// move to another thread while nobody else holds slices of the buffers it was fed with. One owner.
class Reception {
public:
    struct Write {
        Slice octets;
    };
    struct Close {
        std::string why;
    };
    using Output = std::variant<Write, Close>;

    Reception(const ReceptionLimits& limits, Instant now);

    void on_bytes(Slice octets, Instant now);
    void on_end_of_stream();
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

    const Purpose& purpose() const { return purpose_; }
    /// Sends one TSDU, such as the Connect-Response to a query, and closes.
    void answer(ByteView tsdu, std::string why);
    /// Closes; the peer is told by nothing but that.
    void close(std::string why);

    void take_outputs(std::vector<Output>& into);

    /// What a node needs to go on with: the transport and the TSDUs that have come.
    struct Released {
        t123::TransportConnection transport;
        std::vector<Slice> tsdus;
    };
    Released release() &&;

private:
    void pump();
    void on_tsdu(t123::Tsdu tsdu);
    void on_first_tsdu(const Slice& tsdu);
    void on_connect_initial(mcs::ConnectInitial initial);

    t123::TransportConnection transport_;
    Duration first_tsdu_time_;
    std::optional<Instant> first_tsdu_deadline_;
    Instant now_{};
    bool closed_ = false;
    Purpose purpose_;
    std::vector<Slice> tsdus_;
    std::vector<t123::Output> taken_;
    std::vector<Output> out_;
};

/// The Connect-Response that refuses an MCS connection, with the GCC answer inside; the way a query is answered, too.
Bytes refusal(const mcs::ConnectInitial& initial, mcs::Result result, const std::optional<gcc::ConnectGccPdu>& answer);

}  // namespace convene::node

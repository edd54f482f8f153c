/// What a domain remembers of one MCS connection: T.125 §12.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "asn1/for_size.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"
#include "mcs/link_codec.hpp"
#include "mcs/restriction.hpp"
#include "mcs/throughput_monitor.hpp"

namespace convene::mcs {

inline constexpr std::size_t kMaxTransports = kDataPriorities;  ///< T.125 §9: at most one for each priority

enum class Orientation : std::uint8_t {
    above,  ///< the peer is this provider's superior
    below,
};

/// How a connection came out of the connect phase.
struct ConnectionSettings {
    Orientation orientation = Orientation::below;
    DomainParameters negotiated;
    Version version = 2;
    std::uint8_t transports = 1;  ///< 1..kMaxTransports
};

/// A transport that is read from, as the cause of what stands in other queues.
struct Incoming {
    ConnectionId connection;
    std::uint8_t transport = 0;

    friend bool operator==(const Incoming&, const Incoming&) = default;
};

/// A transport whose data came to a queue that was full already.
struct Feeder {
    Incoming incoming;
    std::size_t octets = 0;  ///< since the queue was last below its lower mark
    bool is_held = false;    ///< paused because of this queue
};

/// The queue behind one transport, which the io layer keeps: here stands only how full it is.
struct OutgoingQueue {
    std::size_t reported = 0;     ///< octets still queued, when last heard
    std::size_t since = 0;        ///< octets handed out since then and not yet taken
    std::uint64_t batch = 0;      ///< the batch of outputs that `since` belongs to
    std::vector<Feeder> feeders;  ///< in the order in which they came

    std::size_t level() const { return reported + since; }
};

struct Connection {
    ConnectionId id;
    Orientation orientation = Orientation::below;
    Version version = 2;
    std::uint8_t transports = 1;
    bool doomed = false;  ///< to be closed for its overflowing queue as soon as the present input is dealt with

    std::uint64_t sub_height = 0;    ///< below: as its last ErectDomainRequest said
    std::uint64_t sub_interval = 0;  ///< below: the same, in milliseconds
    std::size_t users = 0;           ///< below: user ids assigned to it
    std::size_t attaching = 0;       ///< below: its AttachUserRequests not yet confirmed

    std::array<OutgoingQueue, kMaxTransports> queues;
    std::array<unsigned, kMaxTransports> holds{};  ///< reasons for which each transport is not to be read
    ThroughputMonitor monitor;
    SharedRestriction restriction;  ///< below, at the top: nothing where everything is allowed

    bool is_above() const { return asn1::kForSize || orientation == Orientation::above; }
    /// The transport for data of a priority, T.125 §9.
    std::uint8_t transport_for(DataPriority priority) const {
        return std::min(static_cast<std::uint8_t>(priority), static_cast<std::uint8_t>(transports - 1));
    }
    bool nothing_queued() const {
        return std::all_of(queues.begin(), queues.end(), [](const OutgoingQueue& q) { return q.level() == 0; });
    }
};

}  // namespace convene::mcs

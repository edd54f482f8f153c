/// A conference under load: people who send without end, as politely as an application can, and who must hear all of
/// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/crowd.hpp"
#include "sim/network.hpp"
#include "sim/random.hpp"
#include "sim/report.hpp"

namespace convene::sim {

/// Somebody who sends one message to one channel at every tick.
struct Source {
    PersonId who = 0;
    mcs::ChannelId channel{};
    mcs::DataPriority priority = mcs::DataPriority::top;
    bool uniform = false;
    std::size_t size = 500;  ///< octets of a message, at least Crowd::kMinMessage
    bool polite = true;      ///< waits while its own provider says that the way is congested
    bool silent = false;
    std::vector<MessageId> sent{};
    std::size_t waited = 0;  ///< ticks at which it could not send
};

/// One direction of one transport, by its sending end.
struct Direction {
    LinkId link = 0;
    Network::Side from = Network::lower;
    std::size_t transport = 0;

    friend bool operator<(const Direction& a, const Direction& b) {
        return std::tie(a.link, a.from, a.transport) < std::tie(b.link, b.from, b.transport);
    }
    friend bool operator==(const Direction&, const Direction&) = default;
};

std::string name_of(const Direction& direction);

class BackpressureWorld {
public:
    static constexpr Duration kTick = std::chrono::milliseconds(10);
    static constexpr std::size_t kHighWater = 60'000, kLowWater = 15'000, kQueueLimit = 200'000;
    static constexpr std::size_t kMaxPdu = 1'000;

    BackpressureWorld(std::uint64_t seed, bool traced);

    /// `min_throughput` in octets a second, as the domain demands it; 0: nothing.
    Node provider(std::uint64_t min_throughput = 0);
    /// Brings `lower` into the domain of `upper`, with the same number of transports in the whole world unless given.
    LinkId link(Node lower, Node upper, std::optional<std::uint8_t> transports = {}, std::uint64_t rate = 0);
    /// Attached, and member of these channels; everybody is waited for.
    PersonId person(Node at, const std::vector<mcs::ChannelId>& channels);
    /// From now on.
    std::size_t source(Source source);

    /// Lets time go by in which the sources send.
    void run(Duration time);
    /// Nobody sends any more, and everything arrives where it is read. False when that does not come to an end.
    bool settle();

    /// Everything that lower numbers of `source` have sent has been heard by `who`, each message once.
    void expect_heard(PersonId who, const Source& source, std::size_t messages);
    /// Everything that has been sent on its channels by others.
    void expect_all_heard(PersonId who);
    /// No provider holds anybody back, and the counts of decisions agree with that.
    void expect_nobody_paused();
    /// Exactly these are paused now.
    void expect_paused(const std::set<Direction>& expected, const std::string& when);
    /// What waits for the other end has never been more than high water and what `feeders` transports had read by then.
    void expect_bounded(Direction direction, std::size_t feeders);
    std::set<Direction> paused_now() const;
    std::optional<Instant> first_paused(Direction direction) const;

    Duration delay() const { return delay_; }

    Report report;
    Random random;
    std::uint8_t transports = 1;  ///< of each connection: one that the seed chooses
    Network network;
    Crowd crowd;
    std::vector<Source> sources;
    std::vector<std::pair<LinkId, std::string>> closed;  ///< by a provider, and why

private:
    std::size_t nodes_ = 0;
    Duration delay_;
    Duration jitter_;
    std::map<Direction, Instant> first_paused_;
};

}  // namespace convene::sim

#include "sim/backpressure_world.hpp"

#include <algorithm>
#include <array>

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMaxEvents = 3'000'000;  ///< more, and something goes round for ever

}  // namespace

std::string name_of(const Direction& direction) {
    return "link " + std::to_string(direction.link) + (direction.from == Network::lower ? " upward" : " downward") +
           ", transport " + std::to_string(direction.transport);
}

BackpressureWorld::BackpressureWorld(std::uint64_t seed, bool traced)
    : report(traced), random(seed, 0), network(seed ^ 0xBACC, report), crowd(network, report) {
    transports = static_cast<std::uint8_t>(random.between(1, mcs::kMaxTransports));
    delay_ = random.one_of(std::array<Duration, 3>{1ms, 5ms, 40ms});
    jitter_ = random.one_of(std::array<Duration, 3>{0ms, 2ms, 20ms});
    network.on_pause = [this](LinkId link, Network::Side from, std::size_t transport, bool paused) {
        if (paused) first_paused_.try_emplace({link, from, transport}, report.now);
    };
    network.on_close = [this](LinkId link, const mcs::Close& close) { closed.emplace_back(link, close.why); };
}

Node BackpressureWorld::provider(std::uint64_t min_throughput) {
    mcs::DomainConfig config;
    config.seed = static_cast<std::uint32_t>(++nodes_);
    config.parameters.max_mcspdu_size = kMaxPdu;
    config.parameters.num_priorities = mcs::kMaxTransports;
    config.parameters.min_throughput = min_throughput;
    config.high_water = kHighWater;
    config.low_water = kLowWater;
    config.queue_limit = kQueueLimit;
    return network.add(config);
}

LinkId BackpressureWorld::link(Node lower, Node upper, std::optional<std::uint8_t> count, std::uint64_t rate) {
    LinkShape shape;
    shape.version = random.chance(80) ? 2 : 3;
    shape.transports = count.value_or(transports);
    shape.delay = delay_;
    shape.jitter = jitter_;
    shape.rate = rate;
    LinkId id = network.connect(lower, upper, shape);
    settle();
    return id;
}

PersonId BackpressureWorld::person(Node at, const std::vector<mcs::ChannelId>& channels) {
    PersonId who = crowd.attach(at);
    settle();
    for (mcs::ChannelId channel : channels) crowd.join(who, channel);
    settle();
    return who;
}

std::size_t BackpressureWorld::source(Source source) {
    sources.push_back(std::move(source));
    return sources.size() - 1;
}

void BackpressureWorld::run(Duration time) {
    const Instant end = report.now + time;
    while (report.now < end) {
        for (Source& each : sources) {
            const Person& person = crowd.people()[each.who];
            if (each.silent || person.state != Person::State::here) continue;
            if (each.polite && network[person.node].is_congested(each.channel, each.priority)) {
                ++each.waited;
                continue;
            }
            each.sent.push_back(crowd.send(each.who, each.channel, each.priority, each.uniform, each.size));
        }
        network.wait_until(report.now + kTick);
    }
}

bool BackpressureWorld::settle() {
    for (std::uint64_t events = 0; network.step(); ++events) {
        if (events < kMaxEvents) continue;
        report.fail("the network does not come to rest");
        return false;
    }
    return true;
}

void BackpressureWorld::expect_heard(PersonId who, const Source& source, std::size_t messages) {
    const std::vector<MessageId>& heard = crowd.people()[who].heard;
    const std::set<MessageId> known(heard.begin(), heard.end());
    std::size_t missing = 0;
    for (std::size_t i = 0; i < messages; ++i) missing += 1 - known.count(source.sent[i]);
    report.expect(missing == 0, [&] {
        return "person " + std::to_string(who) + " has not heard " + std::to_string(missing) + " of " +
               std::to_string(messages) + " messages of person " + std::to_string(source.who);
    });
}

void BackpressureWorld::expect_all_heard(PersonId who) {
    for (const Source& each : sources) {
        if (!crowd.people()[who].has_joined(each.channel) || (each.who == who && !each.uniform)) continue;
        expect_heard(who, each, each.sent.size());
    }
}

void BackpressureWorld::expect_nobody_paused() {
    expect_paused({}, "at rest");
    for (Node node = 0; node < network.size(); ++node) {
        report.expect(network[node].paused() == 0,
                      [&] { return "provider " + std::to_string(node) + " holds somebody back for ever"; });
    }
}

void BackpressureWorld::expect_paused(const std::set<Direction>& expected, const std::string& when) {
    const std::set<Direction> now = paused_now();
    for (const Direction& each : expected)
        report.expect(now.count(each) > 0, [&] { return name_of(each) + " is not paused " + when; });
    for (const Direction& each : now)
        report.expect(expected.count(each) > 0, [&] { return name_of(each) + " is paused " + when; });
}

std::set<Direction> BackpressureWorld::paused_now() const {
    std::set<Direction> out;
    for (LinkId link = 0; link < network.links().size(); ++link) {
        for (Network::Side from : {Network::lower, Network::upper}) {
            for (std::size_t transport = 0; transport < mcs::kMaxTransports; ++transport)
                if (network.is_paused(link, from, transport)) out.insert({link, from, transport});
        }
    }
    return out;
}

void BackpressureWorld::expect_bounded(Direction direction, std::size_t feeders) {
    const std::size_t most = network.most_queued(direction.link, direction.from, direction.transport);
    const std::size_t trickle = kHighWater / mcs::kTrickleShare;
    const std::size_t bound = kHighWater + feeders * (trickle + (1 + kReadAhead) * kMaxPdu);
    report.expect(most <= bound, [&] {
        return std::to_string(most) + " octets have waited on " + name_of(direction) + ", the bound is " +
               std::to_string(bound);
    });
}

std::optional<Instant> BackpressureWorld::first_paused(Direction direction) const {
    const auto at = first_paused_.find(direction);
    return at == first_paused_.end() ? std::nullopt : std::optional<Instant>(at->second);
}

}  // namespace convene::sim

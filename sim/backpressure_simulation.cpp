// One provider at the top, and all others leaves below it.
#include "sim/backpressure_simulation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

constexpr mcs::ChannelId kBusy{1}, kOther{2};  ///< what the slow one has joined, and what it has not
constexpr Duration kOnTheWay = 300ms;          ///< longer than any message takes that nobody holds back

struct Leaf {
    Node node = 0;
    LinkId link = 0;
    PersonId who = 0;
};

Leaf leaf(BackpressureWorld& world, Node top, const std::vector<mcs::ChannelId>& channels,
          std::optional<std::uint8_t> transports = {}, std::uint64_t rate = 0) {
    Leaf out;
    out.node = world.provider();
    out.link = world.link(out.node, top, transports, rate);
    out.who = world.person(out.node, channels);
    return out;
}

std::size_t transport_of(mcs::DataPriority priority, std::size_t transports) {
    return std::min(static_cast<std::size_t>(priority), transports - 1);
}

mcs::DataPriority any_priority(Random& random) {
    return static_cast<mcs::DataPriority>(random.pick(mcs::kDataPriorities));
}

void set_reading(BackpressureWorld& world, const Leaf& leaf, std::size_t first_transport, bool reads) {
    for (std::size_t t = first_transport; t < mcs::kMaxTransports; ++t)
        world.network.set_reading(leaf.link, Network::lower, t, reads);
}

/// Of what `source` has sent, that which has had its time to arrive.
std::size_t arrived(const Source& source) {
    const auto last = static_cast<std::size_t>(kOnTheWay / BackpressureWorld::kTick);
    return source.sent.size() - std::min(source.sent.size(), last);
}

void be_silent(BackpressureWorld& world) {
    for (Source& each : world.sources) each.silent = true;
    world.settle();
}

void expect_counts_agree(BackpressureWorld& world, Node node) {
    const mcs::FlowCounts& flow = world.network[node].flow_counts();
    std::uint64_t pauses = flow.merge_pauses;
    for (std::uint64_t each : flow.pauses) pauses += each;
    world.report.expect(pauses == flow.resumes, [&] {
        return std::to_string(pauses) + " pauses and " + std::to_string(flow.resumes) + " resumes are counted";
    });
}

}  // namespace

void slow_receiver(BackpressureWorld& world) {
    Random& random = world.random;
    const bool hangs = random.chance(60);
    const Node top = world.provider();
    const Leaf slow = leaf(world, top, {kBusy}, {}, hangs ? 0 : 8'000);
    std::vector<Leaf> others;
    for (std::size_t i = random.between(1, 3); i > 0; --i) others.push_back(leaf(world, top, {kBusy, kOther}));

    std::set<Direction> feeding;
    std::vector<std::pair<std::size_t, Direction>> all;  // each source, and its way up
    const std::size_t senders = random.between(2, 6);
    for (std::size_t i = 0; i < senders; ++i) {
        const Leaf sender = leaf(world, top, {});
        // The first sends to the slow one, the second to others, each of the rest to whom it likes, or to both.
        const std::size_t kind = i < 2 ? i : random.pick(3);
        for (mcs::ChannelId channel : {kBusy, kOther}) {
            if (kind == (channel == kBusy ? 1U : 0U)) continue;
            const auto priority = any_priority(random);
            const Direction way{sender.link, Network::lower, transport_of(priority, world.transports)};
            all.emplace_back(world.source({sender.who, channel, priority, random.chance(30)}), way);
            if (channel == kBusy) feeding.insert(way);
        }
    }
    world.run(hangs ? 1s : 0s);
    world.expect_paused({}, "though everybody reads");
    if (hangs) set_reading(world, slow, 0, false);
    for (int i = 0; i < 50; ++i) {
        world.run(100ms);
        for (const Direction& each : world.paused_now())
            world.report.expect(feeding.count(each) > 0,
                                [&] { return "a sender to others is held back: " + name_of(each); });
    }
    if (hangs) world.expect_paused(feeding, "while its receiver does not read");
    for (const auto& [number, way] : all) {
        const Source& source = world.sources[number];
        if (feeding.count(way) > 0) continue;
        world.report.expect(source.waited == 0, [] { return "a sender to others had to wait"; });
        for (const Leaf& other : others) world.expect_heard(other.who, source, arrived(source));
    }
    set_reading(world, slow, 0, true);
    be_silent(world);

    world.expect_all_heard(slow.who);
    for (const Leaf& other : others) world.expect_all_heard(other.who);
    for (std::size_t t = 0; t < world.transports; ++t) {
        const auto feeders =
            std::count_if(feeding.begin(), feeding.end(), [&](const Direction& each) { return each.transport == t; });
        world.expect_bounded({slow.link, Network::upper, t}, static_cast<std::size_t>(feeders));
    }
    world.expect_nobody_paused();
    expect_counts_agree(world, top);
}

void slow_transports(BackpressureWorld& world) {
    constexpr std::uint8_t kAll = mcs::kMaxTransports;
    const std::size_t first = world.random.between(1, kAll - 1);  // of its transports that it does not read from
    const Node top = world.provider();
    const Leaf slow = leaf(world, top, {kBusy}, kAll);
    const Leaf other = leaf(world, top, {kBusy}, kAll);
    const Leaf sender = leaf(world, top, {}, kAll);
    const Leaf plain = leaf(world, top, {}, 1);  // control and data of low priority, all on one transport
    for (std::size_t p = 0; p < mcs::kDataPriorities; ++p)
        world.source({sender.who, kBusy, static_cast<mcs::DataPriority>(p), world.random.chance(30)});
    world.run(500ms);
    set_reading(world, slow, first, false);
    world.source({plain.who, kBusy, mcs::DataPriority::low});

    // Control goes on for all of them meanwhile.
    constexpr std::uint16_t kFirstAsked = 100, kSteps = 20;
    for (std::uint16_t i = 0; i < kSteps; ++i) {
        for (const Leaf* each : {&slow, &other, &sender, &plain})
            world.crowd.join(each->who, mcs::ChannelId{static_cast<std::uint16_t>(kFirstAsked + i)});
        world.run(100ms);
        if (i < 3) continue;
        const mcs::ChannelId asked{static_cast<std::uint16_t>(kFirstAsked + i - 3)};
        for (const Leaf* each : {&slow, &other, &sender, &plain})
            world.report.expect(world.crowd.people()[each->who].has_joined(asked),
                                [] { return "a join waits for data of lower priority"; });
    }
    std::set<Direction> expected;
    for (std::size_t t = first; t < kAll; ++t) expected.insert({sender.link, Network::lower, t});
    world.expect_paused(expected, "while its receiver does not read");
    const mcs::FlowCounts& flow = world.network[top].flow_counts();
    for (std::size_t p = 0; p < mcs::kDataPriorities; ++p) {
        const Source& source = world.sources[p];
        world.report.expect(flow.of(source.priority) == (p >= first ? 1U : 0U),
                            [] { return "a pause is counted for another priority"; });
        if (p >= first) continue;
        world.report.expect(source.waited == 0, [] { return "data waits for that of lower priority"; });
        for (PersonId who : {slow.who, other.who}) world.expect_heard(who, source, arrived(source));
    }
    set_reading(world, slow, 0, true);
    be_silent(world);
    for (PersonId who : {slow.who, other.who}) world.expect_all_heard(who);
    world.expect_nobody_paused();
    expect_counts_agree(world, top);
}

void hung_receiver(BackpressureWorld& world) {
    enum class Flood : std::uint8_t { control_transport, local, none };
    const auto flood = static_cast<Flood>(world.random.pick(3));
    if (flood == Flood::control_transport) world.transports = 4;
    const Node top = world.provider();
    const Leaf hung = leaf(world, top, {kBusy});
    std::vector<Leaf> others;
    for (std::size_t i = world.random.between(1, 3); i > 0; --i) others.push_back(leaf(world, top, {kBusy}));
    for (std::size_t i = world.random.between(1, 4); i > 0; --i)
        world.source({leaf(world, top, {}).who, kBusy, any_priority(world.random), world.random.chance(30)});
    if (flood == Flood::control_transport) {
        for (std::size_t i = world.random.between(1, 3); i > 0; --i)
            world.source({leaf(world, top, {}, 1).who, kBusy, mcs::DataPriority::low});
    } else if (flood == Flood::local) {
        Source rude{world.person(top, {}), kBusy, any_priority(world.random)};
        rude.polite = false;
        world.source(rude);
    }
    world.run(500ms);
    const mcs::UserId user = *world.crowd.people()[hung.who].user;
    set_reading(world, hung, 0, false);
    if (flood == Flood::none) {
        world.run(3s);
        world.report.expect(world.closed.empty(), [] { return "somebody is disconnected though all are held back"; });
        world.report.expect(!world.paused_now().empty(), [] { return "nobody is held back"; });
        world.network.give_up(hung.link, Network::upper);
    } else {
        for (int i = 0; i < 100 && world.closed.empty(); ++i) world.run(100ms);
        world.report.expect(world.closed.size() == 1 && world.closed[0].first == hung.link,
                            [] { return "not just the one that hangs is disconnected"; });
        world.report.expect(world.network[top].flow_counts().overflows == 1,
                            [] { return "its disconnection is not counted"; });
    }
    world.run(500ms);
    world.expect_paused({}, "though the one that hung is gone");
    world.report.expect(!world.network[top].channels().has_user(user), [] { return "who has gone is still a user"; });
    for (std::size_t t = 0; t < world.transports; ++t) {
        constexpr std::size_t kLastWord = 16;  // a DisconnectProviderUltimatum, and what is left of a PDU of control
        const std::size_t most = world.network.most_queued(hung.link, Network::upper, t);
        world.report.expect(most <= BackpressureWorld::kQueueLimit + BackpressureWorld::kMaxPdu + kLastWord,
                            [&] { return std::to_string(most) + " octets have waited for the one that hung"; });
    }
    be_silent(world);
    for (const Leaf& other : others) world.expect_all_heard(other.who);
    world.expect_nobody_paused();
    expect_counts_agree(world, top);
    set_reading(world, hung, 0, true);
    world.settle();
    world.report.expect(world.crowd.people()[hung.who].state == Person::State::gone,
                        [] { return "the one that hung does not learn that it is disconnected"; });
}

PressureOutcome simulate_pressure(Scenario scenario, std::uint64_t seed, bool traced) {
    BackpressureWorld world(seed, traced);
    scenario(world);
    world.crowd.check_uniform_order();
    PressureOutcome out;
    for (Node node = 0; node < world.network.size(); ++node) out.flow.add(world.network[node].flow_counts());
    for (const Source& each : world.sources) out.messages += each.sent.size();
    out.violations = std::move(world.report.violations);
    out.trace = std::move(world.report.trace);
    out.fingerprint = world.report.fingerprint;
    return out;
}

}  // namespace convene::sim

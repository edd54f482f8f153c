// Several providers between those who send and those who do not keep up.
#include <algorithm>
#include <chrono>
#include <utility>

#include "sim/backpressure_simulation.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

constexpr mcs::ChannelId kTalk{1}, kAside{2};  ///< the slow one has joined the first alone
constexpr std::uint64_t kDemanded = 4'000;     ///< octets a second
constexpr std::uint64_t kSteady = 6'000;       ///< slow, and yet enough
constexpr std::uint64_t kFast = 2'000'000;

struct Member {
    Node node = 0;
    LinkId link = 0;
    PersonId who = 0;
};

Member member(BackpressureWorld& world, Node above, std::uint64_t rate = 0, std::uint64_t min_throughput = 0) {
    Member out;
    out.node = world.provider(min_throughput);
    out.link = world.link(out.node, above, {}, rate);
    out.who = world.person(out.node, {kTalk});
    return out;
}

void read(BackpressureWorld& world, const Member& member, bool reads) {
    for (std::size_t t = 0; t < mcs::kMaxTransports; ++t)
        world.network.set_reading(member.link, Network::lower, t, reads);
}

void silence(BackpressureWorld& world) {
    for (Source& each : world.sources) each.silent = true;
    world.settle();
}

}  // namespace

void slow_behind_hops(BackpressureWorld& world) {
    Random& random = world.random;
    const Node top = world.provider(), middle = world.provider(), low = world.provider();
    const LinkId upper_link = world.link(middle, top), lower_link = world.link(low, middle);
    const bool downward = random.chance(50);  // or the senders are at the bottom, and the slow one at the top
    const Member slow = member(world, downward ? low : top);
    std::vector<Member> others;
    for (Node above : {top, middle, low}) others.push_back(member(world, above));
    std::vector<Member> senders;
    const auto priority = static_cast<mcs::DataPriority>(random.pick(mcs::kDataPriorities));
    for (std::size_t i = random.between(1, 4); i > 0; --i) {
        senders.push_back(member(world, downward ? top : low));
        world.source({senders.back().who, kTalk, priority, random.chance(30), random.between(400, 900)});
    }
    world.run(500ms);
    world.expect_paused({}, "though everybody reads");
    read(world, slow, false);
    world.run(15s);

    // From the slow one on: what feeds its queue, what feeds the queue before that, and in the end the senders.
    const std::size_t t = std::min<std::size_t>(static_cast<std::size_t>(priority), world.transports - 1U);
    const Network::Side from = downward ? Network::upper : Network::lower;
    const Direction nearest{downward ? lower_link : upper_link, from, t};
    const Direction farther{downward ? upper_link : lower_link, from, t};
    std::set<Direction> expected{nearest, farther};
    for (const Member& each : senders) expected.insert({each.link, Network::lower, t});
    world.expect_paused(expected, "while its receiver does not read");
    const auto first = world.first_paused(nearest), second = world.first_paused(farther);
    world.report.expect(first && second && *first <= *second, [] { return "the pressure jumps over a provider"; });
    for (const Member& each : senders) {
        const auto last = world.first_paused({each.link, Network::lower, t});
        world.report.expect(second && last && *second <= *last, [] { return "a sender is held back too early"; });
        world.expect_bounded({each.link, Network::lower, t}, 1);
    }
    world.expect_bounded({slow.link, Network::upper, t}, 1);
    world.expect_bounded(nearest, 1);
    world.expect_bounded(farther, senders.size());

    read(world, slow, true);
    silence(world);
    world.expect_all_heard(slow.who);
    for (const auto* all : {&others, &senders})
        for (const Member& each : *all) world.expect_all_heard(each.who);
    world.expect_nobody_paused();
}

void slower_than_demanded(BackpressureWorld& world) {
    Random& random = world.random;
    const Node top = world.provider(kDemanded), middle = world.provider(kDemanded);
    world.link(middle, top, {}, kFast);
    std::vector<Member> others;
    for (Node above : {top, middle}) {
        for (std::uint64_t rate : {kFast, kSteady})
            if (random.chance(60)) others.push_back(member(world, above, rate, kDemanded));
    }
    const Member failing =
        member(world, random.chance(70) ? middle : top, random.chance(50) ? kFast : 2 * kSteady, kDemanded);
    const Member sender = member(world, top, 0, kDemanded);
    const auto priority = static_cast<mcs::DataPriority>(random.pick(mcs::kDataPriorities));
    world.source({sender.who, kTalk, priority, false, 900});
    world.run(random.up_to(4s) + 8s);
    world.report.expect(world.closed.empty(), [] { return "somebody is disconnected who is not too slow"; });

    read(world, failing, false);
    world.run(12s);
    world.report.expect(world.closed.size() == 1 && world.closed[0].first == failing.link,
                        [] { return "not just the one that is too slow is disconnected"; });
    std::uint64_t counted = 0;
    for (Node node : {top, middle}) counted += world.network[node].flow_counts().too_slow;
    world.report.expect(counted == 1, [] { return "its disconnection is not counted once"; });

    silence(world);
    for (const Member& each : others) world.expect_all_heard(each.who);
    world.report.expect(world.closed.size() == 1, [] { return "somebody is disconnected in the end"; });
    world.expect_nobody_paused();
}

void slow_in_a_merge(BackpressureWorld& world) {
    enum class End : std::uint8_t { reads_in_the_merge, reads_later, is_given_up, loses_the_superior };
    Random& random = world.random;
    const auto end = static_cast<End>(random.pick(4));
    const Node larger = world.provider(), smaller = world.provider();
    const Member above = member(world, larger);
    const Member slow = member(world, smaller), other = member(world, smaller), sender = member(world, smaller);
    // So many channels that it takes several requests to merge them.
    for (std::uint16_t i = 0; i < 400; ++i)
        world.crowd.join(other.who, mcs::ChannelId{static_cast<std::uint16_t>(100 + i)});
    world.settle();
    const auto priority = static_cast<mcs::DataPriority>(random.pick(mcs::kDataPriorities));
    world.source({sender.who, kTalk, priority});
    world.source({above.who, kTalk, priority});
    world.crowd.join(sender.who, kAside);
    world.settle();
    world.source({other.who, kAside, priority});
    world.run(200ms);
    read(world, slow, false);
    world.run(2s);
    world.report.expect(!world.paused_now().empty(), [] { return "nobody is held back by the slow one"; });

    LinkShape shape;
    shape.transports = world.transports;
    shape.delay = 2 * world.delay();
    const LinkId merging = world.network.connect(smaller, larger, shape);
    const mcs::Domain& domain = world.network[smaller];
    for (int i = 0; i < 100 && !domain.is_merging(); ++i) world.network.step();
    world.report.expect(domain.is_merging(), [] { return "there is no merge"; });
    world.report.expect(domain.paused() == 3U * world.transports, [] { return "those below may speak in a merge"; });
    switch (end) {
        case End::reads_in_the_merge:
            read(world, slow, true);
            break;
        case End::reads_later:
            break;
        case End::is_given_up:
            world.network.give_up(slow.link, Network::upper);
            break;
        case End::loses_the_superior:
            world.network.cut(merging);
            break;
    }
    world.run(4s);
    world.report.expect(!domain.is_merging(), [] { return "the merge does not end"; });
    read(world, slow, true);
    silence(world);
    world.expect_nobody_paused();
    if (end == End::loses_the_superior) {
        world.report.expect(domain.connections().empty(), [] { return "a part of the domain survives its superior"; });
        return;
    }
    world.report.expect(domain.flow_counts().merge_pauses > 0,
                        [] { return "the pauses of the merge are not counted"; });
    const Source& inside = world.sources[0];
    world.expect_heard(other.who, inside, inside.sent.size());
    if (end != End::is_given_up) world.expect_heard(slow.who, inside, inside.sent.size());
    world.expect_heard(sender.who, world.sources[2], world.sources[2].sent.size());
    // The others hear each other from some message on, and then all of them.
    using Way = std::pair<PersonId, const Source*>;
    for (const auto& [who, source] : {Way{above.who, &inside}, Way{other.who, &world.sources[1]}}) {
        const auto& heard = world.crowd.people()[who].heard;
        const std::set<MessageId> known(heard.begin(), heard.end());
        const auto begin = std::find_if(source->sent.begin(), source->sent.end(),
                                        [&](MessageId each) { return known.count(each) > 0; });
        world.report.expect(begin != source->sent.end(), [] { return "the merged domains do not hear each other"; });
        world.report.expect(
            std::all_of(begin, source->sent.end(), [&](MessageId each) { return known.count(each) > 0; }),
            [] { return "something is lost after a merge"; });
    }
}

}  // namespace convene::sim

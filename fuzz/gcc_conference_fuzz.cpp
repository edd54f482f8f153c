// A top GCC provider with three nodes below it, one of them below another, which send it whatever the input says:
// runs of { user and channel, length, octets }, or time that passes. The top must keep its roster to nodes that exist.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "gcc/conference_world.hpp"

using namespace convene;
using namespace convene::gcc;
using convene::gcc::testing::Node;
using convene::gcc::testing::World;

namespace {

/// What a run of the input does: bits 0-1 who, bits 2-3 where to; both at their highest let time pass.
struct Step {
    unsigned who = 0, where = 0;
    ByteView octets;
};

void check(const Node& top) {
    if (top.conference->has_ended()) return;
    for (const UserId node : top.conference->subtree().nodes.nodes())
        CONVENE_CHECK(node == top.id() || top.domain.connection_of(node).has_value(), "a node that MCS does not know");
    for (const SessionKey& session : top.conference->subtree().applications.sessions())
        CONVENE_CHECK(top.conference->subtree().applications.has_session(session), "a session without entities");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input{reinterpret_cast<const std::byte*>(data), size};
    World world;
    Node& top = world.add_top(gcc::testing::open_profile(), {}, true);
    Node& alice = world.add_child(top, u"alice");
    Node& middle = world.add_child(top, u"middle");
    world.settle();
    Node& leaf = world.add_child(middle, u"leaf");
    world.settle();
    Node* const senders[] = {&alice, &middle, &leaf};

    constexpr unsigned kMaxSteps = 64;
    for (unsigned steps = 0; steps < kMaxSteps && input.size() >= 2; ++steps) {
        const auto head = std::to_integer<unsigned>(input[0]);
        const Step step{head & 3, head >> 2 & 3,
                        input.subspan(2, std::min<std::size_t>(std::to_integer<unsigned>(input[1]), input.size() - 2))};
        input = input.subspan(2 + step.octets.size());
        if (step.who == 3) {
            world.advance(std::chrono::milliseconds{head * 10});
        } else {
            Node& sender = *senders[step.who];
            const mcs::ChannelId channels[] = {mcs::channel_of(top.id()), kBroadcastChannel, kConvenerChannel,
                                               mcs::channel_of(middle.id())};
            sender.domain.send(sender.conference->attachment(), channels[step.where], mcs::DataPriority::high,
                               (head & 16) != 0, Slice(step.octets));
            world.run();
        }
        check(top);
    }
    world.advance(std::chrono::seconds{10});
    check(top);
    return 0;
}

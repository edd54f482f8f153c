#include "sim/actions.hpp"

#include <algorithm>
#include <vector>

#include "sim/domain_simulation.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

}  // namespace

World::World(std::uint64_t seed) {
    Random random(seed, 0);
    // Most worlds are small, where more happens in the same time; one in ten is as large as they get.
    std::size_t size = random.pick(10);
    providers = size < 6 ? random.between(2, 8) : size < 9 ? random.between(6, 24) : random.between(24, kMaxProviders);
    users = size < 6 ? random.between(2, 20) : size < 9 ? random.between(10, 60) : random.between(40, kMaxUsers);
    actions = random.between(100, 2'000) + 4 * users;
    seeds = static_cast<std::uint8_t>(random.between(1, 4));
    transports = static_cast<std::uint8_t>(random.chance(50) ? 1 : random.between(2, mcs::kMaxTransports));
    delay = random.one_of(std::array<Duration, 3>{1ms, 20ms, 300ms});
    jitter = random.one_of(std::array<Duration, 3>{0ms, 5ms, 200ms});
    pause = random.one_of(std::array<Duration, 4>{0ms, 2ms, 30ms, 500ms});
    grows_first = random.chance(40);
    allows_rings = random.chance(10);

    auto& parameters = config.parameters;
    parameters.max_mcspdu_size = random.one_of(std::array<std::uint64_t, 4>{124, 300, 4096, 65'528});
    parameters.num_priorities = transports;
    if (random.chance(20)) parameters.max_user_ids = random.between(1, users);
    if (random.chance(20)) parameters.max_channel_ids = random.between(1, users + 20);
    if (random.chance(20)) parameters.max_token_ids = random.between(1, 3);
    if (random.chance(20)) parameters.max_height = random.between(1, 6);
    if (random.chance(30)) {  // so small that flow control has work
        config.high_water = 600;
        config.low_water = 200;
    }
    largest_message = random.chance(80) ? 60 : parameters.max_mcspdu_size > 4096 ? 40'000 : 1000;
    tokens = static_cast<std::uint8_t>(random.between(1, 4));
    static_channels = static_cast<std::uint8_t>(random.between(1, 4));

    constexpr std::array<unsigned, kinds> kUsual{20, 4, 30, 20, 20, 20, 8, 2, 1};
    for (std::size_t kind = 0; kind < kinds; ++kind)
        weights[kind] = random.chance(15) ? 0 : kUsual[kind] * static_cast<unsigned>(random.between(1, 4));
    weights[attach] = std::max(weights[attach], 20U);
    weights[connect] = std::max(weights[connect], 4U);
}

void Actor::act() {
    World::Kind kind = choose();
    if (kind == World::connect) return connect();
    if (kind == World::cut) return break_link(false);
    if (kind == World::disconnect) return break_link(true);
    if (kind == World::attach) {
        if (crowd_.present().size() < world_.users) crowd_.attach(random_.pick(network_.size()));
        return;
    }
    auto who = somebody();
    if (!who) return;
    switch (kind) {
        case World::detach:
            return crowd_.detach(*who);
        case World::private_channel:
            return use_private_channel(*who);
        case World::token:
            return use_token(*who);
        case World::data:
            return send(*who);
        default:
            return use_channel(*who);
    }
}

World::Kind Actor::choose() {
    std::size_t sum = 0;
    for (unsigned weight : world_.weights) sum += weight;
    std::size_t left = random_.pick(sum);
    std::uint8_t kind = 0;
    for (; left >= world_.weights[kind]; ++kind) left -= world_.weights[kind];
    return static_cast<World::Kind>(kind);
}

void Actor::connect() {
    Node from = random_.pick(network_.size());
    Node to = random_.pick(network_.size());
    bool ring = world_.allows_rings && random_.chance(20) && network_[from].is_top() && from != to;
    if (!ring && !network_.is_free_to_call(from, to)) return;
    LinkShape shape;
    shape.version = random_.chance(50) ? 2 : 3;
    shape.transports = world_.transports;
    shape.delay = random_.up_to(world_.delay);
    shape.jitter = random_.up_to(world_.jitter);
    network_.connect(from, to, shape);
}

void Actor::break_link(bool politely) {
    std::vector<LinkId> up;
    for (LinkId id = 0; id < network_.links().size(); ++id) {
        if (network_.is_up(network_.links()[id]) && !network_.links()[id].cut) up.push_back(id);
    }
    if (up.empty()) return;
    LinkId id = random_.one_of(up);
    if (!politely) return network_.cut(id);
    auto end = network_.links()[id].ends[random_.pick(2)];
    network_[end.node].disconnect(*end.connection, mcs::Reason::user_requested);
    network_.collect(end.node);
}

void Actor::use_channel(PersonId who) {
    if (random_.chance(25)) return crowd_.leave(who, some_channel(who));
    crowd_.join(who, some_channel(who));
}

void Actor::use_private_channel(PersonId who) {
    auto channel = some_channel(who);
    std::vector<mcs::UserId> users{some_user(), some_user()};
    switch (random_.pick(6)) {
        case 0:
        case 1:
            return crowd_.convene(who);
        case 2:
        case 3:
            return crowd_.act(who, [&](auto& domain, auto id) { domain.admit(id, channel, users); });
        case 4:
            return crowd_.act(who, [&](auto& domain, auto id) { domain.expel(id, channel, {users.front()}); });
        default:
            if (random_.chance(30)) crowd_.act(who, [&](auto& domain, auto id) { domain.disband(id, channel); });
            return;
    }
}

void Actor::use_token(PersonId who) {
    if (!crowd_.people()[who].offers.empty() && random_.chance(60)) return answer_offer(who);
    mcs::TokenId token = some_token();
    switch (random_.pick(7)) {
        case 0:
        case 1:
            return crowd_.request(who, Crowd::TokenRequest::grab, token);
        case 2:
            return crowd_.request(who, Crowd::TokenRequest::inhibit, token);
        case 3:
            return crowd_.request(who, Crowd::TokenRequest::release, token);
        case 4:
            return crowd_.request(who, Crowd::TokenRequest::test, token);
        case 5:
            return crowd_.act(who, [&](auto& domain, auto id) { domain.token_please(id, token); });
        default: {
            mcs::UserId recipient = some_user();
            return crowd_.act(who, [&](auto& domain, auto id) { domain.token_give(id, token, recipient); });
        }
    }
}

void Actor::answer_offer(PersonId who) {
    std::size_t number = random_.pick(crowd_.people()[who].offers.size());
    mcs::TokenId token = crowd_.people()[who].offers[number].token;
    crowd_.forget_offer(who, number);
    auto result = random_.chance(60) ? mcs::Result::successful : mcs::Result::user_rejected;
    crowd_.act(who, [&](auto& domain, auto id) { domain.token_give_response(id, token, result); });
}

void Actor::send(PersonId who) {
    auto channel = some_channel(who);
    if (channel == mcs::kAssignChannel) return;
    // Several at once, so that they meet others on their way.
    for (std::size_t count = random_.between(1, 4); count > 0; --count) {
        auto priority = static_cast<mcs::DataPriority>(random_.pick(mcs::kDataPriorities));
        std::size_t size = Crowd::kMinMessage + random_.pick(world_.largest_message);
        crowd_.send(who, channel, priority, random_.chance(60), size);
    }
}

std::optional<PersonId> Actor::somebody() {
    auto present = crowd_.present();
    if (present.empty()) return std::nullopt;
    return random_.one_of(present);
}

mcs::UserId Actor::some_user() {
    auto who = random_.chance(95) ? somebody() : std::nullopt;
    if (who) return *crowd_.people()[*who].user;
    return mcs::UserId{static_cast<std::uint16_t>(random_.between(1001, 65'535))};
}

mcs::ChannelId Actor::some_channel(PersonId who) {
    const Person& person = crowd_.people()[who];
    switch (random_.pick(6)) {
        case 0:
            return mcs::channel_of(random_.chance(50) ? *person.user : some_user());
        case 1: {
            auto ids = network_[random_.pick(network_.size())].channels().ids();
            if (!ids.empty()) return random_.one_of(ids);
            break;
        }
        case 2: {
            auto ids = network_[person.node].channels().ids();
            if (!ids.empty()) return random_.one_of(ids);
            break;
        }
        case 3: {
            std::vector<mcs::ChannelId> ids(person.admitted.begin(), person.admitted.end());
            if (!ids.empty()) return random_.one_of(ids);
            break;
        }
        default:
            break;
    }
    return mcs::ChannelId{static_cast<std::uint16_t>(random_.pick(world_.static_channels + 1U))};
}

mcs::TokenId Actor::some_token() { return mcs::TokenId{static_cast<std::uint16_t>(1 + random_.pick(world_.tokens))}; }

}  // namespace convene::sim

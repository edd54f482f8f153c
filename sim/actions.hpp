/// What users and networks do in a simulation: one random action at a time, more of some kinds in each world.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/crowd.hpp"
#include "sim/network.hpp"
#include "sim/random.hpp"

namespace convene::sim {

/// How a world is made: sizes, limits, and how often what happens.
struct World {
    explicit World(std::uint64_t seed);

    std::size_t providers = 2;
    std::size_t users = 10;  ///< at most, at one time
    std::size_t actions = 100;
    mcs::DomainConfig config;  ///< all providers agree on its parameters
    std::uint8_t seeds = 1;    ///< different orders of ids among the providers: few lead to many conflicts
    std::uint8_t transports = 1;
    Duration delay{};          ///< of a link, at most
    Duration jitter{};         ///< of a link, at most
    Duration pause{};          ///< between two actions, at most
    bool grows_first = false;  ///< the tree stands before users come
    bool allows_rings = false;
    std::size_t largest_message = 100;
    std::uint8_t tokens = 3;
    std::uint8_t static_channels = 3;

    enum Kind : std::uint8_t { attach, detach, channel, private_channel, token, data, connect, cut, disconnect, kinds };
    std::array<unsigned, kinds> weights{};
};

/// Chooses and does one action.
class Actor {
public:
    Actor(const World& world, Network& network, Crowd& crowd, Random random)
        : world_(world), network_(network), crowd_(crowd), random_(random) {}

    void act();
    /// A call between two providers that may call each other, when the first two chosen may.
    void connect();

private:
    World::Kind choose();
    void use_channel(PersonId who);
    void use_private_channel(PersonId who);
    void use_token(PersonId who);
    void answer_offer(PersonId who);
    void send(PersonId who);
    void break_link(bool politely);
    std::optional<PersonId> somebody();
    mcs::UserId some_user();
    mcs::ChannelId some_channel(PersonId who);
    mcs::TokenId some_token();

    const World& world_;
    Network& network_;
    Crowd& crowd_;
    Random random_;
};

}  // namespace convene::sim

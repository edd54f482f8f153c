#include "mcs/parameters.hpp"

#include <algorithm>

namespace convene::mcs {

ParameterRange default_parameter_range() {
    return {
        .minimum = {.max_channel_ids = 1,
                    .max_user_ids = 1,
                    .max_token_ids = 0,
                    .num_priorities = 1,
                    .min_throughput = 0,
                    .max_height = 1,
                    .max_mcspdu_size = kMinMcspduSize,
                    .protocol_version = kMinProtocolVersion},
        .maximum = {.max_channel_ids = kMaxChannelIds,
                    .max_user_ids = kMaxUserIds,
                    .max_token_ids = kMaxTokenIds,
                    .num_priorities = kMaxPriorities,
                    .min_throughput = 0,
                    .max_height = kMaxHeight,
                    .max_mcspdu_size = kMaxMcspduSize,
                    .protocol_version = kMaxProtocolVersion},
    };
}

ParameterOffer default_offer(const ParameterRange& range) {
    ParameterOffer offer{range.maximum, range.minimum, range.maximum};
    offer.target.num_priorities = range.minimum.num_priorities;
    offer.target.min_throughput = range.minimum.min_throughput;
    return offer;
}

ParameterRange frozen(const DomainParameters& in_force, const ParameterRange& local) {
    ParameterRange range{in_force, in_force};
    range.minimum.protocol_version = local.minimum.protocol_version;
    range.maximum.protocol_version = local.maximum.protocol_version;
    return range;
}

ParameterRange without_version_3(ParameterRange range) {
    range.maximum.protocol_version = std::min<std::uint64_t>(range.maximum.protocol_version, 2);
    return range;
}

std::string ParameterConflict::message() const {
    return std::string(parameter) + " would have to be at least " + std::to_string(minimum) + " and at most " +
           std::to_string(maximum);
}

Expected<DomainParameters, ParameterConflict> negotiate(const ParameterOffer& offered, const ParameterRange& local) {
    DomainParameters agreed;
    for (const auto& [name, member] : kDomainParameters) {
        std::uint64_t low = std::max(offered.minimum.*member, local.minimum.*member);
        std::uint64_t high = std::min(offered.maximum.*member, local.maximum.*member);
        if (low > high) return tl::make_unexpected(ParameterConflict{name, low, high});
        agreed.*member = std::clamp(offered.target.*member, low, high);
    }
    return agreed;
}

Expected<void, ParameterConflict> check_answer(const DomainParameters& answer, const ParameterOffer& offered) {
    for (const auto& [name, member] : kDomainParameters) {
        std::uint64_t value = answer.*member;
        // The answer is an interval of one value, so what does not fit shows as an empty intersection.
        std::uint64_t low = std::max(offered.minimum.*member, value);
        std::uint64_t high = std::min(offered.maximum.*member, value);
        if (low > high) return tl::make_unexpected(ParameterConflict{name, low, high});
    }
    return {};
}

}  // namespace convene::mcs

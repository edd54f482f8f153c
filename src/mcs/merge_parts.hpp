/// Cuts what a domain brings into a merge into requests that fit maxMCSPDUsize. T.125 §13.5.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "base/overloaded.hpp"
#include "mcs/link_codec.hpp"
#include "mcs/pdu_merge.hpp"

namespace convene::mcs {

/// Octets that the parts of a merge request take at most.
struct MergeRoom {
    std::size_t octets;      ///< for all the attributes of a request
    std::size_t attributes;  ///< each, without its list of users
    std::size_t user;        ///< each

    static MergeRoom of(Version version, std::uint64_t max_mcspdu_size) {
        constexpr std::size_t kAround = 24;  // the PDU without attributes
        constexpr std::size_t kLeast =
            40;  // one attribute with one user; a domain that allows less cannot merge anyway
        std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(max_mcspdu_size, 65'528));
        return {std::max(size, kAround + kLeast) - kAround, version == 1 ? 30U : 14U, version == 1 ? 5U : 2U};
    }
    std::size_t users_in_one() const { return (octets - attributes) / user; }
};

inline std::size_t users_in(const ChannelAttributes& attributes) {
    const auto* managed = std::get_if<PrivateChannelAttributes>(&attributes);
    return managed == nullptr ? 0 : managed->admitted.size();
}
inline std::size_t users_in(const TokenAttributes& attributes) {
    const auto* inhibited = std::get_if<InhibitedTokenAttributes>(&attributes);
    return inhibited == nullptr ? 0 : inhibited->inhibitors.size();
}

inline ChannelId id_of(const ChannelAttributes& attributes) {
    return std::visit(overloaded{[](const UserChannelAttributes& user) { return channel_of(user.user); },
                                 [](const auto& other) { return other.channel; }},
                      attributes);
}
inline TokenId id_of(const TokenAttributes& attributes) {
    return std::visit([](const auto& any) { return any.token; }, attributes);
}

/// The users of a list that do not fit into one request; they are taken out of `users`.
inline std::vector<UserId> take_excess(std::vector<UserId>& users, const MergeRoom& room) {
    if (users.size() <= room.users_in_one()) return {};
    auto from = users.begin() + static_cast<std::ptrdiff_t>(room.users_in_one());
    std::vector<UserId> excess(from, users.end());
    users.erase(from, users.end());
    return excess;
}

/// In order, as many in each as fit. No single one is larger than a request.
template <class Attributes>
std::vector<std::vector<Attributes>> cut(std::vector<Attributes> all, const MergeRoom& room) {
    std::vector<std::vector<Attributes>> requests;
    std::size_t used = room.octets;
    for (Attributes& attributes : all) {
        std::size_t size = room.attributes + users_in(attributes) * room.user;
        if (used + size > room.octets || requests.empty()) {
            requests.emplace_back();
            used = 0;
        }
        used += size;
        requests.back().push_back(std::move(attributes));
    }
    return requests;
}

}  // namespace convene::mcs

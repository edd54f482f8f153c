/// The invitations of one conference: who has the secret of one may come in, with its right.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admission/moment.hpp"
#include "admission/refusal.hpp"
#include "admission/right.hpp"
#include "admission/secret.hpp"
#include "base/expected.hpp"

namespace convene::admission {

inline constexpr std::size_t kMaxInvitations = 500;  ///< of one conference, the spent ones included
inline constexpr std::size_t kMaxNoteOctets = 200;
inline constexpr std::uint64_t kMaxUses = 1'000'000;
inline constexpr std::chrono::milliseconds kMaxInvitationTime = std::chrono::hours(24 * 3660);  ///< ten years

struct Invitation {
    std::string id;
    Sha256Digest digest{};  ///< of its secret
    Right right = Right::draw;
    bool is_owner = false;  ///< its holder is never locked out, and stands above moderators
    std::optional<UnixMs> expires{};
    std::uint64_t uses = 0;
    std::optional<std::uint64_t> uses_left{};  ///< none: as many as wanted
    std::string note{};                        ///< UTF-8
    bool revoked = false;
    UnixMs created{};

    friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// What an invitation is to be like.
struct InvitationWish {
    Right right = Right::draw;
    bool is_owner = false;
    std::optional<std::chrono::milliseconds> time{};
    std::optional<std::uint64_t> uses{};
    std::string note{};
};

struct NewInvitation {
    Invitation invitation;
    std::string secret;
    std::optional<std::string> forgotten{};  ///< the one that gave way
};

class Invitations {
public:
    /// Errors: invalid, too_many. Where there is no room, the oldest that is spent gives way.
    Expected<NewInvitation, Refusal> make(const InvitationWish& wish, const RandomOctets& random, UnixMs now);
    /// The invitation that `secret` belongs to, if it counts now. Errors: not_found, revoked, expired, used_up.
    Expected<Invitation, Refusal> check(std::string_view secret, UnixMs now) const;
    /// Somebody has come in by it.
    void use(const std::string& id);
    /// False when there is none of that id.
    bool revoke(const std::string& id);
    /// As it was kept; replaces one of the same id.
    void restore(Invitation invitation);

    const Invitation* find(const std::string& id) const;
    std::vector<Invitation> list() const;  ///< the oldest first
    std::size_t size() const { return by_id_.size(); }

private:
    bool make_room(UnixMs now, std::optional<std::string>& forgotten);

    std::map<std::string, Invitation> by_id_;
};

}  // namespace convene::admission

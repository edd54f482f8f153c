/// The tokens a provider knows, and what each request makes of them. T.125 §12, §13.8.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "mcs/enums.hpp"
#include "mcs/flat_set.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

enum class TokenState : std::uint8_t {
    grabbed,
    inhibited,
    giving,     ///< offered by its grabber to the recipient
    ungivable,  ///< the recipient has detached and the grabber was not told yet
    given,      ///< the grabber has let go before the recipient answered
};

/// A token in use.
struct Token {
    TokenState state = TokenState::grabbed;
    bool confirmed = true;       ///< as Channel::confirmed
    UserId grabber;              ///< grabbed, giving, ungivable
    UserId recipient;            ///< giving, given
    FlatSet<UserId> inhibitors;  ///< inhibited: those in this subtree

    /// Whether `user` holds, shares or is offered the token.
    bool concerns(UserId user) const;
    std::vector<UserId> users() const;
};

/// What a confirm says.
struct TokenAnswer {
    Result result{};
    TokenStatus status{};

    friend bool operator==(const TokenAnswer&, const TokenAnswer&) = default;
};

class TokenTable {
public:
    /// As `user` sees the token; when several descriptions fit, the one the standard prefers.
    TokenStatus seen_by(UserId user, TokenId id) const;

    // The decisions of the top provider. `limit` is maxTokenIds.
    TokenAnswer grab(UserId user, TokenId id, std::size_t limit);
    TokenAnswer inhibit(UserId user, TokenId id, std::size_t limit);
    TokenAnswer release(UserId user, TokenId id);
    /// Nothing when the offer stands and the recipient must be asked.
    std::optional<TokenAnswer> give(UserId donor, TokenId id, UserId recipient, bool recipient_exists);

    /// A recipient's answer, at any provider. False when nothing was offered to it. `donor_is_here`: the donor, when
    /// there still is one, is in this subtree.
    bool respond(UserId recipient, TokenId id, bool accepted, bool donor_is_here);
    /// The donor that awaits the answer of `recipient`.
    std::optional<UserId> donor_awaiting(UserId recipient, TokenId id) const;

    // What the providers between learn from confirms and indications.
    void adopt(UserId user, TokenId id, TokenStatus status);
    /// Ends what `user` holds as grabber or inhibitor, not what it is offered.
    void let_go(UserId user, TokenId id);
    void offer(UserId donor, TokenId id, UserId recipient);

    struct Failed {
        TokenId token;
        UserId donor;
    };
    /// Takes `users` out of every token. Returns the givings that fail for want of their recipient. `is_here` tells
    /// whether another user is in this subtree.
    std::vector<Failed> detach(const FlatSet<UserId>& users, const std::function<bool(UserId)>& is_here);

    Token* find(TokenId id);
    const Token* find(TokenId id) const { return const_cast<TokenTable*>(this)->find(id); }
    Token& enter(TokenId id) { return tokens_[id]; }
    void erase(TokenId id) { tokens_.erase(id); }
    void clear() { tokens_.clear(); }

    std::size_t size() const { return tokens_.size(); }
    bool empty() const { return tokens_.empty(); }
    auto begin() { return tokens_.begin(); }
    auto end() { return tokens_.end(); }
    auto begin() const { return tokens_.begin(); }
    auto end() const { return tokens_.end(); }

private:
    void set_grabbed(TokenId id, UserId grabber);

    std::map<TokenId, Token> tokens_;
};

}  // namespace convene::mcs

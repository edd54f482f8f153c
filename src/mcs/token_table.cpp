#include "mcs/token_table.hpp"

#include <iterator>

namespace convene::mcs {

bool Token::concerns(UserId user) const {
    switch (state) {
        case TokenState::grabbed:
        case TokenState::ungivable:
            return grabber == user;
        case TokenState::inhibited:
            return inhibitors.contains(user);
        case TokenState::giving:
            return grabber == user || recipient == user;
        case TokenState::given:
            return recipient == user;
    }
    return false;
}

std::vector<UserId> Token::users() const {
    switch (state) {
        case TokenState::grabbed:
        case TokenState::ungivable:
            return {grabber};
        case TokenState::inhibited:
            return inhibitors.values();
        case TokenState::giving:
            if (grabber == recipient) return {grabber};
            return {grabber, recipient};
        case TokenState::given:
            return {recipient};
    }
    return {};
}

Token* TokenTable::find(TokenId id) {
    auto at = tokens_.find(id);
    return at == tokens_.end() ? nullptr : &at->second;
}

TokenStatus TokenTable::seen_by(UserId user, TokenId id) const {
    const Token* token = find(id);
    if (token == nullptr) return TokenStatus::not_in_use;
    switch (token->state) {
        case TokenState::grabbed:
        case TokenState::ungivable:
            return token->grabber == user ? TokenStatus::self_grabbed : TokenStatus::other_grabbed;
        case TokenState::inhibited:
            return token->inhibitors.contains(user) ? TokenStatus::self_inhibited : TokenStatus::other_inhibited;
        case TokenState::giving:
            if (token->recipient == user) return TokenStatus::self_recipient;
            return token->grabber == user ? TokenStatus::self_giving : TokenStatus::other_giving;
        case TokenState::given:
            return token->recipient == user ? TokenStatus::self_recipient : TokenStatus::other_giving;
    }
    return TokenStatus::not_in_use;
}

void TokenTable::set_grabbed(TokenId id, UserId grabber) {
    Token& token = tokens_[id];
    token.state = TokenState::grabbed;
    token.grabber = grabber;
    token.recipient = {};
    token.inhibitors = {};
}

TokenAnswer TokenTable::grab(UserId user, TokenId id, std::size_t limit) {
    const Token* token = find(id);
    if (token == nullptr && tokens_.size() >= limit) return {Result::too_many_tokens, TokenStatus::not_in_use};
    bool inhibited_by_user_alone =
        token != nullptr && token->state == TokenState::inhibited && token->inhibitors == FlatSet<UserId>{user};
    if (token != nullptr && !inhibited_by_user_alone) return {Result::token_not_available, seen_by(user, id)};
    set_grabbed(id, user);
    return {Result::successful, TokenStatus::self_grabbed};
}

TokenAnswer TokenTable::inhibit(UserId user, TokenId id, std::size_t limit) {
    const Token* token = find(id);
    if (token == nullptr && tokens_.size() >= limit) return {Result::too_many_tokens, TokenStatus::not_in_use};
    bool possible = token == nullptr || token->state == TokenState::inhibited ||
                    (token->state == TokenState::grabbed && token->grabber == user);
    if (!possible) return {Result::token_not_available, seen_by(user, id)};
    adopt(user, id, TokenStatus::self_inhibited);
    return {Result::successful, TokenStatus::self_inhibited};
}

TokenAnswer TokenTable::release(UserId user, TokenId id) {
    const Token* token = find(id);
    bool possessed = token != nullptr && (token->state == TokenState::inhibited
                                              ? token->inhibitors.contains(user)
                                              : token->state != TokenState::given && token->grabber == user);
    if (!possessed) return {Result::token_not_possessed, seen_by(user, id)};
    let_go(user, id);
    return {Result::successful, seen_by(user, id)};
}

std::optional<TokenAnswer> TokenTable::give(UserId donor, TokenId id, UserId recipient, bool recipient_exists) {
    const Token* token = find(id);
    if (token == nullptr || token->state != TokenState::grabbed || token->grabber != donor)
        return TokenAnswer{Result::token_not_possessed, seen_by(donor, id)};
    if (!recipient_exists) return TokenAnswer{Result::no_such_user, TokenStatus::self_grabbed};
    offer(donor, id, recipient);
    return std::nullopt;
}

std::optional<UserId> TokenTable::donor_awaiting(UserId recipient, TokenId id) const {
    const Token* token = find(id);
    if (token == nullptr || token->state != TokenState::giving || token->recipient != recipient) return std::nullopt;
    return token->grabber;
}

bool TokenTable::respond(UserId recipient, TokenId id, bool accepted, bool donor_is_here) {
    const Token* token = find(id);
    bool offered = token != nullptr && (token->state == TokenState::giving || token->state == TokenState::given) &&
                   token->recipient == recipient;
    if (!offered) return false;
    if (accepted) {
        set_grabbed(id, recipient);
    } else if (token->state == TokenState::giving && donor_is_here) {
        set_grabbed(id, token->grabber);
    } else {
        erase(id);
    }
    return true;
}

void TokenTable::let_go(UserId user, TokenId id) {
    Token* token = find(id);
    if (token == nullptr) return;
    switch (token->state) {
        case TokenState::inhibited:
            if (token->inhibitors.erase(user) && token->inhibitors.empty()) erase(id);
            return;
        case TokenState::grabbed:
        case TokenState::ungivable:
            if (token->grabber == user) erase(id);
            return;
        case TokenState::giving:
            if (token->grabber == user) token->state = TokenState::given;
            return;
        case TokenState::given:
            return;
    }
}

void TokenTable::adopt(UserId user, TokenId id, TokenStatus status) {
    switch (status) {
        case TokenStatus::self_grabbed:
            set_grabbed(id, user);
            return;
        case TokenStatus::self_inhibited: {
            Token& token = tokens_[id];
            token.state = TokenState::inhibited;
            token.inhibitors.insert(user);
            return;
        }
        case TokenStatus::self_recipient:  // indications and responses have said so before
        case TokenStatus::self_giving:
            return;
        case TokenStatus::not_in_use:
        case TokenStatus::other_grabbed:
        case TokenStatus::other_inhibited:
        case TokenStatus::other_giving:
            let_go(user, id);
            return;
    }
}

void TokenTable::offer(UserId donor, TokenId id, UserId recipient) {
    Token& token = tokens_[id];
    token.state = TokenState::giving;
    token.grabber = donor;
    token.recipient = recipient;
    token.inhibitors = {};
}

std::vector<TokenTable::Failed> TokenTable::detach(const FlatSet<UserId>& users,
                                                   const std::function<bool(UserId)>& is_here) {
    std::vector<Failed> failed;
    for (auto at = tokens_.begin(); at != tokens_.end();) {
        auto& [id, token] = *at;
        bool released = false;
        switch (token.state) {
            case TokenState::grabbed:
            case TokenState::ungivable:
                released = users.contains(token.grabber);
                break;
            case TokenState::inhibited:
                token.inhibitors.erase_if([&](UserId user) { return users.contains(user); });
                released = token.inhibitors.empty();
                break;
            case TokenState::giving:
                if (!users.contains(token.recipient)) {
                    if (users.contains(token.grabber)) token.state = TokenState::given;
                } else if (users.contains(token.grabber) || !is_here(token.grabber)) {
                    released = true;
                } else {
                    token.state = TokenState::ungivable;
                    failed.push_back({id, token.grabber});
                }
                break;
            case TokenState::given:
                released = users.contains(token.recipient);
                break;
        }
        at = released ? tokens_.erase(at) : std::next(at);
    }
    return failed;
}

}  // namespace convene::mcs

// Tokens: T.125 §11.38..§11.50. The decisions themselves are TokenTable's.
#include <set>
#include <utility>

#include "mcs/domain.hpp"

namespace convene::mcs {

void Domain::rise(Hop from, const TokenGrabRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a grab by a user from elsewhere");
    if (is_denied_tokens(from))
        return descend(TokenGrabConfirm{Result::token_not_available, pdu.initiator, pdu.token,
                                        tokens_.seen_by(pdu.initiator, pdu.token)});
    if (!is_top()) return send_up(pdu);
    auto answer = tokens_.grab(pdu.initiator, pdu.token, parameters_.max_token_ids);
    descend(TokenGrabConfirm{answer.result, pdu.initiator, pdu.token, answer.status});
}

void Domain::rise(Hop from, const TokenInhibitRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "an inhibition by a user from elsewhere");
    if (is_denied_tokens(from))
        return descend(TokenInhibitConfirm{Result::token_not_available, pdu.initiator, pdu.token,
                                           tokens_.seen_by(pdu.initiator, pdu.token)});
    if (!is_top()) return send_up(pdu);
    auto answer = tokens_.inhibit(pdu.initiator, pdu.token, parameters_.max_token_ids);
    descend(TokenInhibitConfirm{answer.result, pdu.initiator, pdu.token, answer.status});
}

void Domain::rise(Hop from, const TokenReleaseRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a release by a user from elsewhere");
    if (!is_top()) return send_up(pdu);
    auto answer = tokens_.release(pdu.initiator, pdu.token);
    descend(TokenReleaseConfirm{answer.result, pdu.initiator, pdu.token, answer.status});
}

void Domain::rise(Hop from, const TokenTestRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a test by a user from elsewhere");
    if (!is_top()) return send_up(pdu);
    descend(TokenTestConfirm{pdu.initiator, pdu.token, tokens_.seen_by(pdu.initiator, pdu.token)});
}

void Domain::rise(Hop from, const TokenGiveRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a giving by a user from elsewhere");
    if (!is_top()) return send_up(pdu);
    auto answer = tokens_.give(pdu.initiator, pdu.token, pdu.recipient, is_here(pdu.recipient));
    if (answer) return descend(TokenGiveConfirm{answer->result, pdu.initiator, pdu.token, answer->status});
    descend(TokenGiveIndication{pdu.initiator, pdu.token, pdu.recipient});
}

/// Every provider on the way up acts on the response at once.
void Domain::rise(Hop from, const TokenGiveResponse& pdu) {
    if (!is_towards(pdu.recipient, from)) return ignore("T.125 §11.21", "a response by a user from elsewhere");
    auto donor = tokens_.donor_awaiting(pdu.recipient, pdu.token);
    bool accepted = pdu.result == Result::successful && !is_denied_tokens(from);
    if (!tokens_.respond(pdu.recipient, pdu.token, accepted, donor && is_here(*donor)))
        return ignore("T.125 §11.44", "nothing was offered to that user");
    if (!is_top()) return send_up(pdu);
    const auto result = pdu.result == Result::successful && !accepted ? Result::user_rejected : pdu.result;
    if (donor) descend(TokenGiveConfirm{result, *donor, pdu.token, tokens_.seen_by(*donor, pdu.token)});
}

void Domain::rise(Hop from, const TokenPleaseRequest& pdu) {
    if (!is_towards(pdu.initiator, from)) return ignore("T.125 §11.21", "a please by a user from elsewhere");
    if (is_denied_tokens(from)) return;
    if (!is_top()) return send_up(pdu);
    if (tokens_.find(pdu.token) != nullptr) descend(TokenPleaseIndication{pdu.initiator, pdu.token});
}

void Domain::descend(const TokenGrabConfirm& pdu) {
    if (is_here(pdu.initiator)) tokens_.adopt(pdu.initiator, pdu.token, pdu.status);
    to_user(pdu.initiator, pdu);
}

void Domain::descend(const TokenInhibitConfirm& pdu) {
    if (is_here(pdu.initiator)) tokens_.adopt(pdu.initiator, pdu.token, pdu.status);
    to_user(pdu.initiator, pdu);
}

void Domain::descend(const TokenReleaseConfirm& pdu) {
    if (is_here(pdu.initiator)) {
        if (pdu.result == Result::successful) {
            tokens_.let_go(pdu.initiator, pdu.token);  // the status may be selfRecipient, of one's own gift
        } else {
            tokens_.adopt(pdu.initiator, pdu.token, pdu.status);
        }
    }
    to_user(pdu.initiator, pdu);
}

void Domain::descend(const TokenTestConfirm& pdu) {
    if (is_here(pdu.initiator)) tokens_.adopt(pdu.initiator, pdu.token, pdu.status);
    to_user(pdu.initiator, pdu);
}

void Domain::descend(const TokenGiveConfirm& pdu) {
    if (is_here(pdu.initiator)) tokens_.adopt(pdu.initiator, pdu.token, pdu.status);
    to_user(pdu.initiator, pdu);
}

void Domain::descend(const TokenGiveIndication& pdu) {
    const Token* token = tokens_.find(pdu.token);
    if (token != nullptr && !token->confirmed)  // the lower domain means another token by this number
        return send_up(TokenGiveResponse{Result::domain_merging, pdu.recipient, pdu.token});
    if (!is_here(pdu.recipient)) return ignore("T.125 §11.43", "the recipient is gone");
    tokens_.offer(pdu.initiator, pdu.token, pdu.recipient);
    to_user(pdu.recipient, pdu);
}

void Domain::descend(const TokenPleaseIndication& pdu) {
    const Token* token = tokens_.find(pdu.token);
    if (token == nullptr || !token->confirmed) return ignore("T.125 §11.47", "nobody here uses that token");
    std::set<Hop> hops;
    for (UserId user : token->users()) {
        if (auto to = channels_.direction_of(user)) hops.insert(*to);
    }
    for (const Hop& to : hops) {
        if (to.is_attachment()) {
            tell(to.attachment(), pdu);
        } else {
            send_down(to.connection(), pdu);
        }
    }
}

template <class Pdu>
void Domain::to_user(UserId user, const Pdu& pdu) {
    auto to = channels_.direction_of(user);
    if (!to || !is_alive(*to)) return ignore("T.125 §11.21", "the user of a token is gone");
    if (to->is_attachment()) {
        tell(to->attachment(), pdu);
    } else {
        send_down(to->connection(), pdu);
    }
}

}  // namespace convene::mcs

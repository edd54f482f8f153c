/// Judges the passwords of those who want to join: in the clear or by challenge, with a limit on wrong ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "gcc/attempt_limiter.hpp"
#include "gcc/challenge.hpp"
#include "gcc/credentials.hpp"
#include "gcc/join_pdu.hpp"

namespace convene::gcc {

struct PasswordRules {
    std::optional<Password> password;           ///< none: everybody may join
    std::optional<Password> convener_password;  ///< none: nobody becomes convener by joining
    bool accept_clear = true;  ///< without it only a challenge is accepted, which old clients cannot answer
    Duration challenge_lifetime =
        std::chrono::minutes{2};                 ///< a joiner answers on a new connection, after asking its user
    std::size_t max_challenges = 4096;           ///< waiting for an answer; the oldest gives way
    std::size_t max_challenges_per_source = 16;  ///< of one source; beyond it its own oldest gives way
    AttemptLimits wrong_passwords;
};

inline constexpr std::size_t kChallengeTagOctets = 4;
inline constexpr std::size_t kChallengeNonceOctets = 32;
/// How many unpredictable octets a judgement may need.
inline constexpr std::size_t kChallengeRandomOctets = kChallengeTagOctets + kChallengeNonceOctets;

/// The parts of a ConferenceJoinRequest that are about passwords. A node that relays the request to the top must relay
/// the name as well: a challenge is answered over it.
struct JoinCredentials {
    std::optional<ConferenceNameSelector> name;
    std::optional<PasswordChallengeRequestResponse> password;
    std::optional<PasswordSelector> convener_password;
};

struct Judgement {
    JoinResult result = JoinResult::success;
    bool is_convener = false;   ///< the convener's password was right
    bool is_throttled = false;  ///< too many wrong ones from this source; the result is userRejected
    /// For the response: the challenge to answer, or with success the proof that this side knows the password.
    std::optional<PasswordChallengeRequestResponse> reply;
};

/// One conference's gate. A challenge is remembered by its tag, which outlives the connection, is accepted once and for
/// a limited time. A joiner that offers challenge-response without a response asks for a challenge, which is how
/// clients of this project avoid the clear; a joiner without a password is asked for one in the clear where that is
/// accepted.
class PasswordCheck {
public:
    explicit PasswordCheck(PasswordRules rules) : rules_(std::move(rules)), limiter_(rules_.wrong_passwords) {}

    /// `source` names one guesser, such as an address without its port; `random` are kChallengeRandomOctets fresh
    /// octets that nobody can predict.
    Judgement judge(const std::string& source, const JoinCredentials& credentials, ByteView random, Instant now);

    bool is_password_needed() const { return rules_.password.has_value(); }
    /// What responses and descriptors say.
    bool is_password_in_the_clear_required() const { return is_password_needed() && rules_.accept_clear; }
    std::size_t waiting_challenges() const { return challenges_.size(); }

private:
    struct Challenge {
        std::string source;
        Bytes nonce;
        std::optional<ConferenceNameSelector> name;
        Instant expires;
    };
    struct Verdict {
        JoinResult result{};
        std::optional<PasswordSelector> form;  ///< the one that the joiner knows
    };

    Judgement challenge(const std::string& source, const JoinCredentials& credentials, ByteView random, Instant now);
    std::optional<Challenge> take_challenge(Tag tag, Instant now);
    void forget_old(const std::string& source, Instant now);
    Verdict judge_password(const JoinCredentials& credentials, Instant now);

    PasswordRules rules_;
    AttemptLimiter limiter_;
    std::map<Tag, Challenge> challenges_;
    std::deque<Tag> by_age_;  ///< of challenges_, the oldest first; may name some that are gone
};

}  // namespace convene::gcc

/// Passwords that never travel: matching in constant time, and the project's challenge-response algorithm.
///
/// T.124 names one algorithm, the password in the clear, and leaves room for non-standard ones. Ours is HMAC-SHA-256,
/// keyed with the password, over what is fresh (nonce and tag), what the joiner wanted (the conference name as it wrote
/// it) and who proves (so that a challenge cannot be sent back to the challenger to be answered by it). The hash is the
/// small one of base: the core runs as WebAssembly too, where no cryptographic library is at hand. A listener can still
/// try passwords against what it heard; only a long password withstands that.
#pragma once

#include <cstdint>
#include <optional>

#include "gcc/credentials.hpp"
#include "gcc/key.hpp"
#include "gcc/names.hpp"

namespace convene::gcc {

inline constexpr std::size_t kMinNonceOctets = 16;
inline constexpr std::size_t kMaxNonceOctets = 64;

/// Names the algorithm, in the challenge and in the response. H.221 keys begin with a country and a manufacturer code;
/// the project has none and uses text, as Microsoft did for its remote desktop; keys are only ever compared whole.
const Key& challenge_algorithm_key();

/// Who proves to know the password.
enum class Prover : std::uint8_t { joiner, host };

/// What a response is computed over besides the password.
struct ChallengeContext {
    Prover prover{};
    Tag tag = 0;
    Bytes nonce;                                 ///< kMinNonceOctets to kMaxNonceOctets
    std::optional<ConferenceNameSelector> name;  ///< as the joiner wrote it in its ConferenceJoinRequest
};

/// Whether the password that was presented is the stored one, in the form that the presenter chose. The time it takes
/// says nothing about either.
bool password_matches(const PasswordSelector& presented, const Password& stored);

/// The challenge that offers our algorithm and, with `clear_too`, the password in the clear as well.
ChallengeRequest make_challenge(Tag tag, ByteView nonce, bool clear_too);
/// The nonce of our algorithm in a challenge; nothing when it is not offered or its nonce has no acceptable size.
std::optional<Bytes> nonce_of(const ChallengeRequest& challenge);

/// The answer with our algorithm; nothing when the challenge does not offer it or the password has an unknown form.
/// It never falls back to the clear: that is for the caller to decide.
std::optional<ChallengeResponse> answer_challenge(const ChallengeRequest& challenge, Prover prover,
                                                  const std::optional<ConferenceNameSelector>& name,
                                                  const PasswordSelector& password);
/// The form of `stored` with which `response` answers the challenge described by `context`; nothing when it is wrong.
std::optional<PasswordSelector> matching_form(const ChallengeResponse& response, const ChallengeContext& context,
                                              const Password& stored);
/// The same for somebody who knows one form only: the joiner, to whom the host proves itself in that form.
bool response_matches(const ChallengeResponse& response, const ChallengeContext& context,
                      const PasswordSelector& known);

}  // namespace convene::gcc

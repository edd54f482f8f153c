#include "gcc/password_check.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"

namespace convene::gcc {
namespace {

using std::chrono::seconds;
constexpr Instant kStart{std::chrono::hours{1}};
const PasswordSelector kRight = SimpleText{u"sesame"};
const PasswordSelector kWrong = SimpleText{u"Sesame"};
const std::optional<ConferenceNameSelector> kName{ConferenceNameSelector{std::string("42")}};

PasswordRules rules() {
    PasswordRules out;
    out.password = Password{"4711", u"sesame", std::nullopt};
    out.convener_password = Password{"0815", std::nullopt, std::nullopt};
    out.challenge_lifetime = seconds{60};
    out.max_challenges = 8;
    out.max_challenges_per_source = 3;
    out.wrong_passwords = {.burst = 3, .refill = seconds{10}, .max_sources = 100};
    return out;
}

class PasswordCheckTest : public ::testing::Test {
protected:
    Judgement judge(std::optional<PasswordChallengeRequestResponse> password, Instant now = kStart,
                    const std::string& source = "192.0.2.1", std::optional<PasswordSelector> convener = {}) {
        Bytes random(kChallengeRandomOctets);
        for (std::byte& octet : random) octet = static_cast<std::byte>(counter_++ * 37);
        return check.judge(source, {kName, std::move(password), std::move(convener)}, random, now);
    }
    static ChallengeRequest challenge_of(const Judgement& judgement) {
        EXPECT_EQ(judgement.result, JoinResult::challenge_response_required);
        return std::get<ChallengeRequestResponse>(judgement.reply.value()).challenge_request.value();
    }
    static ChallengeRequestResponse answer(const ChallengeRequest& challenge, const PasswordSelector& password) {
        return {std::nullopt, answer_challenge(challenge, Prover::joiner, kName, password)};
    }
    const ChallengeRequestResponse please{};  ///< challenge-response wanted, nothing to say yet

    PasswordCheck check{rules()};

private:
    unsigned counter_ = 1;
};

TEST_F(PasswordCheckTest, AClearPasswordIsRightOrWrong) {
    EXPECT_TRUE(check.is_password_in_the_clear_required());
    EXPECT_EQ(judge(kRight).result, JoinResult::success);
    EXPECT_EQ(judge(PasswordSelector{std::string("4711")}).result, JoinResult::success);
    EXPECT_EQ(judge(kWrong).result, JoinResult::invalid_password);
    EXPECT_EQ(judge(std::nullopt).result, JoinResult::invalid_password);
    EXPECT_EQ(judge(asn1::UnknownAlternative{}).result, JoinResult::invalid_password);
    EXPECT_FALSE(judge(kRight).reply);
}

TEST_F(PasswordCheckTest, AnOpenConferenceAsksForNothing) {
    check = PasswordCheck(PasswordRules{});
    EXPECT_FALSE(check.is_password_needed());
    EXPECT_FALSE(check.is_password_in_the_clear_required());
    EXPECT_EQ(judge(std::nullopt).result, JoinResult::success);
    EXPECT_EQ(judge(kWrong).result, JoinResult::success);
    EXPECT_EQ(judge(please).result, JoinResult::success);
}

TEST_F(PasswordCheckTest, AChallengeIsAnsweredOnce) {
    const ChallengeRequest challenge = challenge_of(judge(please));
    EXPECT_EQ(judge(answer(challenge, kRight)).result, JoinResult::success);
    EXPECT_EQ(judge(answer(challenge, kRight)).result, JoinResult::invalid_challenge_response) << "heard and repeated";

    const ChallengeRequest second = challenge_of(judge(please));
    EXPECT_NE(second.challenge_tag, challenge.challenge_tag);
    EXPECT_EQ(judge(answer(second, kWrong)).result, JoinResult::invalid_challenge_response);
    EXPECT_EQ(judge(answer(second, kRight)).result, JoinResult::invalid_challenge_response) << "one guess each";
    EXPECT_EQ(check.waiting_challenges(), 0U);
}

TEST_F(PasswordCheckTest, AChallengeExpires) {
    const ChallengeRequest challenge = challenge_of(judge(please));
    EXPECT_EQ(judge(answer(challenge, kRight), kStart + seconds{60}).result, JoinResult::invalid_challenge_response);
    const ChallengeRequest second = challenge_of(judge(please));
    EXPECT_EQ(judge(answer(second, kRight), kStart + seconds{59}).result, JoinResult::success);
}

TEST_F(PasswordCheckTest, TheAnswerIsForTheNameThatWasAskedFor) {
    const ChallengeRequest challenge = challenge_of(judge(please));
    const auto response =
        answer_challenge(challenge, Prover::joiner, ConferenceNameSelector{std::string("43")}, kRight);
    EXPECT_EQ(judge(ChallengeRequestResponse{std::nullopt, response}).result, JoinResult::invalid_challenge_response);
}

TEST_F(PasswordCheckTest, TheHostProvesItselfToWhoeverAsksAndHasProved) {
    const Bytes nonce(20, std::byte{9});
    const ChallengeRequest back = make_challenge(5, nonce, false);
    const ChallengeRequest challenge = challenge_of(judge(please));
    ChallengeRequestResponse both = answer(challenge, kRight);
    both.challenge_request = back;
    const Judgement good = judge(both);
    EXPECT_EQ(good.result, JoinResult::success);
    const auto proof = std::get<ChallengeRequestResponse>(good.reply.value()).challenge_response.value();
    EXPECT_TRUE(response_matches(proof, {Prover::host, 5, nonce, kName}, kRight))
        << "in the form that the joiner knows";

    ChallengeRequestResponse bad = answer(challenge_of(judge(please)), kWrong);
    bad.challenge_request = back;
    EXPECT_FALSE(judge(bad).reply);
}

TEST_F(PasswordCheckTest, AChallengeSentBackToTheHostIsNoAnswer) {
    const ChallengeRequest challenge = challenge_of(judge(please));
    // What the host would say to somebody it let in before, who asks it to prove itself over its own challenge.
    const auto reflected = answer_challenge(challenge, Prover::host, kName, kRight);
    EXPECT_EQ(judge(ChallengeRequestResponse{std::nullopt, reflected}).result, JoinResult::invalid_challenge_response);
}

TEST_F(PasswordCheckTest, TheClearMayBeChosenFromTheChallengeWhereItIsOffered) {
    const ChallengeRequest challenge = challenge_of(judge(please));
    EXPECT_EQ(challenge.challenge_set.size(), 2U);
    const ChallengeRequestResponse clear{std::nullopt,
                                         ChallengeResponse{challenge.challenge_tag, PasswordInTheClear{}, kRight}};
    EXPECT_EQ(judge(clear).result, JoinResult::success);
}

TEST_F(PasswordCheckTest, WithoutTheClearEverybodyIsChallenged) {
    PasswordRules strict = rules();
    strict.accept_clear = false;
    check = PasswordCheck(strict);
    EXPECT_FALSE(check.is_password_in_the_clear_required());
    challenge_of(judge(std::nullopt));
    const ChallengeRequest challenge = challenge_of(judge(kRight));
    EXPECT_EQ(challenge.challenge_set.size(), 1U);
    challenge_of(judge(ChallengeRequestResponse{
        std::nullopt, ChallengeResponse{challenge.challenge_tag, PasswordInTheClear{}, kRight}}));
    EXPECT_EQ(judge(answer(challenge, kRight)).result, JoinResult::success);
}

TEST_F(PasswordCheckTest, WrongPasswordsAreThrottledBySource) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(judge(kWrong).result, JoinResult::invalid_password);
    const Judgement throttled = judge(kRight);
    EXPECT_EQ(throttled.result, JoinResult::user_rejected);
    EXPECT_TRUE(throttled.is_throttled);
    EXPECT_EQ(judge(kRight, kStart, "192.0.2.2").result, JoinResult::success);
    EXPECT_EQ(judge(std::nullopt).result, JoinResult::invalid_password) << "asking is free";
    EXPECT_EQ(judge(kRight, kStart + seconds{10}).result, JoinResult::success);
}

TEST_F(PasswordCheckTest, WrongAnswersAndConvenerPasswordsCountAsWell) {
    judge(answer(challenge_of(judge(please)), kWrong));
    const PasswordSelector guess = std::string("0816");
    EXPECT_EQ(judge(kRight, kStart, "192.0.2.1", guess).result, JoinResult::invalid_convener_password);
    EXPECT_EQ(judge(kRight, kStart, "192.0.2.1", guess).result, JoinResult::invalid_convener_password);
    EXPECT_TRUE(judge(kRight).is_throttled);
}

TEST_F(PasswordCheckTest, TheConvenersPasswordMakesAConvener) {
    const PasswordSelector right = std::string("0815");
    const Judgement good = judge(kRight, kStart, "a", right);
    EXPECT_EQ(good.result, JoinResult::success);
    EXPECT_TRUE(good.is_convener);
    EXPECT_FALSE(judge(kRight, kStart, "a").is_convener);
    EXPECT_EQ(judge(kWrong, kStart, "a", right).result, JoinResult::invalid_password)
        << "it does not replace the other";
    check = PasswordCheck(PasswordRules{});
    EXPECT_EQ(judge(std::nullopt, kStart, "a", right).result, JoinResult::invalid_convener_password)
        << "where none is set, none is right";
}

TEST_F(PasswordCheckTest, WaitingChallengesAreBounded) {
    const ChallengeRequest first = challenge_of(judge(please, kStart, "a"));
    const ChallengeRequest second = challenge_of(judge(please, kStart, "a"));
    for (int i = 0; i < 2; ++i) judge(please, kStart, "a");
    EXPECT_EQ(check.waiting_challenges(), 3U);
    EXPECT_EQ(judge(answer(first, kRight), kStart, "a").result, JoinResult::invalid_challenge_response);
    EXPECT_EQ(judge(answer(second, kRight), kStart, "a").result, JoinResult::success);

    for (int i = 0; i < 50; ++i) judge(please, kStart, "source " + std::to_string(i));
    EXPECT_EQ(check.waiting_challenges(), 8U);
    judge(please, kStart + seconds{61}, "b");
    EXPECT_EQ(check.waiting_challenges(), 1U) << "the expired are forgotten";
}

TEST_F(PasswordCheckTest, EqualRandomOctetsStillMakeTwoTags) {
    const Bytes random(kChallengeRandomOctets, std::byte{0xFF});
    const JoinCredentials credentials{kName, please, std::nullopt};
    const auto one = challenge_of(check.judge("a", credentials, random, kStart));
    const auto two = challenge_of(check.judge("b", credentials, random, kStart));
    EXPECT_EQ(one.challenge_tag, 0x7FFF'FFFF);
    EXPECT_EQ(two.challenge_tag, 0);
}

}  // namespace
}  // namespace convene::gcc

#include "gcc/challenge.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "base/sha256.hpp"

namespace convene::gcc {
namespace {

const Password kStored{"4711", u"Grüße", u"\u4f1a\u8bae"};
const Bytes kNonce = hex("000102030405060708090a0b0c0d0e0f");
constexpr Tag kTag = 77;
const std::optional<ConferenceNameSelector> kLab{ConferenceNameSelector{SimpleText{u"lab"}}};

TEST(PasswordMatches, InTheFormThatWasChosen) {
    EXPECT_TRUE(password_matches(std::string("4711"), kStored));
    EXPECT_TRUE(password_matches(SimpleText{u"Grüße"}, kStored));
    EXPECT_TRUE(password_matches(UnicodeText{u"\u4f1a\u8bae"}, kStored));
    EXPECT_TRUE(password_matches(UnicodeText{u"Grüße"}, kStored));

    EXPECT_FALSE(password_matches(std::string("4712"), kStored));
    EXPECT_FALSE(password_matches(std::string("47110"), kStored));
    EXPECT_FALSE(password_matches(std::string(), kStored));
    EXPECT_FALSE(password_matches(SimpleText{u"4711"}, kStored)) << "digits as text are another form";
    EXPECT_FALSE(password_matches(SimpleText{u"grüße"}, kStored));
    EXPECT_FALSE(password_matches(asn1::UnknownAlternative{0, {}}, kStored));
    EXPECT_FALSE(password_matches(SimpleText{}, Password{"4711", std::nullopt, std::nullopt}));
}

TEST(Challenge, EveryFormOfThePasswordAnswersIt) {
    const ChallengeRequest challenge = make_challenge(kTag, kNonce, false);
    const ChallengeContext context{Prover::joiner, kTag, kNonce, kLab};
    for (const PasswordSelector& password :
         {PasswordSelector{std::string("4711")}, PasswordSelector{SimpleText{u"Grüße"}},
          PasswordSelector{UnicodeText{u"\u4f1a\u8bae"}}}) {
        const auto response = answer_challenge(challenge, Prover::joiner, kLab, password);
        ASSERT_TRUE(response);
        EXPECT_EQ(response->challenge_tag, kTag);
        EXPECT_EQ(matching_form(*response, context, kStored), password);
        EXPECT_TRUE(response_matches(*response, context, password));
    }
    const auto wrong = answer_challenge(challenge, Prover::joiner, kLab, std::string("4712"));
    EXPECT_FALSE(matching_form(wrong.value(), context, kStored));
}

TEST(Challenge, TheCodeIsBoundToEverythingAroundIt) {
    const ChallengeRequest challenge = make_challenge(kTag, kNonce, false);
    const PasswordSelector password = std::string("4711");
    const ChallengeContext context{Prover::joiner, kTag, kNonce, kLab};
    const ChallengeResponse good = answer_challenge(challenge, Prover::joiner, kLab, password).value();

    EXPECT_FALSE(matching_form(answer_challenge(challenge, Prover::host, kLab, password).value(), context, kStored));
    EXPECT_FALSE(
        matching_form(answer_challenge(challenge, Prover::joiner, std::nullopt, password).value(), context, kStored));
    EXPECT_FALSE(
        matching_form(answer_challenge(make_challenge(kTag + 1, kNonce, false), Prover::joiner, kLab, password).value(),
                      context, kStored));
    ChallengeResponse relabelled = good;
    relabelled.challenge_tag = kTag + 1;
    EXPECT_FALSE(matching_form(relabelled, context, kStored));
    EXPECT_FALSE(matching_form(relabelled, {Prover::joiner, kTag + 1, kNonce, kLab}, kStored));
    Bytes other_nonce = kNonce;
    other_nonce.back() ^= std::byte{1};
    EXPECT_FALSE(matching_form(good, {Prover::joiner, kTag, other_nonce, kLab}, kStored));
    EXPECT_TRUE(matching_form(good, context, kStored));
}

TEST(Challenge, MalformedAnswersAreWrongAnswers) {
    const ChallengeContext context{Prover::joiner, kTag, kNonce, kLab};
    const ChallengeResponse good =
        answer_challenge(make_challenge(kTag, kNonce, false), Prover::joiner, kLab, std::string("4711")).value();
    ChallengeResponse bad = good;
    bad.response_algorithm = PasswordInTheClear{};
    EXPECT_FALSE(matching_form(bad, context, kStored));
    bad = good;
    bad.response_item = PasswordSelector{std::string("4711")};
    EXPECT_FALSE(matching_form(bad, context, kStored));
    bad = good;
    bad.response_item = UserData{};
    EXPECT_FALSE(matching_form(bad, context, kStored));
    bad = good;
    std::get<UserData>(bad.response_item)[0].value->pop_back();
    EXPECT_FALSE(matching_form(bad, context, kStored));
}

TEST(Challenge, OnlyOurAlgorithmWithAProperNonceIsAnswered) {
    const PasswordSelector password = std::string("4711");
    EXPECT_EQ(make_challenge(kTag, kNonce, true).challenge_set.size(), 2U);
    EXPECT_EQ(nonce_of(make_challenge(kTag, kNonce, true)), kNonce);
    ChallengeRequest clear_only;
    clear_only.challenge_set.push_back(ChallengeItem{PasswordInTheClear{}, {}});
    EXPECT_FALSE(answer_challenge(clear_only, Prover::joiner, kLab, password));
    EXPECT_FALSE(answer_challenge(make_challenge(kTag, Bytes(15), false), Prover::joiner, kLab, password));
    EXPECT_FALSE(answer_challenge(make_challenge(kTag, Bytes(65), false), Prover::joiner, kLab, password));
}

// Written down here from the description, so that the algorithm cannot change by accident.
TEST(Challenge, TheCodeIsTheOneDescribed) {
    Bytes message = to_bytes(std::string_view("Convene conference password 1"));
    append(message, hex("00"                // the joiner proves
                        "000000000000004d"  // tag
                        "0010"));           // octets of the nonce
    append(message, kNonce);
    append(message, hex("02 0003 006c 0061 0062"));  // text, three characters
    const Sha256Digest code = hmac_sha256(hex("01 0004 0034 0037 0031 0031"), message);
    const auto response =
        answer_challenge(make_challenge(kTag, kNonce, false), Prover::joiner, kLab, std::string("4711"));
    EXPECT_EQ(std::get<UserData>(response.value().response_item)[0].value, to_bytes(ByteView(code)));
}

}  // namespace
}  // namespace convene::gcc

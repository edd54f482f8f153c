#include "gcc/password_check.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace convene::gcc {
namespace {

const ChallengeRequestResponse* exchange_in(const JoinCredentials& credentials) {
    return credentials.password ? std::get_if<ChallengeRequestResponse>(&*credentials.password) : nullptr;
}

/// The password in the clear, given as such or as the answer to a challenge that offered the clear as well.
const PasswordSelector* clear_in(const JoinCredentials& credentials) {
    if (!credentials.password) return nullptr;
    if (const auto* clear = std::get_if<PasswordSelector>(&*credentials.password)) return clear;
    const ChallengeRequestResponse* exchange = exchange_in(credentials);
    if (exchange == nullptr || !exchange->challenge_response) return nullptr;
    if (!std::holds_alternative<PasswordInTheClear>(exchange->challenge_response->response_algorithm)) return nullptr;
    return std::get_if<PasswordSelector>(&exchange->challenge_response->response_item);
}

/// The 31 bits of a tag that every peer can hold, whatever the size of its integers.
Tag tag_from(ByteView random) {
    Tag tag = 0;
    for (const std::byte octet : random.first(kChallengeTagOctets)) tag = tag << 8 | std::to_integer<Tag>(octet);
    return tag & 0x7FFF'FFFF;
}

/// This side's answer when the joiner wants proof as well, with the form of the password that the joiner knows.
std::optional<PasswordChallengeRequestResponse> proof_for(const ChallengeRequestResponse& exchange,
                                                          const std::optional<ConferenceNameSelector>& name,
                                                          const PasswordSelector& form) {
    if (!exchange.challenge_request) return std::nullopt;
    auto response = answer_challenge(*exchange.challenge_request, Prover::host, name, form);
    if (!response) return std::nullopt;
    return ChallengeRequestResponse{std::nullopt, std::move(*response)};
}

}  // namespace

Judgement PasswordCheck::judge(const std::string& source, const JoinCredentials& credentials, ByteView random,
                               Instant now) {
    CONVENE_CHECK(random.size() >= kChallengeRandomOctets, "a judgement needs fresh random octets");
    const bool presents_something = clear_in(credentials) != nullptr || credentials.convener_password ||
                                    (exchange_in(credentials) && exchange_in(credentials)->challenge_response);
    if (presents_something && !limiter_.may_try(source, now)) {
        return {JoinResult::user_rejected, false, true, std::nullopt};
    }

    Judgement out;
    if (rules_.password) {
        const ChallengeRequestResponse* exchange = exchange_in(credentials);
        const bool asks_for_challenge = exchange != nullptr && !exchange->challenge_response;
        const bool presents_clear = clear_in(credentials) != nullptr;
        const bool can_do_nothing_else = !rules_.accept_clear && (exchange == nullptr || presents_clear);
        if (asks_for_challenge || can_do_nothing_else) return challenge(source, credentials, random, now);
        const Verdict verdict = judge_password(credentials, now);
        out.result = verdict.result;
        if (out.result != JoinResult::success) {
            if (presents_something) limiter_.failed(source, now);
            return out;
        }
        if (exchange != nullptr) out.reply = proof_for(*exchange, credentials.name, *verdict.form);
    }
    if (credentials.convener_password) {
        out.is_convener =
            rules_.convener_password && password_matches(*credentials.convener_password, *rules_.convener_password);
        if (!out.is_convener) {
            limiter_.failed(source, now);
            return {JoinResult::invalid_convener_password, false, false, std::nullopt};
        }
    }
    return out;
}

PasswordCheck::Verdict PasswordCheck::judge_password(const JoinCredentials& credentials, Instant now) {
    const ChallengeRequestResponse* exchange = exchange_in(credentials);
    std::optional<Challenge> waiting;
    if (exchange != nullptr) waiting = take_challenge(exchange->challenge_response->challenge_tag, now);
    if (const PasswordSelector* clear = clear_in(credentials)) {
        if (!password_matches(*clear, *rules_.password)) return {JoinResult::invalid_password, std::nullopt};
        return {JoinResult::success, *clear};
    }
    if (exchange == nullptr) return {JoinResult::invalid_password, std::nullopt};
    if (!waiting) return {JoinResult::invalid_challenge_response, std::nullopt};
    const ChallengeResponse& response = *exchange->challenge_response;
    const ChallengeContext context{Prover::joiner, response.challenge_tag, std::move(waiting->nonce),
                                   std::move(waiting->name)};
    auto form = matching_form(response, context, *rules_.password);
    const JoinResult result = form ? JoinResult::success : JoinResult::invalid_challenge_response;
    return {result, std::move(form)};
}

Judgement PasswordCheck::challenge(const std::string& source, const JoinCredentials& credentials, ByteView random,
                                   Instant now) {
    forget_old(source, now);
    Tag tag = tag_from(random);
    while (challenges_.count(tag) != 0) tag = (tag + 1) & 0x7FFF'FFFF;
    const ByteView nonce = random.subspan(kChallengeTagOctets, kChallengeNonceOctets);
    challenges_.emplace(tag, Challenge{source, to_bytes(nonce), credentials.name, now + rules_.challenge_lifetime});
    by_age_.push_back(tag);
    return {JoinResult::challenge_response_required, false, false,
            ChallengeRequestResponse{make_challenge(tag, nonce, rules_.accept_clear), std::nullopt}};
}

std::optional<PasswordCheck::Challenge> PasswordCheck::take_challenge(Tag tag, Instant now) {
    const auto found = challenges_.find(tag);
    if (found == challenges_.end()) return std::nullopt;
    Challenge out = std::move(found->second);
    challenges_.erase(found);
    if (out.expires <= now) return std::nullopt;
    return out;
}

void PasswordCheck::forget_old(const std::string& source, Instant now) {
    std::erase_if(by_age_, [&](Tag tag) {
        const auto found = challenges_.find(tag);
        if (found == challenges_.end()) return true;
        if (found->second.expires > now) return false;
        challenges_.erase(found);
        return true;
    });
    auto drop_oldest = [&](auto&& is_meant) {
        const auto oldest = std::find_if(by_age_.begin(), by_age_.end(), is_meant);
        if (oldest == by_age_.end()) return;
        challenges_.erase(*oldest);
        by_age_.erase(oldest);
    };
    const auto is_of_source = [&](Tag tag) { return challenges_.at(tag).source == source; };
    const auto of_source = std::count_if(by_age_.begin(), by_age_.end(), is_of_source);
    if (static_cast<std::size_t>(of_source) >= rules_.max_challenges_per_source) drop_oldest(is_of_source);
    if (challenges_.size() >= rules_.max_challenges) drop_oldest([](Tag) { return true; });
}

}  // namespace convene::gcc

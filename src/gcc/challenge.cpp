#include "gcc/challenge.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/overloaded.hpp"
#include "base/sha256.hpp"

namespace convene::gcc {
namespace {

enum class Form : std::uint8_t { absent, number, text };

void append_big_endian(Bytes& out, std::uint64_t value, int octets) {
    for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<std::byte>(value >> 8 * i));
}

/// The form in one octet, the length in two, and the characters in two octets each. Both kinds of text are one form:
/// peers differ in where they put simple text.
Bytes canonical(Form form, std::u16string_view characters) {
    Bytes out;
    out.reserve(3 + 2 * characters.size());
    out.push_back(static_cast<std::byte>(form));
    append_big_endian(out, characters.size(), 2);
    for (const char16_t c : characters) append_big_endian(out, c, 2);
    return out;
}

Bytes canonical_number(const std::string& digits) {
    return canonical(Form::number, std::u16string(digits.begin(), digits.end()));
}

/// Nothing for a form of a later edition.
std::optional<Bytes> canonical(const TextSelector& selector) {
    return std::visit(
        overloaded{[](const std::string& digits) -> std::optional<Bytes> { return canonical_number(digits); },
                   [](const SimpleText& text) -> std::optional<Bytes> { return canonical(Form::text, text.value); },
                   [](const UnicodeText& text) -> std::optional<Bytes> { return canonical(Form::text, text.value); },
                   [](const asn1::UnknownAlternative&) -> std::optional<Bytes> { return std::nullopt; }},
        selector);
}

std::vector<PasswordSelector> forms_of(const Password& stored) {
    std::vector<PasswordSelector> out{PasswordSelector{stored.numeric}};
    if (stored.text) out.push_back(SimpleText{*stored.text});
    if (stored.unicode_text) out.push_back(UnicodeText{*stored.unicode_text});
    return out;
}

bool is_ours(const ChallengeResponseAlgorithm& algorithm) {
    const auto* named = std::get_if<NonStandardParameter>(&algorithm);
    return named != nullptr && named->key == challenge_algorithm_key();
}

ChallengeResponseAlgorithm our_algorithm() { return NonStandardParameter{challenge_algorithm_key(), {}}; }

Sha256Digest code_for(const ChallengeContext& context, ByteView password) {
    Bytes message = to_bytes(std::string_view("Convene conference password 1"));
    message.push_back(static_cast<std::byte>(context.prover));
    append_big_endian(message, static_cast<std::uint64_t>(context.tag), 8);
    append_big_endian(message, context.nonce.size(), 2);
    append(message, context.nonce);
    append(message, context.name ? canonical(*context.name).value_or(Bytes{}) : Bytes{});
    return hmac_sha256(password, message);
}

/// The code in a response, when it is one of our algorithm.
const Bytes* code_in(const ChallengeResponse& response) {
    if (!is_ours(response.response_algorithm)) return nullptr;
    const auto* data = std::get_if<UserData>(&response.response_item);
    if (data == nullptr) return nullptr;
    for (const UserDataItem& item : *data) {
        if (item.key == challenge_algorithm_key() && item.value) return &*item.value;
    }
    return nullptr;
}

}  // namespace

const Key& challenge_algorithm_key() {
    static const Key key = h221_key(to_bytes(std::string_view("Convene.hmac-sha256")));
    return key;
}

bool password_matches(const PasswordSelector& presented, const Password& stored) {
    const auto guess = canonical(presented);
    if (!guess) return false;
    // Digests have one length, so that comparing them does not tell the length of the password.
    const Sha256Digest guessed = sha256(*guess);
    bool any = false;
    for (const PasswordSelector& form : forms_of(stored)) {
        any |= equal_in_constant_time(guessed, sha256(canonical(form).value_or(Bytes{})));
    }
    return any;
}

ChallengeRequest make_challenge(Tag tag, ByteView nonce, bool clear_too) {
    ChallengeRequest out;
    out.challenge_tag = tag;
    out.challenge_set.push_back(
        ChallengeItem{our_algorithm(), UserData{UserDataItem{challenge_algorithm_key(), to_bytes(nonce)}}});
    if (clear_too) out.challenge_set.push_back(ChallengeItem{PasswordInTheClear{}, {}});
    return out;
}

std::optional<Bytes> nonce_of(const ChallengeRequest& challenge) {
    for (const ChallengeItem& item : challenge.challenge_set) {
        if (!is_ours(item.response_algorithm)) continue;
        for (const UserDataItem& data : item.challenge_data) {
            if (data.key != challenge_algorithm_key() || !data.value) continue;
            if (data.value->size() >= kMinNonceOctets && data.value->size() <= kMaxNonceOctets) return data.value;
        }
    }
    return std::nullopt;
}

std::optional<ChallengeResponse> answer_challenge(const ChallengeRequest& challenge, Prover prover,
                                                  const std::optional<ConferenceNameSelector>& name,
                                                  const PasswordSelector& password) {
    auto nonce = nonce_of(challenge);
    const auto secret = canonical(password);
    if (!nonce || !secret) return std::nullopt;
    const Sha256Digest code = code_for({prover, challenge.challenge_tag, std::move(*nonce), name}, *secret);
    return ChallengeResponse{challenge.challenge_tag, our_algorithm(),
                             UserData{UserDataItem{challenge_algorithm_key(), to_bytes(ByteView(code))}}};
}

bool response_matches(const ChallengeResponse& response, const ChallengeContext& context,
                      const PasswordSelector& known) {
    const Bytes* code = code_in(response);
    const auto secret = canonical(known);
    if (code == nullptr || !secret || response.challenge_tag != context.tag) return false;
    return equal_in_constant_time(*code, code_for(context, *secret));
}

std::optional<PasswordSelector> matching_form(const ChallengeResponse& response, const ChallengeContext& context,
                                              const Password& stored) {
    std::optional<PasswordSelector> match;
    for (const PasswordSelector& form : forms_of(stored)) {
        if (response_matches(response, context, form)) match = form;
    }
    return match;
}

}  // namespace convene::gcc

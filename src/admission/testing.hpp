/// What tests of admission need: a clock that is set, and random octets that are not random.
#pragma once

#include "admission/moment.hpp"
#include "admission/secret.hpp"

namespace convene::admission::testing {

class Clock {
public:
    Moment now() const { return moment_; }
    void pass(std::chrono::milliseconds time) {
        moment_.instant += time;
        moment_.date = moment_.date + time;
    }

private:
    Moment moment_{Instant(std::chrono::hours(1)), UnixMs{1'767'225'600'000}};
};

/// Different every time.
inline RandomOctets counting_octets() {
    return [next = std::uint32_t{0}]() mutable {
        std::array<std::byte, kSecretOctets> out{};
        ++next;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::byte>(next * 167 + next / 251 + i * 31);
        out[0] = static_cast<std::byte>(next >> 8);
        out[1] = static_cast<std::byte>(next);
        return out;
    };
}

/// A text that differs in its last character that counts.
inline std::string tampered(std::string text) {
    char& character = text[text.size() / 2];
    character = character == 'A' ? 'B' : 'A';
    return text;
}

}  // namespace convene::admission::testing

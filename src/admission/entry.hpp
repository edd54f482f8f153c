/// One person's stay in a conference, from the door to the leave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "admission/moment.hpp"
#include "admission/right.hpp"
#include "base/sha256.hpp"
#include "mcs/ids.hpp"

namespace convene::admission {

struct Entry {
    enum class State : std::uint8_t { waiting, admitted, turned_away, removed };

    std::string id;
    Sha256Digest digest{};  ///< of its token
    std::string name;       ///< UTF-8
    std::string source;     ///< see Arrival
    State state = State::waiting;
    Right right = Right::draw;
    bool is_owner = false;
    bool must_ask = false;                    ///< it may be somebody who was put out: only a moderator lets it in
    std::optional<std::string> invitation{};  ///< by which it came
    std::optional<mcs::UserId> node{};        ///< while it is connected
    std::size_t listeners = 0;                ///< streams of events that its person has open
    UnixMs since{};
    Instant idle_since{};  ///< since when there is neither node nor listener, or the state is final

    bool is_inside() const { return state == State::admitted; }
    bool is_final() const { return state == State::turned_away || state == State::removed; }
    bool may_moderate() const { return is_inside() && right == Right::moderate; }
};

constexpr std::string_view to_text(Entry::State state) {
    constexpr std::string_view kWords[] = {"waiting", "admitted", "turnedAway", "removed"};
    return kWords[static_cast<std::size_t>(state)];
}

}  // namespace convene::admission

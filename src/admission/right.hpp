/// What somebody may do in a conference: three rights, each with those before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace convene::admission {

enum class Right : std::uint8_t {
    view,      ///< see everything, and chat
    draw,      ///< whiteboard, files, applications
    moderate,  ///< let in, put out, lock, invite, end
};

constexpr std::string_view to_text(Right right) {
    constexpr std::string_view kWords[] = {"view", "draw", "moderate"};
    return kWords[static_cast<std::size_t>(right)];
}

constexpr std::optional<Right> right_from(std::string_view text) {
    for (const Right right : {Right::view, Right::draw, Right::moderate})
        if (text == to_text(right)) return right;
    return std::nullopt;
}

}  // namespace convene::admission

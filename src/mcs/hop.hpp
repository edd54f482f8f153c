/// The next step from a provider towards something below it.
#pragma once

#include <compare>
#include <cstdint>

#include "asn1/for_size.hpp"
#include "mcs/ids.hpp"

namespace convene::mcs {

/// A local attachment or a downward connection, which small programs have not.
struct Hop {
    enum class Kind : std::uint8_t { attachment, connection };

    Kind kind = Kind::attachment;
    std::uint32_t number = 0;

    static constexpr Hop to(AttachmentId id) { return {Kind::attachment, id.value}; }
    static constexpr Hop to(ConnectionId id) { return {Kind::connection, id.value}; }

    constexpr bool is_attachment() const { return asn1::kForSize || kind == Kind::attachment; }
    constexpr AttachmentId attachment() const { return {number}; }  ///< only of an attachment
    constexpr ConnectionId connection() const { return {number}; }  ///< only of a connection

    friend constexpr bool operator==(const Hop&, const Hop&) = default;
    friend constexpr auto operator<=>(const Hop&, const Hop&) = default;
};

}  // namespace convene::mcs

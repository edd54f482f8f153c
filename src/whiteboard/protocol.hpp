/// How the whiteboard is known to GCC and MCS. T.126.
#pragma once

#include "gcc/key.hpp"
#include "mcs/ids.hpp"

namespace convene::whiteboard {

/// {itu-t recommendation t 126 version(0) 1}.
gcc::Key whiteboard_protocol_key();

// The static session.
inline constexpr mcs::ChannelId kWhiteboardChannel{8};    ///< SI-CHANNEL
inline constexpr mcs::TokenId kBitmapCreateToken{8};      ///< held while a bitmap is sent
inline constexpr mcs::TokenId kWorkspaceRefreshToken{9};  ///< held by whoever brings late joiners up to date

}  // namespace convene::whiteboard

/// Makes a whiteboard out of what the store remembers of it.
#pragma once

#include <string>

#include "base/expected.hpp"
#include "store/store.hpp"
#include "whiteboard/board.hpp"

namespace convene::server {

/// The whiteboard as the newest snapshot and the entries after it make it. The error is a sentence.
/// What cannot be read is left out, and counted in `unreadable` where that is given.
Expected<whiteboard::Board, std::string> replay_board(store::Store& store, store::ConferenceId conference,
                                                      const whiteboard::BoardLimits& limits,
                                                      std::uint64_t* unreadable = nullptr);

/// The whiteboard of a conference out of the store of a server that does not run now; `data_folder` is what
/// server.data names. Nothing is changed. The error is a sentence.
Expected<whiteboard::Board, std::string> read_board(const std::string& data_folder, const std::string& name,
                                                    const whiteboard::BoardLimits& limits = {});

}  // namespace convene::server

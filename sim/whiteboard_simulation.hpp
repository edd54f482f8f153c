/// One simulated session of whiteboards, from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace convene::sim {

inline constexpr std::size_t kMaxBoards = 8;  ///< at one time

struct BoardSession {
    std::vector<std::string> violations;  ///< empty: all is well
    std::string trace;                    ///< what was done, one line for each action
    std::size_t nodes = 0;                ///< that there have been
    std::size_t losses = 0;               ///< of connections
    std::size_t copies = 0;               ///< that brought a newcomer up to date
    std::size_t operations = 0;           ///< made by users
    std::size_t objects = 0;              ///< on the board at the end
    std::size_t octets = 0;               ///< delivered
};

/// People draw, write, put pictures on pages, move, undo and turn pages, while nodes come, lose their connections, come
/// back and leave, the refresher among them. Uniform data has one order and reaches every node after a delay of its
/// own. Then everything comes to rest: all boards of those present are equal, what is seen is what is confirmed, and
/// exactly one of them is the refresher.
BoardSession simulate_boards(std::uint64_t seed);

}  // namespace convene::sim

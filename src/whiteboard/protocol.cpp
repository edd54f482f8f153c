#include "whiteboard/protocol.hpp"

namespace convene::whiteboard {

gcc::Key whiteboard_protocol_key() { return gcc::object_key({0, 0, 20, 126, 0, 1}); }

}  // namespace convene::whiteboard

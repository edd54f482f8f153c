#include "gcc/event_words.hpp"

namespace convene::gcc {

std::string_view word_for(Ended::Why why) {
    switch (why) {
        case Ended::Why::attach_failed:
            return "attach-failed";
        case Ended::Why::disconnected:
            return "disconnected";
        case Ended::Why::left:
            return "left";
        case Ended::Why::terminated:
            return "terminated";
        case Ended::Why::ejected:
            return "ejected";
        case Ended::Why::emptied:
            return "emptied";
    }
    return "unknown";
}

}  // namespace convene::gcc

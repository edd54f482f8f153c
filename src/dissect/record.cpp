#include "dissect/record.hpp"

namespace convene::dissect {

std::string_view name(Layer layer) {
    switch (layer) {
        case Layer::capture:
            return "capture";
        case Layer::stream:
            return "stream";
        case Layer::x224:
            return "X.224";
        case Layer::mcs_connect:
            return "MCS connect";
        case Layer::mcs:
            return "MCS";
        case Layer::map:
            return "MAP";
        case Layer::gcc_connect:
            return "GCC connect";
        case Layer::gcc:
            return "GCC";
        case Layer::chat:
            return "T.134 chat";
        case Layer::whiteboard:
            return "T.126 whiteboard";
        case Layer::files:
            return "T.127 files";
        case Layer::netmeeting_chat:
            return "NetMeeting chat";
        case Layer::application:
            return "application data";
        case Layer::value:
            return "value";
    }
    return "";
}

}  // namespace convene::dissect

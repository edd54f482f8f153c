// Uses one compiled function of the lowest room: enough to show that headers and archive are found and fit together.
#include "base/hex.hpp"

int main() { return convene::to_hex(convene::bytes({0x03, 0x00})) == "0300" ? 0 : 1; }

// instructions [WORKLOAD COUNT]: does the work and says nothing; without arguments, lists what there is.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/instructions/decoding.hpp"
#include "tests/instructions/relaying.hpp"

namespace {

using namespace convene::instructions;

struct Workload {
    std::string_view name;
    /// Deals with so many PDUs. What it prepares before does not depend on their number.
    void (*run)(std::size_t count);
};
constexpr Workload kWorkloads[] = {
    {"relay-64-octets", relay_small},
    {"relay-1024-octets", relay_large},
    {"relay-64-octets-alone", relay_alone},
    {"decode-data", decode_data},
    {"decode-join-request", decode_join_request},
    {"decode-stroke", decode_stroke},
};

}  // namespace

int main(int argc, char** argv) {
    for (const auto& workload : kWorkloads) {
        if (argc == 1) std::printf("%.*s\n", static_cast<int>(workload.name.size()), workload.name.data());
        if (argc == 3 && workload.name == argv[1]) {
            workload.run(std::strtoul(argv[2], nullptr, 10));
            return 0;
        }
    }
    return argc == 1 ? 0 : 2;
}

#include "bench/peers/driver.hpp"

namespace convene::bench::peers {

std::vector<std::unique_ptr<Driver>> all_drivers(const std::string& convene, const std::vector<std::string>& under,
                                                 const std::string& self) {
    std::vector<std::unique_ptr<Driver>> drivers;
    drivers.push_back(make_convene(convene, under));
    drivers.push_back(make_bare(self));
    drivers.push_back(make_uring(self));
    drivers.push_back(make_nats());
    drivers.push_back(make_mosquitto());
    drivers.push_back(make_redis());
    return drivers;
}

}  // namespace convene::bench::peers

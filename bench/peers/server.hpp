/// A started server: its driver, its process and the folder of its configuration.
#pragma once

#include <memory>
#include <string>

#include "bench/folder.hpp"
#include "bench/peers/driver.hpp"

namespace convene::bench::peers {

class Server {
public:
    /// Starts it and waits until it accepts connections; ends the program when it does not come up within 10 s.
    Server(Driver& driver, Launch launch);
    Server(const Server&) = delete;

    Driver& driver() const { return driver_; }
    Process& process() { return *process_; }

private:
    Driver& driver_;
    Folder folder_;  // goes after the process
    std::unique_ptr<Process> process_;
};

}  // namespace convene::bench::peers

/// A server under load: a process of its own, whose CPU time and memory are what it is measured by.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace convene::bench {

struct Command {
    std::vector<std::string> words;        ///< the program, found by PATH and in /usr/sbin, and its arguments
    std::vector<std::string> environment;  ///< NAME=VALUE, besides what there is
    bool one_core = false;                 ///< it may use the first core only
};

class Process {
public:
    /// Its output goes nowhere. It ends with this process, whatever happens.
    explicit Process(const Command& command);
    Process(const Process&) = delete;
    ~Process();

    bool running();
    pid_t id() const { return process_; }
    double cpu_seconds() const;           ///< user and system, of all its threads, exact to nanoseconds
    std::size_t resident_octets() const;  ///< now
    std::size_t peak_octets() const;      ///< the most that was resident

private:
    std::size_t status_octets(const std::string& key) const;

    pid_t process_ = -1;
};

/// User and system time of a process and all its threads, exact to nanoseconds.
double cpu_of(pid_t process);
/// Where the program is, or nothing when it is not installed. Looks in PATH and where Debian puts servers.
std::string find_program(const std::string& name);
std::size_t core_count();
/// Keeps this process on the last core, away from a server that has the first; or lets it use all of them.
void keep_to_last_core(bool keep);

}  // namespace convene::bench

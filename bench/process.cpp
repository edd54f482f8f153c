#include "bench/process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/check.hpp"

namespace convene::bench {
namespace {

constexpr int kStopTries = 500;  // of 20 ms, then it is killed

void use_cores(std::size_t from, std::size_t to) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    for (std::size_t core = from; core < to; ++core) CPU_SET(core, &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
}

[[noreturn]] void become(const Command& command, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    use_cores(0, command.one_core ? 1 : core_count());
    int null = ::open("/dev/null", O_RDWR);
    for (int descriptor : {0, 1, 2}) ::dup2(null, descriptor);
    std::vector<std::string> environment = command.environment;
    for (auto& setting : environment) ::putenv(setting.data());
    std::vector<std::string> words = command.words;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(find_program(words[0]).c_str(), arguments.data());
    ::_exit(127);
}

}  // namespace

Process::Process(const Command& command) {
    pid_t parent = ::getpid();
    process_ = ::fork();
    CONVENE_CHECK(process_ >= 0, "no process");
    if (process_ == 0) become(command, parent);
}

Process::~Process() {
    if (!running()) return;
    ::kill(process_, SIGTERM);
    for (int i = 0; i < kStopTries; ++i) {
        if (!running()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

bool Process::running() {
    if (process_ > 0 && ::waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
    return process_ > 0;
}

double Process::cpu_seconds() const { return cpu_of(process_); }

double cpu_of(pid_t process) {
    clockid_t clock{};
    timespec used{};
    CONVENE_CHECK(::clock_getcpuclockid(process, &clock) == 0 && ::clock_gettime(clock, &used) == 0,
                  "the CPU time of a server cannot be read");
    return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

std::size_t Process::status_octets(const std::string& key) const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string word; status >> word;) {
        std::size_t kibibytes = 0;
        if (word == key && status >> kibibytes) return kibibytes * 1024;
    }
    return 0;
}

std::size_t Process::resident_octets() const { return status_octets("VmRSS:"); }
std::size_t Process::peak_octets() const { return status_octets("VmHWM:"); }

std::string find_program(const std::string& name) {
    if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : "";
    const char* path = std::getenv("PATH");
    std::istringstream folders((path != nullptr ? std::string(path) : std::string()) + ":/usr/sbin:/usr/local/sbin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        std::string program = folder + "/" + name;
        if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program;
    }
    return {};
}

std::size_t core_count() { return static_cast<std::size_t>(::sysconf(_SC_NPROCESSORS_ONLN)); }

void keep_to_last_core(bool keep) {
    if (core_count() > 1) use_cores(keep ? core_count() - 1 : 0, core_count());
}

}  // namespace convene::bench

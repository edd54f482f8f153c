#include "cli/local_ports.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace convene::cli {
namespace {

namespace fs = std::filesystem;

/// A /proc of our own making.
class LocalPorts : public ::testing::Test {
protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("convene-proc-" + std::to_string(getpid()));
        fs::create_directories(root_ / "net");
        fs::create_directories(root_ / "77" / "fd");
        const std::string heading = "  sl  local_address rem_address st tx rx tr tm retr uid timeout inode\n";
        write("net/tcp", heading +
                             "0: 0100007F:05DF 00000000:0000 0A 0:0 0:0 0 0 0 4242 1 0\n"        // 1503, listening
                             "1: 0100007F:05DF 0200007F:9C40 01 0:0 0:0 0 0 0 4243 1 0\n"        // 1503, connected
                             "2: 00000000:06B8 00000000:0000 0A 0:0 0:0 0 65534 0 4244 1 0\n");  // 1720
        write("net/tcp6", heading + "0: 00000000000000000000000001000000:05DF 0:0 0A 0:0 0:0 0 0 0 4245 1 0\n");
        write("net/udp", heading + "0: 00000000:05DF 00000000:0000 07 0:0 0:0 0 0 0 4246 1 0\n");
        write("stat", "cpu 1 2 3\nbtime 1700000000\nprocesses 1\n");
        write("77/comm", "convene\n");
        write("77/stat", "77 (con) vene) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " +
                             std::to_string(5 * sysconf(_SC_CLK_TCK)) + " 0 0\n");
        fs::create_symlink("socket:[4242]", root_ / "77" / "fd" / "3");
        fs::create_symlink("socket:[4246]", root_ / "77" / "fd" / "4");
    }
    void TearDown() override { fs::remove_all(root_); }

    void write(const std::string& name, const std::string& text) { std::ofstream(root_ / name) << text; }

    fs::path root_;
};

TEST_F(LocalPorts, FindsListenersAndTheirPrograms) {
    const auto listeners = local_listeners(root_);
    ASSERT_EQ(listeners.size(), 4u);
    EXPECT_EQ(listeners[0].port->port, 1503);
    EXPECT_EQ(listeners[0].address, "127.0.0.1");
    EXPECT_EQ(listeners[0].program, "convene");
    EXPECT_EQ(listeners[0].process, 77);
    EXPECT_EQ(listeners[0].user_name, "root");
    ASSERT_TRUE(listeners[0].since);
    EXPECT_EQ(std::chrono::system_clock::to_time_t(*listeners[0].since), 1700000005);
    EXPECT_TRUE(listeners[0].expected());
    EXPECT_EQ(listeners[1].address, "::1");
    EXPECT_EQ(judge(listeners[1]), "cannot tell: only root and its owner see the program");
    EXPECT_TRUE(listeners[2].port->is_udp);
    EXPECT_EQ(judge(listeners[2]), "not expected: nothing uses this by default");
    EXPECT_EQ(listeners[3].port->port, 1720);
}

TEST_F(LocalPorts, AnotherProgramOn1503IsNotExpected) {
    write("77/comm", "xrdp\n");
    EXPECT_TRUE(judge(local_listeners(root_)[0]).starts_with("not expected: stop it"));
}

TEST_F(LocalPorts, SurvivesAMissingProc) { EXPECT_TRUE(local_listeners("/nonexistent").empty()); }

}  // namespace
}  // namespace convene::cli

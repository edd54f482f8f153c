#include "server/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstring>

namespace convene::server {
namespace {

TEST(ServiceManager, SendsDatagramsToTheSocket) {
    const std::string name = "@convene-test-" + std::to_string(::getpid());
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name.data() + 1, name.size() - 1);
    ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address),
                     static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())),
              0);
    const auto next = [&] {
        std::array<char, 256> text{};
        const ssize_t count = ::recv(fd, text.data(), text.size(), MSG_DONTWAIT);
        return count < 0 ? std::string("nothing") : std::string(text.data(), static_cast<std::size_t>(count));
    };
    const ServiceManager manager(name);
    manager.ready("3 conferences");
    EXPECT_EQ(next(), "READY=1\nSTATUS=3 conferences");
    manager.reloading();
    EXPECT_TRUE(next().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    manager.stopping("bye");
    EXPECT_EQ(next(), "STOPPING=1\nSTATUS=bye");
    manager.alive();
    EXPECT_EQ(next(), "WATCHDOG=1");
    EXPECT_EQ(next(), "nothing");
    ::close(fd);
}

TEST(ServiceManager, IsQuietWithoutASocket) {
    ServiceManager("").ready("x");
    ServiceManager("/nowhere/at/all").ready("x");
    SUCCEED();
}

TEST(ServiceManager, ReadsTheWatchdogInterval) {
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    ::unsetenv("WATCHDOG_PID");
    EXPECT_EQ(ServiceManager::watchdog_interval(), Milliseconds(15'000));
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_EQ(ServiceManager::watchdog_interval(), std::nullopt);
    ::unsetenv("WATCHDOG_PID");
    ::unsetenv("WATCHDOG_USEC");
    EXPECT_EQ(ServiceManager::watchdog_interval(), std::nullopt);
}

}  // namespace
}  // namespace convene::server

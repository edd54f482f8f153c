#include "io/capture.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/hex.hpp"

namespace convene::io {
namespace {

class Capture : public testing::Test {
protected:
    Capture() {
        std::string name = testing::TempDir() + "convene-capture-XXXXXX";
        directory_ = ::mkdtemp(name.data());
    }
    ~Capture() override { std::filesystem::remove_all(directory_); }

    std::string path() const { return directory_ + "/test.pcap"; }

    static std::string output_of(const std::string& command) {
        std::string out;
        FILE* pipe = ::popen(command.c_str(), "r");
        std::array<char, 4096> part;
        while (std::size_t count = std::fread(part.data(), 1, part.size(), pipe)) out.append(part.data(), count);
        ::pclose(pipe);
        return out;
    }

    std::string directory_;
};

Endpoint endpoint(const char* address, std::uint16_t port) { return {boost::asio::ip::make_address(address), port}; }

const Bytes kConnectRequest = hex("03 00 00 0B 06 E0 00 00 00 00 00");
const Bytes kConnectConfirm = hex("03 00 00 0B 06 D0 00 00 12 34 00");

TEST_F(Capture, NeverOverwritesAFile) {
    ASSERT_TRUE(CaptureFile::create(path()));
    const auto again = CaptureFile::create(path());
    ASSERT_FALSE(again);
    EXPECT_NE(again.error().find(path()), std::string::npos);
}

TEST_F(Capture, IsForItsOwnerAlone) {
    const mode_t before = ::umask(0);
    ASSERT_TRUE(CaptureFile::create(path()));
    ::umask(before);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(path()).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(Capture, StopsAtItsLimit) {
    const auto file = *CaptureFile::create(path(), 1000);
    CaptureStream stream(file, endpoint("127.0.0.1", 1503), endpoint("127.0.0.1", 40'000), true);
    for (int i = 0; i < 100; ++i) stream.received(Bytes(100));
    EXPECT_GT(file->packets_dropped(), 90u);
    EXPECT_LE(std::filesystem::file_size(path()), 1024u);
}

TEST_F(Capture, ThePacketsAreWellFormed) {
    for (const auto& [local, peer] : {std::pair{"192.0.2.1", "192.0.2.2"}, std::pair{"2001:db8::1", "2001:db8::2"}}) {
        std::filesystem::remove(path());
        {
            CaptureStream stream(*CaptureFile::create(path()), endpoint(local, 1503), endpoint(peer, 40'000), true);
            stream.received(kConnectRequest);
            stream.sent(kConnectConfirm);
            stream.received(Bytes(40'001));  // several segments, odd length
            stream.closed(true);
        }
        if (std::system("tshark --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "tshark is not installed";
        const auto lines = output_of(
            "tshark -r " + path() +
            " -d tcp.port==1503,tpkt -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE -T fields -e frame.protocols "
            "-e tcp.seq -e tcp.len -e tcp.checksum.status -e tcp.analysis.flags "
            "-e ip.checksum.status 2>/dev/null");
        std::istringstream in(lines);
        std::string line, expert;
        std::size_t count = 0;
        while (std::getline(in, line)) {
            ++count;
            std::istringstream fields(line);
            std::string protocols, sequence, length, checksum, flags, ip_checksum;
            std::getline(fields, protocols, '\t');
            std::getline(fields, sequence, '\t');
            std::getline(fields, length, '\t');
            std::getline(fields, checksum, '\t');
            std::getline(fields, flags, '\t');
            std::getline(fields, ip_checksum, '\t');
            EXPECT_EQ(checksum, "1") << line;
            EXPECT_TRUE(flags.empty()) << line;
            if (protocols.find("ipv6") == std::string::npos) {
                EXPECT_EQ(ip_checksum, "1") << line;
            }
            if (count == 4 || count == 5) {
                EXPECT_NE(protocols.find("cotp"), std::string::npos) << line;
            }
        }
        EXPECT_EQ(count, 3u + 2 + 3 + 3);
    }
}

}  // namespace
}  // namespace convene::io

// `convene probe` against servers of every kind, on loopback.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "mcs/connect_pdu.hpp"
#include "t123/tpdu.hpp"
#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

/// Answers each run of octets it receives with what a function makes of it.
class FakeServer {
public:
    struct Answer {
        Bytes octets;
        bool close = false;
    };
    /// The connection's number, from 1, and what came. Empty octets: it has just been opened.
    using Behaviour = std::function<Answer(int, ByteView)>;

    explicit FakeServer(Behaviour behaviour) : behaviour_(std::move(behaviour)) {
        fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(fd_, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(fd_, 8), 0);
        EXPECT_EQ(getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~FakeServer() {
        over_ = true;
        thread_.join();
        close(fd_);
    }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    /// Everything that came, one hexadecimal run after the other.
    std::vector<std::string> received() {
        const std::lock_guard lock(mutex_);
        return received_;
    }

private:
    void run() {
        std::vector<pollfd> fds{{fd_, POLLIN, 0}};
        std::vector<int> numbers{0};
        int next = 1;
        const auto act = [&](std::size_t i, ByteView octets) {
            const Answer answer = behaviour_(numbers[i], octets);
            if (!answer.octets.empty()) {
                EXPECT_GT(send(fds[i].fd, answer.octets.data(), answer.octets.size(), MSG_NOSIGNAL), 0);
            }
            if (answer.close) close(std::exchange(fds[i].fd, -1));
        };
        while (!over_) {
            if (poll(fds.data(), fds.size(), 20) <= 0) continue;
            for (std::size_t i = 1; i < fds.size(); ++i) {
                if (fds[i].fd < 0 || (fds[i].revents & (POLLIN | POLLHUP)) == 0) continue;
                std::array<std::byte, 65536> buffer{};
                const ssize_t count = recv(fds[i].fd, buffer.data(), buffer.size(), 0);
                if (count <= 0) {
                    close(std::exchange(fds[i].fd, -1));
                    continue;
                }
                const ByteView octets(buffer.data(), static_cast<std::size_t>(count));
                {
                    const std::lock_guard lock(mutex_);
                    received_.push_back(to_hex(octets));
                }
                act(i, octets);
            }
            if ((fds[0].revents & POLLIN) != 0) {
                const int fd = accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
                if (fd < 0) continue;
                fds.push_back({fd, POLLIN, 0});
                numbers.push_back(next++);
                act(fds.size() - 1, {});
            }
        }
        for (std::size_t i = 1; i < fds.size(); ++i)
            if (fds[i].fd >= 0) close(fds[i].fd);
    }

    Behaviour behaviour_;
    int fd_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> over_ = false;
    std::mutex mutex_;
    std::vector<std::string> received_;
    std::thread thread_;
};

struct Probed {
    int code = -1;
    nlohmann::json json;
};

Probed probe(const std::string& address) {
    CliProgram program({"probe", address, "--json", "--timeout", "400ms"});
    Probed out;
    out.code = program.exit_code().value_or(-1);
    out.json = nlohmann::json::parse(program.out(), nullptr, false);
    EXPECT_TRUE(out.json.is_object()) << program.out() << program.err();
    return out;
}

const Bytes kConfirm = hex("0300000b06d00000123400");
const Bytes kTlsAlert = hex("15030100020246");

/// What was announced is what was sent, and all of it.
void expect_honest(const Probed& probed, FakeServer& server) {
    std::vector<std::string> announced;
    for (const auto& sent : probed.json["sent"]) announced.push_back(sent["octets"]);
    EXPECT_EQ(announced, server.received());
}

TEST(CliProbe, FindsOurServer) {
    TestServer server{server::Settings{}};
    const Probed probed = probe(server.address());
    EXPECT_EQ(probed.code, 0) << probed.json;
    EXPECT_EQ(probed.json["verdict"], "t120");
    EXPECT_EQ(probed.json["nodeType"], "MCU");
    EXPECT_EQ(probed.json["conferences"][0]["name"], "lobby");
    EXPECT_EQ(probed.json["domainParameters"]["protocolVersion"].get<int>() >= 2, true);
    EXPECT_EQ(probed.json["sent"].size(), 2u);
}

TEST(CliProbe, PrintsWhatItSendsAndAdvises) {
    TestServer server{server::Settings{}};
    CliProgram program({"probe", server.address()});
    EXPECT_EQ(program.exit_code(), 0);
    EXPECT_NE(program.out().find("sends X.224 connection request (connection 1, 11 octets): 0300000b06e0"),
              std::string::npos)
        << program.out();
    EXPECT_NE(program.out().find("conference: lobby"), std::string::npos) << program.out();
    EXPECT_NE(program.out().find("convene join"), std::string::npos) << program.out();
}

TEST(CliProbe, RecognisesRemoteDesktopByItsNegotiation) {
    FakeServer server([](int, ByteView octets) -> FakeServer::Answer {
        if (octets.empty()) return {};
        const bool negotiates = octets.size() == 19;
        if (negotiates) return {hex("03000013 0ed00000123400 0200080001000000"), false};
        if (octets.size() == 11) return {kConfirm, false};
        return {{}, true};  // a Connect-Initial without what it wants
    });
    const Probed probed = probe(server.address());
    EXPECT_EQ(probed.code, 7);
    EXPECT_EQ(probed.json["verdict"], "remote-desktop") << probed.json;
    EXPECT_EQ(probed.json["remoteDesktop"], "TLS");
    expect_honest(probed, server);
}

TEST(CliProbe, RecognisesRemoteDesktopByItsAnswer) {
    gcc::ConferenceCreateResponse create;
    create.node_id = gcc::UserId{31219};
    create.user_data = gcc::UserData{{gcc::h221_key(to_bytes("McDn")), hex("010203")}};
    mcs::ConnectResponse response;
    response.user_data = *gcc::encode_connect_data(create);
    const Bytes tsdu = *mcs::encode(response);
    FakeServer server([&](int, ByteView octets) -> FakeServer::Answer {
        if (octets.empty()) return {};
        if (octets.size() == 11) return {kConfirm, false};
        return {t123::serialise(t123::DataTpdu{true, 0, tsdu}), false};
    });
    const Probed probed = probe(server.address());
    EXPECT_EQ(probed.json["verdict"], "remote-desktop") << probed.json;
    EXPECT_EQ(probed.json["sent"].size(), 2u);
}

TEST(CliProbe, RecognisesTls) {
    FakeServer alert([](int, ByteView octets) -> FakeServer::Answer {
        return octets.empty() ? FakeServer::Answer{} : FakeServer::Answer{kTlsAlert, true};
    });
    Probed probed = probe(alert.address());
    EXPECT_EQ(probed.code, 7);
    EXPECT_EQ(probed.json["verdict"], "tls") << probed.json;
    EXPECT_EQ(probed.json["sent"].size(), 1u);
    expect_honest(probed, alert);

    // One that waits for a client that speaks TLS.
    FakeServer patient([](int, ByteView octets) -> FakeServer::Answer {
        if (!octets.empty() && octets[0] == std::byte{0x16}) return {hex("160303004a020000"), false};
        return {};
    });
    probed = probe(patient.address());
    EXPECT_EQ(probed.json["verdict"], "tls") << probed.json;
    EXPECT_EQ(probed.json["sent"].size(), 3u);
    expect_honest(probed, patient);
}

TEST(CliProbe, RecognisesHttpAndBanners) {
    FakeServer http([](int, ByteView octets) -> FakeServer::Answer {
        if (octets.empty()) return {};
        return {to_bytes("HTTP/1.1 400 Bad Request\r\n\r\n"), true};
    });
    Probed probed = probe(http.address());
    EXPECT_EQ(probed.code, 7);
    EXPECT_EQ(probed.json["verdict"], "http") << probed.json;

    FakeServer ssh([](int, ByteView) -> FakeServer::Answer { return {to_bytes("SSH-2.0-Test\r\n"), false}; });
    probed = probe(ssh.address());
    EXPECT_EQ(probed.json["verdict"], "other") << probed.json;
    EXPECT_EQ(probed.json["firstOctets"].get<std::string>().substr(0, 8), to_hex(to_bytes("SSH-")));
}

TEST(CliProbe, TellsSilenceFromClosing) {
    FakeServer silent([](int, ByteView) -> FakeServer::Answer { return {}; });
    Probed probed = probe(silent.address());
    EXPECT_EQ(probed.code, 5);
    EXPECT_EQ(probed.json["verdict"], "silent") << probed.json;
    expect_honest(probed, silent);

    FakeServer closing([](int, ByteView) -> FakeServer::Answer { return {{}, true}; });
    probed = probe(closing.address());
    EXPECT_EQ(probed.code, 5);
    EXPECT_EQ(probed.json["verdict"], "hung-up") << probed.json;

    probed = probe("127.0.0.1:" + std::to_string(free_port()));
    EXPECT_EQ(probed.code, 5);
    EXPECT_EQ(probed.json["verdict"], "closed") << probed.json;
    EXPECT_TRUE(probed.json["sent"].empty());
}

TEST(CliProbe, TellsRefusalFromViolation) {
    FakeServer refusing([](int, ByteView octets) -> FakeServer::Answer {
        return octets.empty() ? FakeServer::Answer{} : FakeServer::Answer{hex("0300000b06800001000001"), true};
    });
    Probed probed = probe(refusing.address());
    EXPECT_EQ(probed.code, 4);
    EXPECT_EQ(probed.json["verdict"], "x224-refused") << probed.json;

    FakeServer broken([](int, ByteView octets) -> FakeServer::Answer {
        if (octets.empty()) return {};
        return {octets.size() == 11 ? kConfirm : hex("0300000902f080ffff"), false};
    });
    probed = probe(broken.address());
    EXPECT_EQ(probed.code, 6);
    EXPECT_EQ(probed.json["verdict"], "broken") << probed.json;
}

TEST(CliProbe, ListsThisMachine) {
    FakeServer unrelated([](int, ByteView) -> FakeServer::Answer { return {}; });
    CliProgram program({"probe", "--local", "--json"});
    EXPECT_EQ(program.exit_code(), 0) << program.err();
    EXPECT_TRUE(unrelated.received().empty());
}

}  // namespace
}  // namespace convene::integration

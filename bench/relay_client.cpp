#include "bench/relay_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <utility>

#include "base/check.hpp"
#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/parameters.hpp"
#include "t123/data_writer.hpp"

namespace convene::bench {
namespace {

void read_all(int socket, std::byte* into, std::size_t size) {
    while (size > 0) {
        auto count = ::recv(socket, into, size, 0);
        CONVENE_CHECK(count > 0, "the server has closed the connection");
        into += count;
        size -= static_cast<std::size_t>(count);
    }
}

}  // namespace

double cpu_of(int process) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    const char* at = text.c_str() + text.rfind(')') + 1;
    unsigned long user = 0, system = 0;
    std::sscanf(at, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string program_under_test() {
    const char* given = std::getenv("CONVENE_PROGRAM");
    std::string program = given != nullptr ? given : "build/release/convene";
    if (::access(program.c_str(), X_OK) == 0) return program;
    std::fprintf(stderr, "%s is not there; run `make build` first or set CONVENE_PROGRAM\n", program.c_str());
    return {};
}

namespace {

/// A port that was free a moment ago; nobody else takes it on a machine that measures.
std::uint16_t free_port() {
    int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CONVENE_CHECK(::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                      ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0,
                  "no free port");
    ::close(probe);
    return ntohs(address.sin_port);
}

}  // namespace

ServerProcess::ServerProcess(const std::string& program, const std::vector<std::string>& more)
    : port_(free_port()), web_port_(free_port()) {
    std::string listen = "127.0.0.1:" + std::to_string(port_);
    std::string web_listen = "127.0.0.1:" + std::to_string(web_port_);
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // also when the benchmark is killed
        int null = ::open("/dev/null", O_RDWR);
        ::dup2(null, 1);
        ::dup2(null, 2);
        ::setenv("CONVENE_LIMITS_CONNECTIONS_PER_ADDRESS", "100000", 1);
        ::setenv("CONVENE_LIMITS_USERS", "10000", 1);
        std::vector<std::string> words{"convene",      "serve",    "--listen",  listen,
                                       "--web-listen", web_listen, "--workers", "1"};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        ::execv(program.c_str(), arguments.data());
        ::_exit(127);
    }
    char wanted[32];  // it comes up after the other one
    std::snprintf(wanted, sizeof wanted, ":%04X 00000000:0000 0A", web_port_);
    for (int i = 0; i < 200; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        std::ifstream tcp("/proc/net/tcp");
        std::string text((std::istreambuf_iterator<char>(tcp)), {});
        if (text.find(wanted) != std::string::npos) return;
    }
    CONVENE_CHECK(false, "the server does not come up");
}

ServerProcess::~ServerProcess() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

double ServerProcess::cpu_seconds() const { return cpu_of(process_); }

std::size_t ServerProcess::resident_octets() const {
    std::ifstream statm("/proc/" + std::to_string(process_) + "/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

int connect_to(std::uint16_t port) {
    int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    CONVENE_CHECK(socket >= 0, "no socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CONVENE_CHECK(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "nobody listens");
    int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void write_all(int socket, ByteView octets) {
    while (!octets.empty()) {
        auto count = ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL);
        CONVENE_CHECK(count > 0, "the server has closed the connection");
        octets = octets.subspan(static_cast<std::size_t>(count));
    }
}

RelayClient::RelayClient(std::uint16_t port, const std::string& number) : socket_(connect_to(port)) {
    write_all(socket_, hex("0300000b06e00000000100"));
    Bytes confirm(4);
    read_all(socket_, confirm.data(), 4);
    confirm.resize(std::to_integer<std::size_t>(confirm[2]) << 8 | std::to_integer<std::size_t>(confirm[3]));
    read_all(socket_, confirm.data() + 4, confirm.size() - 4);

    gcc::ConferenceJoinRequest request;
    if (!number.empty()) request.conference_name = number;
    mcs::ConnectInitial initial;
    auto offer = mcs::default_offer(mcs::without_version_3(mcs::default_parameter_range()));
    initial.upward_flag = true;
    initial.target_parameters = offer.target;
    initial.minimum_parameters = offer.minimum;
    initial.maximum_parameters = offer.maximum;
    initial.user_data = *gcc::encode_connect_data(request);
    write_tsdu(*mcs::encode(mcs::ConnectPdu{initial}));
    auto response = mcs::decode_connect_pdu(read_tsdu());
    auto* accepted = response ? std::get_if<mcs::ConnectResponse>(&*response) : nullptr;
    CONVENE_CHECK(accepted != nullptr && accepted->result == mcs::Result::successful, "the server refuses the join");
    auto answer = gcc::decode_connect_data(accepted->user_data);
    auto& joined = std::get<gcc::ConferenceJoinResponse>(*answer);
    parent_ = joined.node_id.value_or(joined.top_node_id);
    tag_ = joined.tag;

    write_tsdu(*mcs::encode_domain_pdu(mcs::ErectDomainRequest{}));
    write_tsdu(*mcs::encode_domain_pdu(mcs::AttachUserRequest{}));
    while (user_.value == 0) {
        auto pdu = mcs::decode_domain_pdu(Slice(read_tsdu()));
        if (auto* confirmed = pdu ? std::get_if<mcs::AttachUserConfirm>(&*pdu) : nullptr)
            user_ = confirmed->initiator.value();
    }
    join(kChannel);
}

void RelayClient::join(mcs::ChannelId channel) {
    write_tsdu(*mcs::encode_domain_pdu(mcs::ChannelJoinRequest{user_, channel}));
    while (true) {
        auto pdu = mcs::decode_domain_pdu(Slice(read_tsdu()));
        if (pdu && std::holds_alternative<mcs::ChannelJoinConfirm>(*pdu)) break;
    }
}

void RelayClient::present(const std::string& name) {
    join(mcs::channel_of(user_));
    join(gcc::kBroadcastChannel);
    auto send = [&](gcc::IndicationPdu pdu) {
        auto octets = gcc::encode_gcc_pdu(gcc::GccPdu{std::move(pdu)});
        write_tsdu(*mcs::encode_domain_pdu(mcs::SendDataRequest{
            user_, mcs::channel_of(parent_), mcs::DataPriority::high, {true, true}, Slice(*octets)}));
    };
    send(gcc::UserIdIndication{tag_});
    gcc::NodeRecord record;
    record.superior_node = parent_;
    record.node_name = gcc::to_bmp(name);
    gcc::RosterUpdateIndication update;
    update.full_refresh = true;
    update.node_information.node_record_list = std::vector{gcc::NodeRefresh{user_, std::move(record)}};
    update.node_information.nodes_added = true;
    send(std::move(update));
}

RelayClient::RelayClient(RelayClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), user_(other.user_), parent_(other.parent_), tag_(other.tag_) {}

RelayClient::~RelayClient() {
    if (socket_ >= 0) ::close(socket_);
}

Bytes RelayClient::frame(std::size_t size) const {
    mcs::SendDataRequest request{
        user_, kChannel, mcs::DataPriority::high, {true, true}, Slice(Bytes(size, std::byte{0x5A}))};
    auto tsdu = t123::make_framed(*mcs::encode_domain_pdu(request));
    return to_bytes(tsdu.payload.widened_front(t123::kDataHeaderSize).view());
}

void RelayClient::write_tsdu(ByteView tsdu) {
    auto framed = t123::make_framed(tsdu);
    write_all(socket_, framed.payload.widened_front(t123::kDataHeaderSize));
}

Bytes RelayClient::read_tsdu() {
    Bytes header(t123::kDataHeaderSize);
    read_all(socket_, header.data(), header.size());
    std::size_t size = std::to_integer<std::size_t>(header[2]) << 8 | std::to_integer<std::size_t>(header[3]);
    Bytes payload(size - header.size());
    read_all(socket_, payload.data(), payload.size());
    return payload;
}

}  // namespace convene::bench

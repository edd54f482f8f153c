#include "bench/relay_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

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

RelayClient::RelayClient(std::uint16_t port) : socket_(connect_to(port)) {
    write_all(socket_, hex("0300000b06e00000000100"));
    Bytes confirm(4);
    read_all(socket_, confirm.data(), 4);
    confirm.resize(std::to_integer<std::size_t>(confirm[2]) << 8 | std::to_integer<std::size_t>(confirm[3]));
    read_all(socket_, confirm.data() + 4, confirm.size() - 4);

    gcc::ConferenceJoinRequest join;
    mcs::ConnectInitial initial;
    auto offer = mcs::default_offer();
    initial.upward_flag = true;
    initial.target_parameters = offer.target;
    initial.minimum_parameters = offer.minimum;
    initial.maximum_parameters = offer.maximum;
    initial.user_data = *gcc::encode_connect_data(join);
    write_tsdu(*mcs::encode(mcs::ConnectPdu{initial}));
    auto response = mcs::decode_connect_pdu(read_tsdu());
    auto* accepted = response ? std::get_if<mcs::ConnectResponse>(&*response) : nullptr;
    CONVENE_CHECK(accepted != nullptr && accepted->result == mcs::Result::successful, "the server refuses the join");

    write_tsdu(*mcs::encode_domain_pdu(mcs::ErectDomainRequest{}));
    write_tsdu(*mcs::encode_domain_pdu(mcs::AttachUserRequest{}));
    while (user_.value == 0) {
        auto pdu = mcs::decode_domain_pdu(Slice(read_tsdu()));
        if (auto* confirmed = pdu ? std::get_if<mcs::AttachUserConfirm>(&*pdu) : nullptr)
            user_ = confirmed->initiator.value();
    }
    write_tsdu(*mcs::encode_domain_pdu(mcs::ChannelJoinRequest{user_, kChannel}));
    while (true) {
        auto pdu = mcs::decode_domain_pdu(Slice(read_tsdu()));
        if (pdu && std::holds_alternative<mcs::ChannelJoinConfirm>(*pdu)) break;
    }
}

RelayClient::RelayClient(RelayClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), user_(other.user_) {}

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

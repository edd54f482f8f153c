#include "tests/integration/raw_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "gcc/codec.hpp"
#include "mcs/parameters.hpp"
#include "t123/data_writer.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {

RawPeer::RawPeer(std::uint16_t port) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) ended_ = true;
}

RawPeer::~RawPeer() {
    if (fd_ >= 0) ::close(fd_);
}

void RawPeer::send(ByteView octets) {
    while (!octets.empty()) {
        const ssize_t count = ::send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (count <= 0) return;  // the server has closed, which is_closed() tells
        octets = octets.subspan(static_cast<std::size_t>(count));
    }
}

void RawPeer::send_tsdu(ByteView tsdu) { send(t123::write_frames(tsdu, t123::kMaxTpdu).view()); }

void RawPeer::send(const mcs::DomainPdu& pdu) { send_tsdu(*mcs::encode_domain_pdu(pdu)); }

std::optional<Bytes> RawPeer::frame(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience * slowness();
    while (true) {
        Slice frame;
        const auto status = reader_.next(frame);
        if (status == t123::FrameReader::Status::frame) return to_bytes(frame);
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (status == t123::FrameReader::Status::error || ended_ || left.count() <= 0) return std::nullopt;
        pollfd readable{fd_, POLLIN, 0};
        if (::poll(&readable, 1, static_cast<int>(left.count())) <= 0) continue;
        std::array<std::byte, 65536> buffer;
        const ssize_t count = ::recv(fd_, buffer.data(), buffer.size(), 0);
        if (count <= 0) {
            ended_ = true;
            ::shutdown(fd_, SHUT_RDWR);  // as a peer does that has understood
        } else {
            reader_.push(Slice(ByteView(buffer.data(), static_cast<std::size_t>(count))));
        }
    }
}

std::optional<Bytes> RawPeer::tsdu() {
    const auto whole = frame();
    if (!whole) return std::nullopt;
    const auto tpdu = t123::parse_tpdu(*whole);
    const auto* data = tpdu ? std::get_if<t123::DataTpdu>(&*tpdu) : nullptr;
    if (data == nullptr || !data->end_of_tsdu) return std::nullopt;
    return to_bytes(data->payload);
}

bool RawPeer::is_closed(std::chrono::milliseconds patience) { return !frame(patience) && ended_; }

bool RawPeer::connect() {
    send(t123::serialise(t123::ConnectionRequest{}));
    const auto answer = frame();
    if (!answer) return false;
    const auto tpdu = t123::parse_tpdu(*answer);
    return tpdu && std::holds_alternative<t123::ConnectionConfirm>(*tpdu);
}

std::optional<mcs::ConnectResponse> RawPeer::call(const mcs::ConnectInitial& initial) {
    send_tsdu(*mcs::encode(mcs::ConnectPdu{initial}));
    const auto octets = tsdu();
    if (!octets) return std::nullopt;
    auto pdu = mcs::decode_connect_pdu(*octets);
    if (!pdu || !std::holds_alternative<mcs::ConnectResponse>(*pdu)) return std::nullopt;
    return std::get<mcs::ConnectResponse>(std::move(*pdu));
}

std::optional<mcs::UserId> RawPeer::attach() {
    if (!connect()) return std::nullopt;
    const auto response = call(initial_with(join_request(u"lobby")));
    if (!response || response->result != mcs::Result::successful) return std::nullopt;
    send(mcs::DomainPdu{mcs::ErectDomainRequest{}});
    send(mcs::DomainPdu{mcs::AttachUserRequest{}});
    const auto confirm = expect<mcs::AttachUserConfirm>();
    return confirm ? confirm->initiator : std::nullopt;
}

mcs::ConnectInitial initial_with(const gcc::ConnectGccPdu& request) {
    const auto offer = mcs::default_offer();
    mcs::ConnectInitial initial;
    initial.upward_flag = true;
    initial.target_parameters = offer.target;
    initial.minimum_parameters = offer.minimum;
    initial.maximum_parameters = offer.maximum;
    // Version 3 would want its extended parameters first; version 2 is what most of the field speaks.
    initial.target_parameters.protocol_version = 2;
    initial.maximum_parameters.protocol_version = 2;
    initial.user_data = *gcc::encode_connect_data(request);
    return initial;
}

gcc::ConferenceJoinRequest join_request(std::u16string conference) {
    gcc::ConferenceJoinRequest request;
    request.conference_name = gcc::SimpleText{std::move(conference)};
    return request;
}

}  // namespace convene::integration

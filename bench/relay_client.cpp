#include "bench/relay_client.hpp"

#include <unistd.h>

#include <utility>

#include "base/check.hpp"
#include "base/hex.hpp"
#include "bench/loopback.hpp"
#include "gcc/codec.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/parameters.hpp"
#include "t123/data_writer.hpp"

namespace convene::bench {
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

void RelayClient::leave() { write_tsdu(*mcs::encode_domain_pdu(mcs::ChannelLeaveRequest{{kChannel}})); }

Bytes RelayClient::frame(std::size_t size, bool uniform) const {
    const Slice data(Bytes(size, std::byte{0x5A}));
    mcs::DomainPdu request = mcs::SendDataRequest{user_, kChannel, mcs::DataPriority::high, {true, true}, data};
    if (uniform) request = mcs::UniformSendDataRequest{user_, kChannel, mcs::DataPriority::high, {true, true}, data};
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

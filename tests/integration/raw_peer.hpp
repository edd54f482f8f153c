/// Somebody with a plain socket, who may send anything.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/slice.hpp"
#include "gcc/connect_pdu.hpp"
#include "mcs/connect_pdu.hpp"
#include "mcs/domain_pdu.hpp"
#include "t123/frame_reader.hpp"
#include "t123/tpdu.hpp"

namespace convene::integration {

/// Blocking, with patience that is bounded. One thread.
class RawPeer {
public:
    explicit RawPeer(std::uint16_t port);
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;
    ~RawPeer();

    void send(ByteView octets);
    void send(std::string_view text) { send(as_bytes(text)); }
    /// One TSDU in as many DTs as it needs.
    void send_tsdu(ByteView tsdu);
    void send(const mcs::DomainPdu& pdu);

    /// The next frame; nothing when the server closes first, or says nothing for `patience`.
    std::optional<Bytes> frame(std::chrono::milliseconds patience = std::chrono::seconds(5));
    /// The payload of the next DT, which must be a whole TSDU.
    std::optional<Bytes> tsdu();
    /// True when the server has closed and sent nothing more; waits for at most `patience`.
    bool is_closed(std::chrono::milliseconds patience = std::chrono::seconds(5));

    /// CR and CC.
    bool connect();
    /// After connect(): the MCS connection to the conference, with its answer.
    std::optional<mcs::ConnectResponse> call(const mcs::ConnectInitial& initial);
    /// All that up to a user id, as a participant of the lobby that never identifies itself.
    std::optional<mcs::UserId> attach();
    /// The next domain PDU that is a T; others are passed over.
    template <class T>
    std::optional<T> expect() {
        for (int i = 0; i < 100; ++i) {
            const auto octets = tsdu();
            if (!octets) return std::nullopt;
            auto pdu = mcs::decode_domain_pdu(Slice(ByteView(*octets)));
            if (!pdu) return std::nullopt;
            if (auto* found = std::get_if<T>(&*pdu)) return std::move(*found);
        }
        return std::nullopt;
    }

private:
    int fd_ = -1;
    bool ended_ = false;
    t123::FrameReader reader_;
};

/// A request for a connection that this project's server accepts.
mcs::ConnectInitial initial_with(const gcc::ConnectGccPdu& request);
gcc::ConferenceJoinRequest join_request(std::u16string conference);

}  // namespace convene::integration

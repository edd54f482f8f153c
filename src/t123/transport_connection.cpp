#include "t123/transport_connection.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "t123/data_writer.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

constexpr std::size_t kLengthAt = kTpktHeaderSize;
constexpr std::size_t kCodeAt = kTpktHeaderSize + 1;
constexpr std::size_t kFlags = kTpktHeaderSize + 2;
constexpr std::byte kDataLength{2};  // LI of the DT of class 0

/// Class 1 may always be answered by class 0, classes 2 to 4 when the CR says so. X.224 6.5.
bool allows_class_zero(const ConnectionRequest& request) {
    if (request.transport_class <= 1) return true;
    const Bytes& others = request.parameters.alternative_classes;
    return request.transport_class <= 4 &&
           std::any_of(others.begin(), others.end(), [](std::byte other) { return (other >> 4) == std::byte{0}; });
}

Disconnected ended(DisconnectCause cause, std::string_view text, std::string_view clause = {}) {
    return Disconnected{cause, {}, {}, text, clause};
}

Disconnected because(const ProtocolError& error) {
    const auto cause = error.code == ProtocolErrc::wrong_version  ? DisconnectCause::not_tpkt
                       : error.code == ProtocolErrc::unknown_type ? DisconnectCause::unexpected
                                                                  : DisconnectCause::malformed;
    return Disconnected{cause, {}, error.offset, error.text, error.clause};
}

Disconnected misplaced(std::string_view text) {
    return Disconnected{DisconnectCause::unexpected, {}, kCodeAt, text, "X.224 6.22"};
}

}  // namespace

TransportConnection::TransportConnection(Called role, Instant now, const TransportLimits& limits)
    : state_(State::wait_cr),
      ask_owner_(role.ask_owner),
      reference_(role.reference),
      limits_(limits),
      connect_deadline_(now + limits.request_time) {
    CONVENE_CHECK(reference_ != 0, "own references are not 0");
    reader_.set_max_frame(kMaxConnectFrame);
}

TransportConnection::TransportConnection(Caller role, Instant now, const TransportLimits& limits)
    : state_(State::wait_cc),
      reference_(role.request.source),
      limits_(limits),
      connect_deadline_(now + limits.confirm_time) {
    ConnectParameters& parameters = role.request.parameters;
    if (parameters.opaque.empty() && parameters.sizes == TpduSizes{}) parameters.sizes = offer_sizes(limits.max_tpdu);
    offered_ = parameters.sizes;
    reader_.set_max_frame(kMaxConnectFrame);
    transmit(serialise(role.request));
}

void TransportConnection::on_bytes(Slice octets, Instant now) {
    switch (state_) {
        case State::closed:
            return;
        case State::deciding:
            if (!octets.empty()) close(misplaced("octets before the answer to the connection request"));
            return;
        case State::wait_cr:
        case State::wait_cc:
        case State::open:
            break;
    }
    reader_.push(std::move(octets));
    read_frames(now);
}

void TransportConnection::read_frames(Instant now) {
    Slice frame;
    while (state_ != State::closed && state_ != State::deciding) {
        if (take_data_frames()) continue;
        const FrameReader::Status status = reader_.next(frame);
        if (status == FrameReader::Status::frame) {
            frame_deadline_ = kNever;
            on_frame(frame, now);
            continue;
        }
        if (status == FrameReader::Status::error) {
            close(because(reader_.error()));
        } else if (frame_deadline_ == kNever && reader_.mid_frame()) {
            frame_deadline_ = now + limits_.frame_time;
        }
        return;
    }
}

/// What is nearly all that comes on an open connection, without looking at each frame as if it could be anything.
bool TransportConnection::take_data_frames() {
    if (state_ != State::open || assembly_.active()) return false;
    Slice frames = reader_.take_data_frames(limits_.max_tsdu);
    if (frames.empty()) return false;
    frame_deadline_ = kNever;
    if (read_u16(frames.data() + 2) == frames.size()) {
        out_.push_back(Received{tsdu_in(frames)});
    } else {
        out_.push_back(ReceivedRun{std::move(frames)});
    }
    return true;
}

void TransportConnection::on_frame(const Slice& frame, Instant now) {
    switch (state_) {
        case State::wait_cr:
            return on_request(frame);
        case State::wait_cc:
            return on_confirm(frame);
        case State::open: {
            const std::byte* octets = frame.data();
            if (octets[kLengthAt] == kDataLength && octets[kCodeAt] == kDataCode) {
                return on_data(frame, kDataHeaderSize, (octets[kFlags] & kEndOfTsdu) != std::byte{0}, now);
            }
            return on_tpdu(frame, now);
        }
        case State::deciding:
        case State::closed:
            return;
    }
}

void TransportConnection::on_data(const Slice& frame, std::size_t header, bool end_of_tsdu, Instant now) {
    const std::size_t size = frame.size() - header;
    if (assembly_.size() + size > limits_.max_tsdu) {
        return close(ended(DisconnectCause::tsdu_too_long, "TSDU longer than is accepted in this phase"));
    }
    if (end_of_tsdu && !assembly_.active()) {
        if (size == 0) return;
        const bool framed =
            header == kDataHeaderSize && frame.data()[1] == std::byte{0} && frame.data()[kFlags] == kEndOfTsdu;
        out_.push_back(Received{Tsdu{frame.sub(header, size), framed}});
        return;
    }
    if (!assembly_.active()) tsdu_deadline_ = now + limits_.tsdu_time;
    assembly_.append(frame.view().subspan(header));
    if (!end_of_tsdu) return;
    tsdu_deadline_ = kNever;
    Tsdu tsdu = assembly_.finish();
    if (!tsdu.payload.empty()) out_.push_back(Received{std::move(tsdu)});
}

void TransportConnection::on_request(const Slice& frame) {
    auto tpdu = parse_tpdu(frame);
    if (!tpdu) {
        Disconnected end = because(tpdu.error());
        // When the header runs past the frame nothing in it can be trusted, not even whom to answer.
        if (is_connection_request(frame) && tpdu.error().code != ProtocolErrc::header_too_long) {
            end.code = static_cast<std::uint8_t>(DisconnectCode::invalid_header_length);
            transmit_refusal(source_reference_of(frame), DisconnectCode::invalid_header_length);
        }
        return close(end);
    }
    auto* request = std::get_if<ConnectionRequest>(&*tpdu);
    if (request == nullptr) return close(misplaced("TPDU before the connection request"));
    peer_reference_ = request->source;
    if (!allows_class_zero(*request)) {
        transmit_refusal(peer_reference_, DisconnectCode::negotiation_failed);
        return close(Disconnected{DisconnectCause::class_not_supported,
                                  static_cast<std::uint8_t>(DisconnectCode::negotiation_failed), kTpktHeaderSize + 6,
                                  "the connection request does not allow transport class 0", "X.224 6.5"});
    }
    offered_ = request->parameters.sizes;
    out_.push_back(Requested{std::make_unique<const ConnectionRequest>(std::move(*request))});
    state_ = State::deciding;
    frame_deadline_ = kNever;
    if (refusal_) return refuse(*refusal_);
    if (!ask_owner_) confirm();
}

void TransportConnection::on_confirm(const Slice& frame) {
    auto tpdu = parse_tpdu(frame);
    if (!tpdu) return close(because(tpdu.error()));
    if (auto* refused = std::get_if<DisconnectRequest>(&*tpdu)) {
        return close(Disconnected{DisconnectCause::refused_by_peer,
                                  static_cast<std::uint8_t>(refused->reason),
                                  {},
                                  name(refused->reason),
                                  "X.224 13.5"});
    }
    if (auto* rejected = std::get_if<ErrorTpdu>(&*tpdu)) {
        return close(Disconnected{DisconnectCause::refused_by_peer,
                                  static_cast<std::uint8_t>(rejected->cause),
                                  {},
                                  name(rejected->cause),
                                  "X.224 13.12"});
    }
    auto* answer = std::get_if<ConnectionConfirm>(&*tpdu);
    if (answer == nullptr) return close(misplaced("TPDU before the answer to the connection request"));
    if (answer->transport_class != 0) {
        return close(Disconnected{DisconnectCause::class_not_supported,
                                  {},
                                  kTpktHeaderSize + 6,
                                  "the answer chooses another transport class than 0",
                                  "X.224 6.5"});
    }
    peer_reference_ = answer->source;
    const std::size_t agreed = agreed_size(offered_, answer->parameters.sizes);
    open(std::min(agreed, std::clamp(limits_.max_tpdu, kMinTpdu, kMaxTpdu)));
    out_.push_back(Connected{max_tpdu_, std::make_unique<const ConnectionConfirm>(std::move(*answer))});
}

/// Everything but a plain DT on the open connection.
void TransportConnection::on_tpdu(const Slice& frame, Instant now) {
    auto tpdu = parse_tpdu(frame);
    if (!tpdu) {
        const bool unknown = tpdu.error().code == ProtocolErrc::unknown_type;
        return reject(frame, unknown ? RejectCause::invalid_tpdu_type : RejectCause::not_specified,
                      because(tpdu.error()));
    }
    if (auto* data = std::get_if<DataTpdu>(&*tpdu)) {
        return on_data(frame, frame.size() - data->payload.size(), data->end_of_tsdu, now);
    }
    if (auto* over = std::get_if<DisconnectRequest>(&*tpdu)) {
        return close(Disconnected{DisconnectCause::disconnected_by_peer,
                                  static_cast<std::uint8_t>(over->reason),
                                  {},
                                  name(over->reason),
                                  "X.224 13.5"});
    }
    if (auto* error = std::get_if<ErrorTpdu>(&*tpdu)) {
        return close(Disconnected{DisconnectCause::rejected_by_peer,
                                  static_cast<std::uint8_t>(error->cause),
                                  {},
                                  name(error->cause),
                                  "X.224 13.12"});
    }
    reject(frame, RejectCause::invalid_tpdu_type, misplaced("connection TPDU on an open connection"));
}

void TransportConnection::accept(Instant now) {
    if (state_ != State::deciding) return;
    confirm();
    read_frames(now);
}

void TransportConnection::confirm() {
    const SizeAnswer sizes = answer_sizes(offered_, limits_.max_tpdu);
    ConnectionConfirm answer;
    answer.destination = peer_reference_;
    answer.source = reference_;
    answer.parameters.sizes = sizes.answer;
    transmit(serialise(answer));
    open(sizes.agreed);
    out_.push_back(Connected{max_tpdu_, nullptr});
}

void TransportConnection::open(std::size_t max_tpdu) {
    state_ = State::open;
    max_tpdu_ = max_tpdu;
    connect_deadline_ = kNever;
    reader_.set_max_frame(kMaxFrame);
}

void TransportConnection::refuse(DisconnectCode reason) {
    if (state_ == State::wait_cr) refusal_ = reason;
    if (state_ != State::deciding) return;
    transmit_refusal(peer_reference_, reason);
    close(Disconnected{
        DisconnectCause::refused_by_owner, static_cast<std::uint8_t>(reason), {}, name(reason), "X.224 13.5"});
}

void TransportConnection::disconnect(DisconnectCode reason) {
    Disconnected end = ended(DisconnectCause::owner, "closed on this side");
    if (state_ == State::deciding) {
        transmit_refusal(peer_reference_, reason);
        end.code = static_cast<std::uint8_t>(reason);
    }
    close(end);
}

void TransportConnection::on_end_of_stream() {
    close(ended(DisconnectCause::stream_ended, reader_.mid_frame() || assembly_.active()
                                                   ? "TCP connection ended in the middle of a TSDU"
                                                   : "TCP connection ended"));
}

bool TransportConnection::send(const Tsdu& tsdu) {
    if (state_ != State::open) return false;
    if (tsdu.payload.empty()) return true;
    if (tsdu.framed && tsdu.payload.size() + kDataTpduHeader <= max_tpdu_) {
        out_.push_back(Send{tsdu.payload.widened_front(kDataHeaderSize)});
        return true;
    }
    std::vector<Slice> parts;
    write_frames(tsdu, max_tpdu_, parts);
    for (Slice& part : parts) out_.push_back(Send{std::move(part)});
    return true;
}

bool TransportConnection::send(ByteView payload) {
    if (state_ != State::open) return false;
    if (!payload.empty()) out_.push_back(Send{write_frames(payload, max_tpdu_)});
    return true;
}

void TransportConnection::resume_receiving(Instant now) {
    if (!std::exchange(paused_, false)) return;
    if (frame_deadline_ != kNever) frame_deadline_ = now + limits_.frame_time;
    if (tsdu_deadline_ != kNever) tsdu_deadline_ = now + limits_.tsdu_time;
}

std::optional<Instant> TransportConnection::deadline() const {
    Instant next = connect_deadline_;
    if (!paused_) next = std::min({next, frame_deadline_, tsdu_deadline_});
    if (next == kNever) return std::nullopt;
    return next;
}

void TransportConnection::on_time(Instant now) {
    if (connect_deadline_ <= now) {
        switch (state_) {
            case State::deciding:
                transmit_refusal(peer_reference_, DisconnectCode::congestion_at_tsap);
                return close(
                    ended(DisconnectCause::connect_timeout, "no decision about the connection request in time"));
            case State::wait_cr:
                return close(ended(DisconnectCause::connect_timeout, "no connection request in time"));
            case State::wait_cc:
                return close(ended(DisconnectCause::connect_timeout, "no answer to the connection request in time"));
            case State::open:
            case State::closed:
                break;
        }
    }
    if (paused_) return;
    if (frame_deadline_ <= now) {
        close(ended(DisconnectCause::frame_timeout, "frame not complete in time", "T.123 8"));
    } else if (tsdu_deadline_ <= now) {
        close(ended(DisconnectCause::tsdu_timeout, "TSDU not complete in time", "X.224 6.3"));
    }
}

void TransportConnection::transmit_refusal(std::uint16_t destination, DisconnectCode reason) {
    transmit(serialise(DisconnectRequest{destination, 0, reason, {}}));
}

/// Class 0 asks for the rejected header up to the wrong octet; X.224 13.12.
void TransportConnection::reject(const Slice& frame, RejectCause reason, const Disconnected& end) {
    const std::size_t last = end.offset.value_or(kCodeAt);
    const ByteView wrong = frame.view().subspan(kTpktHeaderSize, last + 1 - kTpktHeaderSize);
    transmit(serialise(ErrorTpdu{peer_reference_, reason, to_bytes(wrong)}));
    Disconnected told = end;
    told.code = static_cast<std::uint8_t>(reason);
    close(told);
}

void TransportConnection::close(const Disconnected& end) {
    if (state_ == State::closed) return;
    state_ = State::closed;
    connect_deadline_ = frame_deadline_ = tsdu_deadline_ = kNever;
    reader_.clear();
    assembly_.clear();
    out_.push_back(end);
}

}  // namespace convene::t123

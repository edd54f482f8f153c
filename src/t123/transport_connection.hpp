/// One transport connection over a TCP connection: X.224 class 0 in TPKT frames, either role. T.123 LAN profile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/slice.hpp"
#include "base/take_all.hpp"
#include "base/time.hpp"
#include "t123/frame_reader.hpp"
#include "t123/limits.hpp"
#include "t123/output.hpp"
#include "t123/tpdu.hpp"
#include "t123/tsdu.hpp"
#include "t123/tsdu_assembly.hpp"

namespace convene::t123 {

/// The role of the one that accepted the TCP connection.
struct Called {
    std::uint16_t reference = 1;  ///< own SRC-REF, not 0
    bool ask_owner = false;       ///< wait for accept() or refuse() after Requested, instead of accepting
};

/// The role of the one that made the TCP connection.
struct Caller {
    /// The CR to send. A TPDU size is offered in it when TransportLimits::max_tpdu is not the default,
    /// unless it has parameters for RDP (which allows no others) or offers a size already.
    ConnectionRequest request;
};

// The reactions, row by state and column by what the peer sends. "ER 2" is an ER with that cause, then the end.
// clang-format off
//   state    | waits for           | CR           | CC           | DT    | DR, ER | another | malformed
//   ---------+---------------------+--------------+--------------+-------+--------+---------+----------
//   wait_cr  | the caller's CR     | CC, open (1) | close        | close | close  | close   | DR (2)
//   deciding | the owner's word    | (3)          | (3)          | (3)   | (3)    | (3)     | (3)
//   wait_cc  | the responder's CC  | close        | open (4)     | close | close  | close   | close
//   open     | TSDUs               | ER 2         | ER 2         | TSDU  | close  | ER 2    | ER 0
//   closed   | nothing             | all input is ignored
// clang-format on
// (1) To deciding when the owner wants to be asked. DR 130 for a transport class that cannot become 0; DR with the
//     owner's reason when refuse() was called before.
// (2) For a CR whose end is known; otherwise the connection just closes.
// (3) A peer may not send before the answer: octets that came together with the CR wait for accept(), later ones close.
// (4) Closes when the CC chooses another class than 0.
// A TPKT header that cannot be right closes in every state without an answer. wait_cr, deciding and wait_cc have a
// deadline as a whole, open has one for a frame and one for a TSDU that has begun.

/// Hand in received octets, time and requests; after each input take the outputs and act on them in order.
/// Not thread-safe: one owner.
class TransportConnection {
public:
    TransportConnection(Called role, Instant now, const TransportLimits& limits = {});
    TransportConnection(Caller role, Instant now, const TransportLimits& limits = {});

    /// The next octets from the TCP connection, in order.
    void on_bytes(Slice octets, Instant now);
    /// Wanted at deadline(); harmless at other times.
    void on_time(Instant now);
    /// The TCP connection has ended, in whichever way.
    void on_end_of_stream();

    /// Sends a TSDU. A framed one that fits the agreed TPDU size goes out as it is, in one slice. An empty one is not
    /// sent. False, and nothing happens, when the connection is not open.
    bool send(const Tsdu& tsdu);
    /// The same for octets that are not shared; they are copied.
    bool send(ByteView payload);

    /// Called role, in state deciding; elsewhere nothing happens.
    void accept(Instant now);
    /// Called role: answers the CR, or the CR to come, with a DR. Without effect once the connection is open.
    void refuse(DisconnectCode reason);
    /// Ends the connection. Class 0 has no release TPDU: what was sent before is written, then TCP is closed.
    /// In state deciding the peer is told by a DR with `reason`.
    void disconnect(DisconnectCode reason = DisconnectCode::normal);

    /// Longest TSDU accepted from now on, in octets; the owner lowers it once the connect phase is over.
    void set_max_tsdu(std::size_t octets) { limits_.max_tsdu = octets; }
    /// The owner stops reading from TCP: the peer cannot finish what it has begun, so its deadlines stand still.
    void pause_receiving() { paused_ = true; }
    /// The owner reads again; the deadlines start anew.
    void resume_receiving(Instant now);

    bool is_open() const { return state_ == State::open; }
    bool is_closed() const { return state_ == State::closed; }
    /// Octets agreed for one TPDU we send; meaningful when open.
    std::size_t max_tpdu() const { return max_tpdu_; }
    /// When on_time() is wanted next.
    std::optional<Instant> deadline() const;

    bool has_outputs() const { return !out_.empty(); }
    /// Replaces the content of `into` by the outputs so far; its memory serves the next ones.
    void take_outputs(std::vector<Output>& into) { take_all(out_, into, kKeptOutputs); }

private:
    enum class State : std::uint8_t { wait_cr, deciding, wait_cc, open, closed };
    static constexpr Instant kNever = Instant::max();
    // Few, since every connection keeps them.
    static constexpr std::size_t kKeptOutputs = 8;

    void read_frames(Instant now);
    bool take_data_frames();
    void on_frame(const Slice& frame, Instant now);
    void on_data(const Slice& frame, std::size_t header, bool end_of_tsdu, Instant now);
    void on_request(const Slice& frame);
    void on_confirm(const Slice& frame);
    void on_tpdu(const Slice& frame, Instant now);
    void confirm();
    void open(std::size_t max_tpdu);
    void transmit(ByteView frame) { out_.push_back(Send{Slice{frame}}); }
    void transmit_refusal(std::uint16_t destination, DisconnectCode reason);
    void reject(const Slice& frame, RejectCause reason, const Disconnected& end);
    void close(const Disconnected& end);

    State state_;
    bool ask_owner_ = false;
    bool paused_ = false;
    std::optional<DisconnectCode> refusal_;  // of the CR to come
    std::uint16_t reference_;                // own
    std::uint16_t peer_reference_ = 0;
    TpduSizes offered_;  // by the caller, whoever that is
    std::size_t max_tpdu_ = kMaxTpdu;
    TransportLimits limits_;
    FrameReader reader_;
    TsduAssembly assembly_;
    Instant connect_deadline_ = kNever;
    Instant frame_deadline_ = kNever;
    Instant tsdu_deadline_ = kNever;
    std::vector<Output> out_;
};

}  // namespace convene::t123

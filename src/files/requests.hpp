/// Asking others for files, and being asked. T.127 procedures, File-Request; within the room only.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "files/receiver.hpp"
#include "files/sender.hpp"
#include "files/session.hpp"

namespace convene::files {

/// A file that this node wants.
struct WantedFile {
    std::string name;                   ///< UTF-8
    std::optional<std::uint64_t> size;  ///< when it is known
    std::optional<Partial> partial;     ///< what is here already: the rest is asked for
    std::optional<UserId> holder;       ///< who is asked; everybody, when absent
};

class Requests {
public:
    explicit Requests(Session& session) : session_(session) {}

    // --- this node asks ---

    Expected<TransferId, Refusal> request(WantedFile file, Instant now);
    /// False when there is no such request, or it is answered.
    bool cancel(TransferId transfer, Instant now);
    void on_active(Instant now) { ask_next(now); }
    void on_token(TokenId token, bool successful, Instant now);
    /// The request that this offer answers, which is over then.
    std::optional<Claim> claim(UserId from, const FileOffer& offer, Instant now);
    void on(UserId from, const FileDeny& pdu, Instant now);

    // --- this node is asked ---

    void on(UserId from, const FileRequest& pdu, Instant now);
    void on(UserId from, const HeldDigest& note);
    /// The request is over; empty when there is no such.
    std::optional<AnsweredRequest> take(RequestId request);
    bool deny(RequestId request, std::optional<DenyReason> reason);

    void on_gone(UserId user, Instant now);
    void on_disconnected();
    void on_time(Instant now);
    std::optional<Instant> deadline() const;

private:
    struct Asking {
        TransferId id;
        RequestHandle handle;
        WantedFile file;
        bool is_asked = false;
        bool grabs_token = false;
        bool holds_token = false;
        std::optional<Instant> retry;
        std::optional<Instant> deadline;
        std::optional<DenyReason> denied;
    };
    struct Asked {
        AnsweredRequest request;
        Instant deadline;
    };

    void ask_next(Instant now);
    void ask(Asking& asking, Instant now);
    /// Ends the request at the front.
    void end_front(Instant now);
    void fail_front(FailureReason reason, std::string detail, Instant now);

    Session& session_;
    std::deque<Asking> asking_;  ///< only the front is under way: one request at a time on a control channel
    std::map<RequestId, Asked> asked_;
    std::deque<std::pair<UserId, HeldDigest>> notes_;
    std::uint16_t last_handle_ = 0;
};

}  // namespace convene::files

#include "node/reception.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "base/take_all.hpp"
#include "gcc/codec.hpp"

namespace convene::node {

Reception::Reception(const ReceptionLimits& limits, Instant now)
    : transport_(t123::Called{}, now, limits.transport), first_tsdu_time_(limits.first_tsdu) {}

void Reception::on_bytes(Slice octets, Instant now) {
    now_ = now;
    transport_.on_bytes(std::move(octets), now);
    pump();
}

void Reception::on_end_of_stream() {
    transport_.on_end_of_stream();
    pump();
}

void Reception::on_time(Instant now) {
    now_ = now;
    transport_.on_time(now);
    pump();
    if (!closed_ && first_tsdu_deadline_ && *first_tsdu_deadline_ <= now) {
        first_tsdu_deadline_.reset();
        purpose_ = Unacceptable{"no connect PDU came in time", "T.125 §11.1"};
        close("no connect PDU came in time");
    }
}

std::optional<Instant> Reception::deadline() const {
    if (closed_) return std::nullopt;
    auto deadline = transport_.deadline();
    if (first_tsdu_deadline_ && (!deadline || *first_tsdu_deadline_ < *deadline)) deadline = first_tsdu_deadline_;
    return deadline;
}

void Reception::pump() {
    transport_.take_outputs(taken_);
    for (auto& output : taken_) {
        std::visit(overloaded{[&](t123::Send& send) { out_.push_back(Write{std::move(send.octets)}); },
                              [&](t123::Received& received) { on_tsdu(std::move(received.tsdu)); },
                              [&](t123::ReceivedRun& run) {
                                  t123::for_each_tsdu(run.frames, [&](t123::Tsdu tsdu) { on_tsdu(std::move(tsdu)); });
                              },
                              [&](t123::Requested&) {},
                              [&](t123::Connected&) { first_tsdu_deadline_ = now_ + first_tsdu_time_; },
                              [&](t123::Disconnected& end) {
                                  if (std::exchange(closed_, true)) return;
                                  if (std::holds_alternative<Undecided>(purpose_))
                                      purpose_ = Unacceptable{t123::describe(end), end.clause};
                                  out_.push_back(Close{t123::describe(end)});
                              }},
                   output);
    }
    taken_.clear();
}

void Reception::on_tsdu(t123::Tsdu tsdu) {
    tsdus_.push_back(std::move(tsdu.payload));
    if (tsdus_.size() == 1) on_first_tsdu(tsdus_.front());
}

void Reception::on_first_tsdu(const Slice& tsdu) {
    first_tsdu_deadline_.reset();
    auto pdu = mcs::decode_connect_pdu(tsdu);
    if (!pdu) {
        purpose_ = Unacceptable{"not a connect PDU: " + pdu.error().message(), "T.125 §7 part 2"};
        close("not a connect PDU: " + pdu.error().message());
        return;
    }
    std::visit(overloaded{[&](mcs::ConnectInitial& initial) { on_connect_initial(std::move(initial)); },
                          [&](mcs::ConnectAdditional& additional) {
                              purpose_ = AdditionalTransport{additional.called_connect_id};
                          },
                          [&](auto&) {
                              purpose_ = Unacceptable{"an answer where a request was due", "T.125 §11.1"};
                              close("an answer where a request was due");
                          }},
               *pdu);
}

void Reception::on_connect_initial(mcs::ConnectInitial initial) {
    auto request = gcc::decode_connect_data(initial.user_data);
    if (request) {
        purpose_ = ConferenceCall{std::move(initial), std::move(*request)};
        return;
    }
    // Data of another kind than T.124's is a caller for somebody else; broken data is a failure (T.124 dossier §2,
    // §12).
    bool foreign = request.error().code == asn1::DecodeErrc::unsupported;
    auto result = foreign ? mcs::Result::user_rejected : mcs::Result::unspecified_failure;
    std::string why = "conference data not understood: " + request.error().message();
    purpose_ = Unacceptable{why, "T.124 §8"};
    answer(refusal(initial, result, std::nullopt), why);
}

void Reception::answer(ByteView tsdu, std::string why) {
    transport_.send(tsdu);
    close(std::move(why));
}

void Reception::close(std::string why) {
    transport_.disconnect();
    pump();
    if (std::exchange(closed_, true) && !out_.empty()) {
        if (auto* said = std::get_if<Close>(&out_.back())) said->why = std::move(why);
    }
}

void Reception::take_outputs(std::vector<Output>& into) { take_all(out_, into); }

Reception::Released Reception::release() && { return {std::move(transport_), std::move(tsdus_)}; }

Bytes refusal(const mcs::ConnectInitial& initial, mcs::Result result, const std::optional<gcc::ConnectGccPdu>& answer) {
    mcs::ConnectResponse response;
    response.result = result;
    response.domain_parameters = initial.target_parameters;
    if (answer) {
        auto user_data = gcc::encode_connect_data(*answer);
        CONVENE_CHECK(user_data.has_value(), "an answer of ours encodes");
        response.user_data = std::move(*user_data);
    }
    auto octets = mcs::encode(mcs::ConnectPdu{std::move(response)});
    CONVENE_CHECK(octets.has_value(), "a response of ours encodes");
    return std::move(*octets);
}

}  // namespace convene::node

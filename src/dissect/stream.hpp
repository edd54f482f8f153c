/// One direction of a TCP connection: TPKT frames, X.224, and what they carry.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "dissect/conversation.hpp"
#include "dissect/options.hpp"
#include "dissect/origin.hpp"
#include "dissect/record.hpp"
#include "dissect/tsdu.hpp"

namespace convene::dissect {

/// Push octets as they come, in runs of any size, and finish() at the end. It never gives up: octets that are no frame
/// are told of and passed over up to what looks like the next one. Memory is bounded by the largest frame, the largest
/// TSDU and kMaxWaitingSegments. `conversation` outlives it.
class StreamDissector {
public:
    StreamDissector(Conversation& conversation, const Options& options)
        : options_(options), tsdu_dissector_(conversation, options) {}

    void push(ByteView octets, Records& out);
    /// So many octets are missing here.
    void gap(std::uint64_t octets, Records& out);
    void finish(Records& out);

    std::uint64_t offset() const { return start_ + pending_.size(); }  ///< of the next octet to be pushed

private:
    bool take_frame(std::size_t& at, Records& out);
    bool skip_to_frame(std::size_t& at, bool all, Records& out);
    void report_skipped(Records& out);
    void on_frame(ByteView frame, std::uint64_t offset, Records& out);
    void on_data(ByteView payload, bool end, ByteView frame, std::uint64_t offset, Records& out);

    Options options_;
    TsduDissector tsdu_dissector_;
    Bytes pending_;            // octets of an unfinished frame
    std::uint64_t start_ = 0;  // offset of its first octet
    bool searching_ = false;   // for the next frame
    Bytes skipped_;            // the first octets that were passed over
    std::uint64_t skipped_start_ = 0;
    std::uint64_t skipped_octets_ = 0;
    std::string why_skipped_;
    Bytes tsdu_;  // parts so far
    Origin tsdu_origin_;
    std::uint64_t tsdu_offset_ = 0;
    std::size_t tsdu_parts_ = 0;
    std::size_t tsdu_frames_octets_ = 0;
    bool tsdu_dropped_ = false;
};

/// Whether `octets` (7 or more) look like the beginning of a TPKT frame with a TPDU of class 0.
bool looks_like_frame(ByteView octets);

}  // namespace convene::dissect

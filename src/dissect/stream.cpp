#include "dissect/stream.hpp"

#include <algorithm>

#include "dissect/tpdu.hpp"
#include "t123/tpdu.hpp"
#include "t123/tpkt.hpp"

namespace convene::dissect {
namespace {

unsigned octet(ByteView octets, std::size_t at) { return std::to_integer<unsigned>(octets[at]); }

/// Other protocols that come to this port, by how they begin.
std::string guess(ByteView octets) {
    if (octets.size() >= 3 && octet(octets, 0) >= 0x14 && octet(octets, 0) <= 0x17 && octet(octets, 1) == 3)
        return "TLS, which cannot be read";
    const std::string_view text = as_text(octets.first(std::min<std::size_t>(octets.size(), 8)));
    for (std::string_view begin : {"GET ", "POST ", "HEAD ", "PUT ", "OPTIONS ", "HTTP/"})
        if (text.starts_with(begin)) return "HTTP";
    return {};
}

}  // namespace

bool looks_like_frame(ByteView octets) {
    if (octets.size() < t123::kMinFrame || octets[0] != t123::kTpktVersion) return false;
    const std::size_t length = t123::read_u16(octets.data() + 2);
    const unsigned header = octet(octets, 4);
    if (length < t123::kMinFrame || header + 1 > length - t123::kTpktHeaderSize) return false;
    switch (octet(octets, 5) & 0xF0U) {
        case 0xF0:
            return header == 2 && octet(octets, 5) == 0xF0 && (octet(octets, 6) & 0x7FU) == 0;
        case 0xE0:
        case 0xD0:
            return header >= 6 && header + 5 == length;
        case 0x80:
            return header >= 6;
        case 0x70:
            return header >= 4;
        default:
            return false;
    }
}

void StreamDissector::push(ByteView octets, Records& out) {
    append(pending_, octets);
    std::size_t at = 0;
    while (searching_ ? skip_to_frame(at, false, out) : take_frame(at, out)) {
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at));
    start_ += at;
}

/// True when something was taken off and there may be more.
bool StreamDissector::take_frame(std::size_t& at, Records& out) {
    const ByteView rest = ByteView(pending_).subspan(at);
    if (rest.empty()) return false;
    if (rest[0] != t123::kTpktVersion) {
        // Wait for enough to tell what it is.
        if (rest.size() < 8 && start_ + at == 0) return false;
        searching_ = true;
        why_skipped_ = "no TPKT header";
        if (std::string other = guess(rest); !other.empty()) why_skipped_ += ": " + other;
        return true;
    }
    if (rest.size() < t123::kTpktHeaderSize) return false;
    const std::size_t length = t123::read_u16(rest.data() + 2);
    if (length < t123::kMinFrame) {
        searching_ = true;
        why_skipped_ = "TPKT length " + std::to_string(length) + " is below " + std::to_string(t123::kMinFrame);
        return true;
    }
    if (rest.size() < length) return false;
    on_frame(rest.first(length), start_ + at, out);
    at += length;
    return true;
}

/// Passes over octets until a frame may begin; `all`: no more octets will come.
bool StreamDissector::skip_to_frame(std::size_t& at, bool all, Records& out) {
    const ByteView rest = ByteView(pending_).subspan(at);
    std::size_t skip = skipped_octets_ == 0 && !rest.empty() ? 1 : 0;  // what was wrong stays wrong
    while (skip < rest.size() && !looks_like_frame(rest.subspan(skip))) {
        // The last few may be the beginning of a frame.
        if (!all && rest.size() - skip < t123::kMinFrame && rest[skip] == t123::kTpktVersion) break;
        ++skip;
    }
    if (skip > 0) {
        if (skipped_octets_ == 0) skipped_start_ = start_ + at;
        const std::size_t room = kMaxShown - std::min(kMaxShown, skipped_.size());
        append(skipped_, rest.first(std::min(skip, room)));
        skipped_octets_ += skip;
        at += skip;
    }
    if (skip == rest.size() || !looks_like_frame(rest.subspan(skip))) return false;
    report_skipped(out);
    searching_ = false;
    return true;
}

void StreamDissector::report_skipped(Records& out) {
    if (skipped_octets_ == 0) return;
    Record record;
    record.layer = Layer::stream;
    record.name = "octets that are no frame";
    record.offset = skipped_start_;
    record.octets = static_cast<std::size_t>(skipped_octets_);
    record.data = std::move(skipped_);
    record.data_offset = skipped_start_;
    record.problems.push_back({skipped_start_, why_skipped_, "T.123 §8"});
    out.push_back(std::move(record));
    skipped_.clear();
    skipped_octets_ = 0;
}

void StreamDissector::on_frame(ByteView frame, std::uint64_t offset, Records& out) {
    const Origin origin(offset);
    auto tpdu = t123::parse_tpdu(frame);
    if (!tpdu) {
        Record record;
        record.layer = Layer::x224;
        record.name = "not decoded";
        record.offset = offset;
        record.octets = frame.size();
        record.data = to_bytes(frame.first(std::min(frame.size(), kMaxShown)));
        record.data_offset = offset;
        record.problems.push_back(
            {offset + tpdu.error().offset, std::string(tpdu.error().text), std::string(tpdu.error().clause)});
        out.push_back(std::move(record));
        return;
    }
    if (const auto* data = std::get_if<t123::DataTpdu>(&*tpdu)) {
        const bool whole = tsdu_parts_ == 0 && data->end_of_tsdu && !data->payload.empty();
        if (!whole || options_.round_trip) {
            Record record = dissect_tpdu(*tpdu, frame, origin, options_.round_trip);
            if (!whole || !record.difference.empty()) out.push_back(std::move(record));
        }
        on_data(data->payload, data->end_of_tsdu, frame, offset, out);
        return;
    }
    if (std::holds_alternative<t123::ConnectionRequest>(*tpdu) ||
        std::holds_alternative<t123::ConnectionConfirm>(*tpdu))
        tsdu_dissector_.on_transport_connected();
    out.push_back(dissect_tpdu(*tpdu, frame, origin, options_.round_trip));
}

void StreamDissector::on_data(ByteView payload, bool end, ByteView frame, std::uint64_t offset, Records& out) {
    const std::uint64_t payload_offset = offset + (frame.size() - payload.size());
    if (tsdu_parts_ == 0) {
        tsdu_offset_ = offset;
        tsdu_origin_ = Origin(payload_offset);
        tsdu_frames_octets_ = 0;
        if (end) {  // the usual case: no copy
            if (!payload.empty()) tsdu_dissector_.on_tsdu(payload, tsdu_origin_, offset, frame.size(), out);
            return;
        }
    } else if (!payload.empty() && !tsdu_dropped_) {
        tsdu_origin_.continues(tsdu_.size(), payload_offset);
    }
    ++tsdu_parts_;
    tsdu_frames_octets_ += frame.size();
    if (tsdu_.size() + payload.size() > kMaxTsdu && !tsdu_dropped_) {
        tsdu_dropped_ = true;
        Record record;
        record.layer = Layer::x224;
        record.name = "TSDU given up";
        record.offset = tsdu_offset_;
        record.octets = tsdu_frames_octets_;
        record.problems.push_back({offset, "TSDU longer than " + std::to_string(kMaxTsdu) + " octets", "T.125 §9"});
        out.push_back(std::move(record));
    }
    if (!tsdu_dropped_) append(tsdu_, payload);
    if (!end) return;
    if (!tsdu_dropped_ && !tsdu_.empty())
        tsdu_dissector_.on_tsdu(tsdu_, tsdu_origin_, tsdu_offset_, tsdu_frames_octets_, out);
    tsdu_ = Bytes();
    tsdu_origin_ = Origin();
    tsdu_parts_ = 0;
    tsdu_dropped_ = false;
}

void StreamDissector::gap(std::uint64_t octets, Records& out) {
    if (!pending_.empty()) {
        searching_ = true;
        if (skipped_octets_ == 0) why_skipped_ = "part of a frame, cut off by a gap";
        std::size_t at = 0;
        while (searching_ ? skip_to_frame(at, true, out) : take_frame(at, out)) {
        }
        start_ += pending_.size();
        pending_.clear();
    }
    report_skipped(out);
    Record record;
    record.layer = Layer::stream;
    record.name = "gap";
    record.offset = start_;
    record.octets = static_cast<std::size_t>(octets);
    record.problems.push_back({start_, std::to_string(octets) + " octets are missing", ""});
    out.push_back(std::move(record));
    start_ += octets;
    // Most segments begin with a frame; where this one does not, searching() finds the next.
    searching_ = false;
    tsdu_.clear();
    tsdu_parts_ = 0;
    tsdu_dropped_ = false;
}

void StreamDissector::finish(Records& out) {
    if (!pending_.empty()) {
        if (!searching_) {
            searching_ = true;
            why_skipped_ = pending_[0] == t123::kTpktVersion ? "the stream ends within a frame" : "no TPKT header";
            if (std::string other = guess(pending_); pending_[0] != t123::kTpktVersion && !other.empty())
                why_skipped_ += ": " + other;
        }
        // Nothing can follow, so that all of it counts as passed over.
        if (skipped_octets_ == 0) skipped_start_ = start_;
        append(skipped_,
               ByteView(pending_).first(std::min(pending_.size(), kMaxShown - std::min(kMaxShown, skipped_.size()))));
        skipped_octets_ += pending_.size();
        start_ += pending_.size();
        pending_.clear();
    }
    report_skipped(out);
    if (tsdu_parts_ > 0) {
        Record record;
        record.layer = Layer::x224;
        record.name = "unfinished TSDU";
        record.offset = tsdu_offset_;
        record.octets = tsdu_frames_octets_;
        record.problems.push_back({tsdu_offset_, "the stream ends before the last DT of a TSDU", "X.224 13.7"});
        out.push_back(std::move(record));
    }
    tsdu_dissector_.finish(start_, out);
}

}  // namespace convene::dissect

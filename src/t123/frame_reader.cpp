#include "t123/frame_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "t123/blank_slice.hpp"

namespace convene::t123 {
namespace {

constexpr std::string_view kClause = "T.123 8";

}  // namespace

void FrameReader::push(Slice run) {
    if (failed_ || run.empty()) return;
    if (position_ == run_.size()) {
        run_ = std::move(run);
        position_ = 0;
    } else if (run_.is_followed_by(run)) {
        run_.extend_over(run);
    } else {
        gather();
        CONVENE_CHECK(position_ == run_.size(), "frames must be taken before more octets come");
        if (failed_) return;
        run_ = std::move(run);
        position_ = 0;
    }
}

FrameReader::Status FrameReader::next(Slice& frame) {
    if (failed_) return Status::error;
    if (gathered_ > 0) {
        bool whole = gather();
        if (failed_) return Status::error;
        if (!whole) return Status::need_more;
        frame = std::exchange(own_, Slice{});
        gathered_ = 0;
        return Status::frame;
    }
    const std::size_t available = run_.size() - position_;
    if (available == 0) return Status::need_more;
    const std::byte* header = run_.data() + position_;
    if (!check_header(header, available)) return Status::error;
    if (available < kTpktHeaderSize) return Status::need_more;
    const std::size_t length = read_u16(header + 2);
    if (available < length) return Status::need_more;
    if (available > length) {
        frame = run_.sub(position_, length);
        position_ += length;
        return Status::frame;
    }
    frame = position_ == 0 ? std::move(run_) : run_.sub(position_, length);
    run_ = Slice{};
    position_ = 0;
    return Status::frame;
}

Slice FrameReader::take_data_frames(std::size_t max_payload) {
    if (failed_ || gathered_ > 0) return {};
    const std::byte* const begin = run_.data() + position_;
    const std::size_t available = run_.size() - position_;
    std::size_t end = 0;
    while (available - end > kDataHeaderSize) {
        const std::byte* const frame = begin + end;
        const std::size_t length = read_u16(frame + 2);
        if (!is_plain_data(frame) || length <= kDataHeaderSize || length > available - end) break;
        if (length - kDataHeaderSize > max_payload) break;
        end += length;
    }
    if (end == 0) return {};
    Slice frames = end == run_.size() ? std::move(run_) : run_.sub(position_, end);
    position_ += end;
    if (end == available) {
        run_ = Slice{};
        position_ = 0;
    }
    return frames;
}

/// Judges as much of the header as is present, so that another protocol is known by its first octet.
bool FrameReader::check_header(const std::byte* header, std::size_t available) {
    if (header[0] != kTpktVersion) {
        error_ = {ProtocolErrc::wrong_version, 0, "not a TPKT: the version is not 3", kClause};
    } else if (available < kTpktHeaderSize) {
        return true;
    } else if (read_u16(header + 2) < kMinFrame) {
        error_ = {ProtocolErrc::bad_length, 2, "TPKT length below 7", kClause};
    } else if (read_u16(header + 2) > max_frame_) {
        error_ = {ProtocolErrc::bad_length, 2, "TPKT longer than is accepted in this state", kClause};
    } else {
        return true;
    }
    clear();
    failed_ = true;
    return false;
}

/// Moves octets of the run into the frame being put together; true when it is whole.
bool FrameReader::gather() {
    auto take = [this](std::byte* to, std::size_t wanted) {
        const std::size_t count = std::min(wanted, run_.size() - position_);
        std::copy_n(run_.data() + position_, count, to);
        position_ += count;
        gathered_ += count;
    };
    if (own_.empty()) {
        take(header_.data() + gathered_, kTpktHeaderSize - gathered_);
        if (!check_header(header_.data(), gathered_)) return false;
        if (gathered_ == kTpktHeaderSize) {
            own_ = blank_slice(read_u16(header_.data() + 2));
            std::copy(header_.begin(), header_.end(), own_.mutable_data());
        }
    }
    if (!own_.empty()) take(own_.mutable_data() + gathered_, own_.size() - gathered_);
    if (position_ == run_.size()) {
        run_ = Slice{};
        position_ = 0;
    }
    return !own_.empty() && gathered_ == own_.size();
}

void FrameReader::clear() {
    run_ = Slice{};
    own_ = Slice{};
    position_ = 0;
    gathered_ = 0;
}

}  // namespace convene::t123

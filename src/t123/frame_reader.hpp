/// Cuts a received octet stream into TPKT frames, without copying where the octets already lie together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/slice.hpp"
#include "t123/protocol_error.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {

/// Call push() with each received run, then next() until it no longer yields a frame.
///
/// A frame that lies whole in one run, or in runs that follow each other in one buffer, comes out as a part of that
/// buffer. Any other frame is put together once, in a buffer allocated after its length has been checked. Between
/// frames the reader holds no buffer. After an error it yields nothing more.
class FrameReader {
public:
    enum class Status : std::uint8_t { frame, need_more, error };

    /// Takes the octets that follow those pushed before. Everything next() can yield must have been taken.
    void push(Slice run);

    /// On Status::frame `frame` is one whole frame, TPKT header included.
    Status next(Slice& frame);

    /// Takes the plain data frames (`03 00 LL LL 02 F0 80`, payloads of 1 to `max_payload` octets) that lie whole and
    /// side by side where the reader stands; empty when something else comes next.
    Slice take_data_frames(std::size_t max_payload);

    /// Valid after Status::error.
    const ProtocolError& error() const { return error_; }

    /// True when octets of an unfinished frame are held.
    bool mid_frame() const { return position_ < run_.size() || gathered_ > 0; }

    /// Frames longer than `octets` (kMinFrame..kMaxFrame) are errors, from the next frame on.
    void set_max_frame(std::size_t octets) { max_frame_ = octets; }

    /// Drops everything held.
    void clear();

private:
    bool check_header(const std::byte* header, std::size_t available);
    bool gather();

    Slice run_;  // received, contiguous, [position_, size) not yet yielded
    std::size_t position_ = 0;
    Slice own_;                 // the frame being put together, empty until its header is complete
    std::size_t gathered_ = 0;  // octets of it present; the first four live in header_ until own_ exists
    std::size_t max_frame_ = kMaxFrame;
    std::array<std::byte, kTpktHeaderSize> header_{};
    bool failed_ = false;
    ProtocolError error_;
};

}  // namespace convene::t123

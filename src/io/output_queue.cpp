#include "io/output_queue.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.hpp"

namespace convene::io {

namespace {
constexpr std::size_t kEntriesKept = 16;  // a vector that grew beyond this in a backlog is given back
}

void OutputQueue::push(Slice octets, std::uint32_t frames) {
    if (octets.empty()) return;
    octets_ += octets.size();
    append(std::move(octets), frames);
}

void OutputQueue::append(Slice frame, std::uint32_t frames) {
    // In a backlog a frame larger than a chunk's rest is spread, so that chunks are filled to the end.
    while (settled_ && !frame.empty() && frame.size() < kCopyBelow) {
        Slice copied = copy_to_chunk(frame);
        const std::size_t rest = frame.size() - copied.size();
        const std::uint32_t ended = rest == 0 ? frames : 0;
        if (head_ < entries_.size() && entries_.back().octets.is_followed_by(copied)) {
            entries_.back().octets.extend_over(copied);
            entries_.back().frames += ended;
        } else {
            entries_.push_back(Entry{std::move(copied), ended});
        }
        if (rest == 0) return;
        frame = frame.sub(frame.size() - rest, rest);
    }
    if (head_ < entries_.size() && entries_.back().octets.is_followed_by(frame)) {
        entries_.back().octets.extend_over(frame);
        entries_.back().frames += frames;
        return;
    }
    entries_.push_back(Entry{std::move(frame), frames});
}

Slice OutputQueue::copy_to_chunk(ByteView octets) {
    if (chunk_used_ == chunk_.size()) {
        const std::size_t size = chunk_.empty() ? std::max(kFirstBacklogChunk, octets.size()) : kBacklogChunk;
        chunk_ = Slice(SharedBuffer::create(size), 0, size);
        chunk_used_ = 0;
    }
    const std::size_t count = std::min(octets.size(), chunk_.size() - chunk_used_);
    std::memcpy(chunk_.mutable_data() + chunk_used_, octets.data(), count);
    Slice copied = chunk_.sub(chunk_used_, count);
    chunk_used_ += count;
    return copied;
}

std::size_t OutputQueue::gather(std::span<iovec> out) const {
    std::size_t count = 0;
    for (std::size_t i = head_; i < entries_.size() && count < out.size(); ++i) {
        const Slice& octets = entries_[i].octets;
        // iovec has no const form; writing does not change what it points to.
        out[count++] = iovec{const_cast<std::byte*>(octets.data()), octets.size()};
    }
    return count;
}

std::size_t OutputQueue::consume(std::size_t octets) {
    CONVENE_CHECK(octets <= octets_, "sent more than was queued");
    octets_ -= octets;
    std::size_t frames = 0;
    while (octets > 0) {
        Entry& first = entries_[head_];
        if (octets < first.octets.size()) {
            first.octets = first.octets.sub(octets, first.octets.size() - octets);
            break;
        }
        octets -= first.octets.size();
        frames += first.frames;
        first.octets = Slice();
        ++head_;
    }
    if (octets_ == 0) {
        clear();
    } else if (head_ > kEntriesKept && head_ * 2 > entries_.size()) {
        entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
        head_ = 0;
    }
    return frames;
}

void OutputQueue::settle() {
    if (settled_ || empty()) return;
    settled_ = true;
    std::vector<Entry> shared(std::make_move_iterator(entries_.begin() + static_cast<std::ptrdiff_t>(head_)),
                              std::make_move_iterator(entries_.end()));
    entries_.clear();
    head_ = 0;
    for (Entry& entry : shared) append(std::move(entry.octets), entry.frames);
}

void OutputQueue::clear() {
    entries_.clear();
    if (entries_.capacity() > kEntriesKept) entries_.shrink_to_fit();
    head_ = 0;
    octets_ = 0;
    settled_ = false;
    chunk_ = Slice();
    chunk_used_ = 0;
}

}  // namespace convene::io

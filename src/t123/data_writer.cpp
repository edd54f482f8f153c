#include "t123/data_writer.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "t123/blank_slice.hpp"
#include "t123/tpkt.hpp"

namespace convene::t123 {
namespace {

// Below this a copy behind the header costs less than a second segment in the write.
constexpr std::size_t kCopiedPayload = 512;

/// How a payload falls into DTs.
struct Segmenting {
    Segmenting(std::size_t size, std::size_t max_tpdu) : total(size), each(max_tpdu - kDataTpduHeader) {
        CONVENE_CHECK(size > 0 && max_tpdu >= kMinTpdu && max_tpdu <= kMaxTpdu,
                      "nothing to send, or no room to send it");
    }
    std::size_t count() const { return (total + each - 1) / each; }
    std::size_t offset(std::size_t index) const { return index * each; }
    std::size_t size(std::size_t index) const { return std::min(each, total - offset(index)); }
    void write_header(std::byte* at, std::size_t index) const {
        write_data_header(at, size(index), index + 1 == count());
    }

    std::size_t total;
    std::size_t each;
};

}  // namespace

Tsdu make_framed(ByteView payload) {
    if (payload.size() > kMaxDataPayload) return Tsdu{Slice{payload}, false};
    Slice frame = blank_slice(kDataHeaderSize + payload.size());
    write_data_header(frame.mutable_data(), payload.size(), true);
    std::copy(payload.begin(), payload.end(), frame.mutable_data() + kDataHeaderSize);
    return Tsdu{frame.sub(kDataHeaderSize, payload.size()), true};
}

void write_frames(const Tsdu& tsdu, std::size_t max_tpdu, std::vector<Slice>& into) {
    const Segmenting segments(tsdu.payload.size(), max_tpdu);
    if (segments.count() == 1) {
        if (tsdu.framed) {
            into.push_back(tsdu.payload.widened_front(kDataHeaderSize));
            return;
        }
        if (tsdu.payload.size() <= kCopiedPayload) {
            into.push_back(make_framed(tsdu.payload).payload.widened_front(kDataHeaderSize));
            return;
        }
    }
    Slice headers = blank_slice(segments.count() * kDataHeaderSize);
    for (std::size_t i = 0; i < segments.count(); ++i) {
        segments.write_header(headers.mutable_data() + i * kDataHeaderSize, i);
        into.push_back(headers.sub(i * kDataHeaderSize, kDataHeaderSize));
        into.push_back(tsdu.payload.sub(segments.offset(i), segments.size(i)));
    }
}

Slice write_frames(ByteView payload, std::size_t max_tpdu) {
    const Segmenting segments(payload.size(), max_tpdu);
    Slice out = blank_slice(payload.size() + segments.count() * kDataHeaderSize);
    std::byte* at = out.mutable_data();
    for (std::size_t i = 0; i < segments.count(); ++i) {
        segments.write_header(at, i);
        at = std::copy_n(payload.data() + segments.offset(i), segments.size(i), at + kDataHeaderSize);
    }
    return out;
}

}  // namespace convene::t123

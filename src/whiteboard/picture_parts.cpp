#include "whiteboard/picture_parts.hpp"

#include <algorithm>
#include <utility>

#include "whiteboard/bitmap_pdu.hpp"

namespace convene::whiteboard {

PictureParts::PictureParts(CreatePicture whole)
    : head_(std::move(whole)),
      piece_(head_.picture.form().extras.empty() ? kMaxBitmapData : kMaxForeignPiece),
      is_complete_(head_.picture.is_complete) {
    auto pieces = std::exchange(head_.picture.data, {});
    if (pieces.size() == 1) {
        data_ = std::move(pieces.front());
    } else {
        Picture all;
        all.data = std::move(pieces);
        data_ = Slice(all.joined());
    }
}

std::optional<Operation> PictureParts::next() {
    if (is_done()) return std::nullopt;
    std::size_t size = std::min(piece_, data_.size() - offset_);
    Slice piece = data_.sub(offset_, size);
    offset_ += size;
    bool is_last = is_complete_ && offset_ == data_.size();
    std::uint8_t pad_bits = offset_ == data_.size() ? head_.picture.pad_bits : std::uint8_t{0};
    if (is_begun_) return ContinuePicture{head_.id, std::move(piece), pad_bits, is_last, head_.picture.form().extras};
    is_begun_ = true;
    CreatePicture first = head_;
    if (size > 0) first.picture.data.push_back(std::move(piece));
    first.picture.pad_bits = pad_bits;
    first.picture.is_complete = is_last;
    return first;
}

}  // namespace convene::whiteboard

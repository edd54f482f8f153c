/// A reference-counted run of octets, so that one received buffer can stand in many output queues.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/bytes.hpp"

namespace convene {

/// Memory shared by slices. The count is not atomic: a buffer belongs to the thread of its conference,
/// and whoever needs the octets on another thread copies them.
class SharedBuffer {
public:
    static SharedBuffer* create(std::size_t capacity);

    std::byte* data() { return reinterpret_cast<std::byte*>(this + 1); }
    std::size_t capacity() const { return capacity_; }
    bool is_shared() const { return references_ > 1; }

    void retain() { ++references_; }
    void release() {
        if (--references_ == 0) destroy(this);
    }

private:
    explicit SharedBuffer(std::size_t capacity) : capacity_(capacity) {}
    static void destroy(SharedBuffer* buffer);

    std::size_t capacity_;
    std::size_t references_ = 1;
};

/// A view into a SharedBuffer that keeps it alive. Copying costs one increment.
class Slice {
public:
    Slice() = default;
    /// Copies `octets` into a buffer of their own.
    explicit Slice(ByteView octets);
    /// Takes over one reference to `buffer`.
    Slice(SharedBuffer* buffer, std::size_t offset, std::size_t size)
        : buffer_(buffer), data_(buffer->data() + offset), size_(size) {}
    Slice(const Slice& other) noexcept : buffer_(other.buffer_), data_(other.data_), size_(other.size_) {
        if (buffer_ != nullptr) buffer_->retain();
    }
    Slice(Slice&& other) noexcept
        : buffer_(std::exchange(other.buffer_, nullptr)),
          data_(std::exchange(other.data_, nullptr)),
          size_(std::exchange(other.size_, 0)) {}
    Slice& operator=(Slice other) noexcept {
        std::swap(buffer_, other.buffer_);
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Slice() {
        if (buffer_ != nullptr) buffer_->release();
    }

    const std::byte* data() const { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    ByteView view() const { return {data_, size_}; }
    operator ByteView() const { return view(); }

    /// The part of this slice that starts at `offset` and is `size` octets long, sharing the buffer.
    Slice sub(std::size_t offset, std::size_t size) const {
        Slice out(*this);
        out.data_ += offset;
        out.size_ = size;
        return out;
    }

    /// True when `next` begins in the same buffer right where this slice ends, so that both can be written as one run.
    bool is_followed_by(const Slice& next) const {
        return buffer_ != nullptr && buffer_ == next.buffer_ && data_ + size_ == next.data_;
    }
    /// Grows this slice over `next`, which must satisfy is_followed_by().
    void extend_over(const Slice& next) { size_ += next.size_; }

    /// This slice lengthened by the `count` octets before it in the same buffer; the caller knows what they are.
    Slice widened_front(std::size_t count) const {
        Slice out(*this);
        out.data_ -= count;
        out.size_ += count;
        return out;
    }

    /// For patching a header in place before anybody else holds this part of the buffer.
    std::byte* mutable_data() { return data_; }

    friend bool operator==(const Slice& left, const Slice& right) { return equal(left.view(), right.view()); }

private:
    SharedBuffer* buffer_ = nullptr;
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace convene

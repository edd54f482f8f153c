#include "base/slice.hpp"

#include <algorithm>
#include <new>

namespace convene {

SharedBuffer* SharedBuffer::create(std::size_t capacity) {
    void* memory = ::operator new(sizeof(SharedBuffer) + capacity);
    return new (memory) SharedBuffer(capacity);
}

void SharedBuffer::destroy(SharedBuffer* buffer) {
    buffer->~SharedBuffer();
    ::operator delete(buffer);
}

Slice::Slice(ByteView octets) {
    if (octets.empty()) return;
    buffer_ = SharedBuffer::create(octets.size());
    data_ = buffer_->data();
    size_ = octets.size();
    std::copy(octets.begin(), octets.end(), data_);
}

}  // namespace convene

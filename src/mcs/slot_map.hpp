/// Objects under numbers that are never used twice, found by one array access.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace convene::mcs {

/// `Id` is a StrongId over std::uint32_t. Its low bits are a slot, the rest counts how often that slot was used, so a
/// late word about something gone finds nothing. References stay valid until erase().
template <class Id, class T>
class SlotMap {
public:
    static constexpr unsigned kSlotBits = 20;  ///< a million at a time
    static constexpr std::uint32_t kSlots = 1U << kSlotBits;
    static constexpr std::uint32_t kUses = 1U << (32 - kSlotBits);  ///< after that many a slot is retired

    /// `value` gets its number in the member `id`.
    T& insert(T value) {
        std::uint32_t slot = next_slot();
        value.id = Id{slot + kSlots * uses_[slot]};
        slots_[slot] = std::make_unique<T>(std::move(value));
        ++size_;
        return *slots_[slot];
    }
    void erase(Id id) {
        if (find(id) == nullptr) return;
        std::uint32_t slot = id.value % kSlots;
        slots_[slot].reset();
        --size_;
        if (++uses_[slot] < kUses) free_.push_back(slot);
    }
    T* find(Id id) const {
        std::uint32_t slot = id.value % kSlots;
        return slot < slots_.size() && slots_[slot] != nullptr && slots_[slot]->id == id ? slots_[slot].get() : nullptr;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    template <class F>
    void for_each(F&& f) const {
        for (const auto& slot : slots_) {
            if (slot != nullptr) f(*slot);
        }
    }
    std::vector<Id> ids() const {
        std::vector<Id> out;
        for_each([&](const T& value) { out.push_back(value.id); });
        return out;
    }

private:
    std::uint32_t next_slot() {
        if (free_.empty()) {
            if (slots_.empty()) grow();  // slot 0 stays empty, so that no number is 0
            grow();
            return static_cast<std::uint32_t>(slots_.size() - 1);
        }
        std::uint32_t slot = free_.front();
        free_.pop_front();
        return slot;
    }
    void grow() {
        slots_.emplace_back();
        uses_.push_back(0);
    }

    std::vector<std::unique_ptr<T>> slots_;
    std::vector<std::uint32_t> uses_;
    std::deque<std::uint32_t> free_;
    std::size_t size_ = 0;
};

}  // namespace convene::mcs

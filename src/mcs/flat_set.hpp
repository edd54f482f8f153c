/// A small ordered set in one vector: cheap to walk, which is what a relay does most.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

namespace convene::mcs {

template <class T>
class FlatSet {
public:
    FlatSet() = default;
    FlatSet(std::initializer_list<T> values) {
        for (const T& value : values) insert(value);
    }

    explicit FlatSet(std::vector<T> values) : values_(std::move(values)) {
        std::sort(values_.begin(), values_.end());
        values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    }

    bool contains(const T& value) const { return std::binary_search(values_.begin(), values_.end(), value); }
    /// True when `value` was not there before.
    bool insert(const T& value) {
        auto at = std::lower_bound(values_.begin(), values_.end(), value);
        if (at != values_.end() && *at == value) return false;
        values_.insert(at, value);
        return true;
    }
    /// True when `value` was there.
    bool erase(const T& value) {
        auto at = std::lower_bound(values_.begin(), values_.end(), value);
        if (at == values_.end() || !(*at == value)) return false;
        values_.erase(at);
        return true;
    }
    template <class Predicate>
    bool erase_if(Predicate predicate) {
        auto at = std::remove_if(values_.begin(), values_.end(), predicate);
        bool any = at != values_.end();
        values_.erase(at, values_.end());
        return any;
    }

    bool empty() const { return values_.empty(); }
    std::size_t size() const { return values_.size(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    const std::vector<T>& values() const { return values_; }

    friend bool operator==(const FlatSet&, const FlatSet&) = default;

private:
    std::vector<T> values_;
};

}  // namespace convene::mcs

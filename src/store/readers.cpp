#include "store/readers.hpp"

namespace convene::store {

Readers::Lease::~Lease() {
    if (!connection_) return;
    std::lock_guard lock(from_->mutex_);
    --from_->lent_;
    if (from_->idle_.size() < kMaxIdleReaders) from_->idle_.push_back(std::move(connection_));
}

Result<Readers::Lease> Readers::lend() {
    {
        std::lock_guard lock(mutex_);
        if (lent_ >= kMaxReaders)
            return failure(StoreErrc::queue_full, "too many read the store at the same time; try again later");
        ++lent_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return Lease(*this, std::move(connection));
        }
    }
    auto opened = Connection::open(database_, Connection::Mode::read);
    if (!opened) {
        std::lock_guard lock(mutex_);
        --lent_;
        return make_unexpected(std::move(opened).error());
    }
    return Lease(*this, std::make_unique<Connection>(std::move(*opened)));
}

}  // namespace convene::store

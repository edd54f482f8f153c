#include "whiteboard/refresher.hpp"

#include <algorithm>

namespace convene::whiteboard {

void Refresher::on_gone(mcs::UserId user) {
    served_.erase(user);
    wanted_.erase(user);
    if (marked_) {
        auto& targets = marked_->targets;
        targets.erase(std::remove(targets.begin(), targets.end(), user), targets.end());
    }
    copies_.erase(std::remove_if(copies_.begin(), copies_.end(), [&](const Copy& copy) { return copy.target == user; }),
                  copies_.end());
}

bool Refresher::is_serving(mcs::UserId user) const {
    bool is_marked =
        marked_ && std::find(marked_->targets.begin(), marked_->targets.end(), user) != marked_->targets.end();
    return is_marked ||
           std::any_of(copies_.begin(), copies_.end(), [&](const Copy& copy) { return copy.target == user; });
}

void Refresher::clear() {
    stop();
    served_.clear();
}

void Refresher::stop() {
    wanted_.clear();
    marked_.reset();
    copies_.clear();
}

std::optional<RefreshMark> Refresher::next_mark() {
    if (wanted_.empty() || marked_ || copies_.size() >= kMaxServed) return std::nullopt;
    RefreshMark mark{next_serial_++, {}};
    while (!wanted_.empty() && mark.targets.size() + copies_.size() < kMaxServed) {
        mark.targets.push_back(*wanted_.begin());
        wanted_.erase(wanted_.begin());
    }
    marked_ = mark;
    return mark;
}

void Refresher::on_mark(const RefreshMark& mark) { served_.insert(mark.targets.begin(), mark.targets.end()); }

void Refresher::serve(const RefreshMark& mark, const Board& board, Instant now) {
    if (!marked_ || marked_->serial != mark.serial) return;
    auto targets = marked_->targets;  // but for those who have gone since
    marked_.reset();
    for (mcs::UserId target : targets) {
        on_gone(target);  // an older copy is worth nothing any more
        served_.insert(target);
        copies_.push_back(Copy{target, mark.serial, SnapshotReader(board, {}), now, false});
    }
}

std::optional<Instant> Refresher::deadline() const {
    std::optional<Instant> first;
    for (const Copy& copy : copies_) {
        if (!first || copy.next < *first) first = copy.next;
    }
    return first;
}

}  // namespace convene::whiteboard

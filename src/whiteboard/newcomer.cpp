#include "whiteboard/newcomer.hpp"

#include <algorithm>
#include <utility>

namespace convene::whiteboard {
namespace {

std::size_t octets_of(const Operation& operation) {
    if (const auto* create = std::get_if<CreatePicture>(&operation)) return create->picture.octets();
    if (const auto* more = std::get_if<ContinuePicture>(&operation)) return more->data.size();
    if (const auto* create = std::get_if<CreateText>(&operation)) return create->text.utf8.size();
    if (const auto* edit = std::get_if<EditText>(&operation)) return edit->utf8 ? edit->utf8->size() : 0;
    return 0;
}

}  // namespace

void Newcomer::start(mcs::UserId self, Instant now) {
    finish();
    self_ = self;
    waiting_since_ = now;
}

void Newcomer::on_operation(Missed missed) {
    missed_octets_ += octets_of(missed.operation);
    if (missed_.size() >= kMaxMissed || missed_octets_ > kMaxMissedOctets) {
        on_source_gone();
        missed_.clear();
        missed_octets_ = 0;
        return;
    }
    missed_.push_back(std::move(missed));
}

void Newcomer::on_mark(mcs::UserId from, const RefreshMark& mark, Instant now) {
    marker_ = from;
    if (!is_waiting() || std::find(mark.targets.begin(), mark.targets.end(), self_) == mark.targets.end()) return;
    missed_.clear();
    missed_octets_ = 0;
    source_ = from;
    serial_ = mark.serial;
    copy_.reset();
    waiting_since_ = now;
}

void Newcomer::on_begin(mcs::UserId from, const RefreshMark& mark) {
    if (is_about_copy(from, mark)) copy_.emplace(limits_);
}

void Newcomer::on_copy(mcs::UserId from, const Operation& operation, Instant now) {
    if (!is_waiting()) return;
    if (!source_) {
        if (from == marker_) return;  // the rest of a copy that is given up
        // Somebody who marks nothing: it begins with a page that says that it is a copy.
        const auto* create = std::get_if<CreatePage>(&operation);
        if (create == nullptr || !create->is_refresh) return;
        source_ = from;
        serial_.reset();
        copy_.emplace(limits_);
    }
    if (source_ != from || !copy_) return;
    copy_->apply(operation, std::nullopt);
    waiting_since_ = now;
}

bool Newcomer::is_about_copy(mcs::UserId from, const RefreshMark& mark) const {
    return is_waiting() && source_ == from && serial_ == mark.serial;
}

void Newcomer::on_source_gone() {
    source_.reset();
    serial_.reset();
    copy_.reset();
}

bool Newcomer::may_end_quietly() const {
    if (!is_waiting() || !source_ || serial_) return false;
    auto pages = copy_->pages();
    return std::all_of(pages.begin(), pages.end(), [&](ItemId page) { return copy_->find_page(page)->is_ready; });
}

bool Newcomer::has_gone_quiet(Instant now) const { return may_end_quietly() && now >= *waiting_since_ + kCopyQuiet; }

bool Newcomer::has_lost_patience(Instant now) const { return is_waiting() && now >= *waiting_since_ + kCopyPatience; }

std::optional<Instant> Newcomer::deadline() const {
    if (!is_waiting()) return std::nullopt;
    return *waiting_since_ + (may_end_quietly() ? kCopyQuiet : kCopyPatience);
}

Newcomer::Result Newcomer::finish() {
    waiting_since_.reset();
    source_.reset();
    serial_.reset();
    missed_octets_ = 0;
    return {std::exchange(copy_, std::nullopt), std::exchange(missed_, {})};
}

}  // namespace convene::whiteboard

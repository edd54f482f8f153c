#include "store/blob_ledger.hpp"

#include <algorithm>

namespace convene::store {
namespace {

void subtract(std::uint64_t& from, std::uint64_t octets) { from -= std::min(from, octets); }

}  // namespace

BlobPin::~BlobPin() {
    ledger->unpin(digest);
    if (!claimed) ledger->release_on_shelf(conference, octets);
}

void BlobLedger::open_shelf(ConferenceId conference, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    shelves_[conference] = octets;
}

void BlobLedger::close_shelf(ConferenceId conference) {
    std::lock_guard lock(mutex_);
    shelves_.erase(conference);
}

void BlobLedger::set_total(std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    total_ = octets;
}

Result<void> BlobLedger::reserve_locked(ConferenceId conference, std::uint64_t octets) {
    auto shelf = shelves_.find(conference);
    if (shelf == shelves_.end())
        return failure(StoreErrc::not_found,
                       "there is no conference " + std::to_string(conference.value) + " in the store");
    if (limits_.conference_files != 0 && shelf->second + octets > limits_.conference_files)
        return failure(StoreErrc::quota, "the files of the conference would have more than " +
                                             std::to_string(limits_.conference_files) + " octets; remove some");
    shelf->second += octets;
    return {};
}

Result<void> BlobLedger::reserve(ConferenceId conference, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    if (limits_.total_files != 0 && total_ + octets > limits_.total_files)
        return failure(StoreErrc::quota, "all files together would have more than " +
                                             std::to_string(limits_.total_files) + " octets; remove some");
    auto reserved = reserve_locked(conference, octets);
    if (reserved) total_ += octets;
    return reserved;
}

Result<void> BlobLedger::reserve_on_shelf(ConferenceId conference, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    return reserve_locked(conference, octets);
}

void BlobLedger::release_on_shelf(ConferenceId conference, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    auto shelf = shelves_.find(conference);
    if (shelf != shelves_.end()) subtract(shelf->second, octets);
}

void BlobLedger::release_in_total(std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    subtract(total_, octets);
}

std::uint64_t BlobLedger::total() const {
    std::lock_guard lock(mutex_);
    return total_;
}

Result<void> BlobLedger::pin(const Sha256Digest& digest, std::uint64_t octets,
                             const std::function<Result<bool>()>& place) {
    std::lock_guard lock(mutex_);
    CONVENE_TRY(is_new, place());
    if (is_new) loose_[digest] = octets;
    ++pins_[digest];
    return {};
}

void BlobLedger::unpin(const Sha256Digest& digest) {
    std::lock_guard lock(mutex_);
    auto pin = pins_.find(digest);
    if (pin != pins_.end() && --pin->second == 0) pins_.erase(pin);
}

void BlobLedger::shelved(const Sha256Digest& digest) {
    std::lock_guard lock(mutex_);
    loose_.erase(digest);
}

void BlobLedger::unshelved(const Sha256Digest& digest, std::uint64_t octets) {
    std::lock_guard lock(mutex_);
    loose_[digest] = octets;
}

bool BlobLedger::remove_unpinned(const Sha256Digest& digest, const std::function<bool()>& remove) {
    std::lock_guard lock(mutex_);
    if (holds_ > 0 || pins_.count(digest) > 0 || !remove()) return false;
    auto loose = loose_.find(digest);
    if (loose == loose_.end()) return true;  // left over by an earlier run, and never counted
    subtract(total_, loose->second);
    loose_.erase(loose);
    return true;
}

std::vector<Sha256Digest> BlobLedger::loose() const {
    std::lock_guard lock(mutex_);
    std::vector<Sha256Digest> digests;
    for (const auto& [digest, octets] : loose_)
        if (pins_.count(digest) == 0) digests.push_back(digest);
    return digests;
}

void BlobLedger::hold_all() {
    std::lock_guard lock(mutex_);
    ++holds_;
}

void BlobLedger::let_all_go() {
    std::lock_guard lock(mutex_);
    --holds_;
}

}  // namespace convene::store

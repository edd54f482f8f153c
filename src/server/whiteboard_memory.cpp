#include "server/whiteboard_memory.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/overloaded.hpp"
#include "netmeeting/whiteboard_extensions.hpp"
#include "server/board_replay.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::server {

namespace {

constexpr const char* kHandlesKey = "handles";
/// Pointers that are known at one time; a board has fewer, and then the others are forgotten.
constexpr std::size_t kMaxKnownPointers = 4096;
/// Senders whose numbers are known; only those that a gap has cost a receipt need theirs.
constexpr std::size_t kMaxNumbers = 65'536;

}  // namespace

WhiteboardMemory::WhiteboardMemory(store::Store& store, store::ConferenceId conference, MemoryLog& log,
                                   std::shared_ptr<whiteboard::Entity> entity,
                                   std::function<void(std::function<void()>)> post, SnapshotRule rule)
    : store_(store),
      conference_(conference),
      log_(log),
      entity_(std::move(entity)),
      post_(std::move(post)),
      rule_(rule),
      extensions_(netmeeting::whiteboard_extensions()) {}

Expected<std::uint32_t, std::string> WhiteboardMemory::restore(const whiteboard::BoardLimits& limits) {
    CONVENE_TRY(board, replay_board(store_, conference_, limits, &unreadable_));
    entity_->restore(std::move(board));
    if (const auto record = store_.conference(conference_)) {
        entries_ = record->last.value - std::min(record->last.value, record->snapshot.value);
        last_octets_ = record->snapshot_octets;
    }
    std::uint64_t first = 1;
    if (const auto settings = store_.settings(conference_)) {
        for (const auto& setting : *settings)
            if (setting.key == kHandlesKey)
                std::from_chars(setting.value.data(), setting.value.data() + setting.value.size(), first);
    }
    if (first == 0 || first > kLastHandle) first = 1;
    // Durable before the first handle is given out: nobody ever has the handle of somebody else.
    aside_ = first + kHandlesAside;
    const auto put = store_.put_setting(conference_, store::Setting{kHandlesKey, std::to_string(aside_)}).wait();
    if (!put) return make_unexpected(put.error().message);
    return static_cast<std::uint32_t>(first);
}

void WhiteboardMemory::on_handles(std::uint64_t next) {
    if (aside_ == 0 || next + kHandlesAside / 2 < aside_) return;
    aside_ = next + kHandlesAside;
    store_.put_setting(conference_, store::Setting{kHandlesKey, std::to_string(aside_)});
}

bool WhiteboardMemory::is_durable(const whiteboard::Operation& operation) {
    const auto* picture = std::get_if<whiteboard::CreatePicture>(&operation);
    if (picture != nullptr && picture->is_pointer) {
        if (pointers_.size() >= kMaxKnownPointers) pointers_.clear();
        pointers_.insert(picture->id);
        return false;
    }
    const auto object = whiteboard::object_of(operation);
    if (!object || pointers_.count(*object) == 0) return true;
    if (picture != nullptr) {
        pointers_.erase(*object);  // something else has the handle now
        return true;
    }
    if (std::holds_alternative<whiteboard::DeleteObject>(operation)) pointers_.erase(*object);
    return false;
}

void WhiteboardMemory::on_traffic(const node::WhiteboardTraffic& traffic, std::string author) {
    const DueReceipt receipt{kWhiteboardEntry, traffic.from, traffic.number};
    if (numbers_.size() < kMaxNumbers || numbers_.count(traffic.from) != 0) numbers_[traffic.from] = traffic.number;
    const auto pdu = whiteboard::decode_si_pdu(traffic.octets);
    const auto operation = pdu ? whiteboard::to_operation(*pdu, extensions_) : std::nullopt;
    if (!operation || !is_durable(*operation)) return log_.pass(receipt);
    ++entries_;
    octets_ += traffic.octets.size();
    author.resize(std::min(author.size(), store::kMaxAuthorOctets));
    log_.append(store::Entry{kWhiteboardEntry, std::move(author),
                             encode(WhiteboardEntry{static_cast<std::uint16_t>(traffic.from.value), traffic.octets}),
                             unix_now()},
                receipt);
    check_due();
}

void WhiteboardMemory::tidy(const std::function<bool(mcs::UserId)>& is_here) {
    if (numbers_.size() < next_tidy_) return;
    std::erase_if(numbers_, [&](const auto& sender) { return !is_here(sender.first); });
    next_tidy_ = kSendersBeforeTidy + 2 * numbers_.size();
}

void WhiteboardMemory::check_due() {
    const bool is_much = octets_ >= std::max(rule_.octets, last_octets_);
    const bool is_many = entries_ >= rule_.entries && octets_ >= last_octets_ / 2;
    if ((!is_much && !is_many) || is_due_ || writing_ || is_being_stored_) return;
    is_due_ = true;
    // When everything that has happened on the board has been written down as well.
    later([this] {
        if (std::exchange(is_due_, false)) take_snapshot();
    });
}

void WhiteboardMemory::later(std::function<void()> what) {
    post_([alive = std::weak_ptr(alive_), what = std::move(what)] {
        if (!alive.expired()) what();
    });
}

void WhiteboardMemory::take_snapshot(bool rescue) {
    if (writing_ || is_being_stored_ || log_.is_stopped()) return;
    if (!rescue && (log_.is_behind() || log_.has_backlog())) return;
    whiteboard::SnapshotReader::Scope scope;
    scope.has_pointers = false;
    writing_.emplace(Writing{log_.last(),
                             whiteboard::SnapshotReader(entity_->confirmed(), scope),
                             {},
                             0,
                             rescue ? numbers_ : decltype(numbers_){},
                             rescue});
    entries_ = 0;
    octets_ = 0;
    if (rescue) log_.resume(kWhiteboardEntry);
    write_some();
}

void WhiteboardMemory::write_some() {
    for (std::size_t i = 0; i < kSnapshotStep; ++i) {
        const auto operation = writing_->reader.next();
        if (!operation) {
            auto done = std::move(*writing_);
            writing_.reset();
            is_being_stored_ = true;
            Bytes payload = encode(done.pdus);
            const std::uint64_t octets = payload.size();
            store_.put_snapshot(conference_, store::Snapshot{done.through, unix_now(), std::move(payload)})
                .then(post_, [this, alive = std::weak_ptr(alive_), octets, rescue = done.rescue,
                              numbers = std::move(done.numbers)](const store::Result<store::Done>& put) {
                    if (!alive.expired()) on_written(put.has_value(), rescue, octets, numbers);
                });
            return;
        }
        for (const auto& pdu : whiteboard::to_pdus(*operation, extensions_)) {
            auto octets = whiteboard::encode(pdu);
            if (octets) writing_->pdus.pdus.push_back(std::move(*octets));
        }
    }
    later([this] { write_some(); });
}

void WhiteboardMemory::on_written(bool is_written, bool rescue, std::uint64_t octets,
                                  const std::map<mcs::UserId, std::uint32_t>& numbers) {
    is_being_stored_ = false;
    if (is_written) {
        ++snapshots_;
        last_octets_ = octets;
        store_.trim(conference_, {kChatEntry});
    }
    if (!rescue) return;
    if (is_written)
        for (const auto& [user, number] : numbers) log_.pass({kWhiteboardEntry, user, number});
    log_.covered(is_written);
}

}  // namespace convene::server

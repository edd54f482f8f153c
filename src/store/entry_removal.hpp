/// Removes entries of one conference, in steps that are short enough for everybody else to wait. Private to the room.
#pragma once

#include <functional>

#include "store/job.hpp"
#include "store/records.hpp"

namespace convene::store {

inline constexpr int kRemovalStep = 2'000;  ///< entries looked at in one transaction

struct EntryFacts {
    EntryIndex index;
    EntryKind kind;
    UnixMs time;
};

/// Looks at every entry up to `through` and removes the doomed ones.
class EntryRemoval final : public Job {
public:
    /// What is to happen when all are looked at, on the writer's thread.
    using After = std::function<void(const Removed&)>;
    using Progress = std::function<void(std::uint64_t octets)>;  ///< became free, durably
    /// Finds out in the first transaction up to where to look; an error ends the removal.
    using Through = std::function<Result<EntryIndex>(Connection&)>;

    EntryRemoval(ConferenceId conference, Through through, std::function<bool(const EntryFacts&)> doomed,
                 Progress progress, std::function<void(Result<Removed>)> answer)
        : conference_(conference),
          find_through_(std::move(through)),
          doomed_(std::move(doomed)),
          progress_(std::move(progress)),
          answer_(std::move(answer)) {}

    Result<void> run(Connection& database) override;
    bool committed() override;
    void failed(const StoreError& error) override { answer_(make_unexpected(error)); }

private:
    ConferenceId conference_;
    Through find_through_;
    std::function<bool(const EntryFacts&)> doomed_;
    Progress progress_;
    std::function<void(Result<Removed>)> answer_;
    EntryIndex through_;
    EntryIndex looked_at_;  // up to here, durably
    Removed removed_;       // durably
    struct Step {
        EntryIndex last;
        std::uint64_t entries = 0, octets = 0;
        bool at_end = false;
    } step_;
};

}  // namespace convene::store

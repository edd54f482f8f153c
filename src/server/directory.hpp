/// The conferences of a server: which exist, under which names, and on which worker.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "admission/refusal.hpp"
#include "base/expected.hpp"
#include "gcc/connect_decisions.hpp"
#include "gcc/directory.hpp"

namespace convene::server {

enum class CreatePolicy : std::uint8_t {
    open,        ///< whoever asks
    configured,  ///< nobody: only what the configuration names exists
    password,    ///< whoever gives the new conference a password
};
CreatePolicy create_policy_from(std::string_view setting);  ///< configured for anything unknown

struct DirectoryPolicy {
    CreatePolicy create = CreatePolicy::open;
    std::uint64_t max_conferences = 1000;
    bool list_created = true;
};

/// What everybody may know of a conference.
struct ConferenceStatus {
    gcc::ConferenceId id{};
    gcc::ConferenceEntry entry;
    std::size_t worker = 0;
    std::uint64_t participants = 0;
    std::uint64_t max_users = 0;
    bool is_permanent = false;
    std::chrono::system_clock::time_point since{};
};

/// As administrators and pages write it: the name, with "~" and the modifier where it has one.
std::string name_of(const ConferenceStatus& status);

/// May be used from every thread; one mutex, taken on joins and roster changes, never for data.
class Directory {
public:
    Directory(std::size_t workers, DirectoryPolicy policy) : policy_(policy), load_(workers) {}

    void set_policy(DirectoryPolicy policy);
    /// A conference that stays; it goes to the worker with the least to do.
    ConferenceStatus add_permanent(gcc::ConferenceProfile profile, bool is_lobby, std::uint64_t max_users);
    /// What the policy says to a create request: the new conference, or the result for the answer.
    Expected<ConferenceStatus, gcc::CreateResult> create(const gcc::ConferenceCreateRequest& request,
                                                         std::uint64_t max_users);
    /// A conference that the JSON interface asks for: what the policy says to it. The number is filled in.
    Expected<ConferenceStatus, admission::Refusal> create(gcc::ConferenceProfile profile, std::uint64_t max_users,
                                                          bool stays, bool by_admin);
    /// The conference that a join request names, or the lobby when it names none. Passwords, locks and room are for the
    /// conference itself to judge.
    std::optional<ConferenceStatus> find(const gcc::ConferenceJoinRequest& request) const;
    std::optional<ConferenceStatus> find(gcc::ConferenceId id) const;
    /// By number, text, or "name~modifier", as administrators write it.
    std::optional<ConferenceStatus> find(std::string_view name) const;
    gcc::ConferenceQueryResponse answer(const gcc::ConferenceQueryRequest& request) const;

    void set_participants(gcc::ConferenceId id, std::uint64_t participants);
    void set_locked(gcc::ConferenceId id, bool locked);
    void set_convener(gcc::ConferenceId id, bool has_convener);
    /// Removes a conference, unless it must not: with `only_if_empty` a participant or somebody on the way keeps it.
    bool remove(gcc::ConferenceId id, bool only_if_empty);

    std::vector<ConferenceStatus> list() const;
    std::size_t size() const;

private:
    struct Load {
        std::uint64_t conferences = 0;
        std::uint64_t participants = 0;
    };

    bool is_taken(const gcc::ConferenceName& name) const;
    const ConferenceStatus& insert(gcc::ConferenceEntry entry, std::uint64_t max_users, bool is_permanent);
    void refresh(ConferenceStatus& status);

    mutable std::mutex mutex_;
    DirectoryPolicy policy_;
    gcc::ConferenceDirectory names_;
    std::map<gcc::ConferenceId, ConferenceStatus> conferences_;
    std::vector<Load> load_;
    std::uint32_t next_ = 1;
};

}  // namespace convene::server
